"""Pages in place of a video that this person cannot watch, and who may frame one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from antenne.catalog.selectors.sight import Access, Sight
from antenne.catalog.states import Embedding
from antenne.web.watch.forms import PasswordForm
from antenne.web.watch.meta import site_url

if TYPE_CHECKING:
    from antenne.catalog.models import Video

STATUS: Final = {
    Access.OPEN: 403,  # open, but not here: an embed on a site that is not allowed
    Access.PASSWORD: 403,
    Access.PRIVATE: 403,
    Access.SCHEDULED: 403,
    Access.PREMIERE: 403,
    Access.ELSEWHERE: 451,
    Access.WITHDRAWN: 451,
    Access.REMOVED: 410,
    Access.MISSING: 404,
}


def access_words(access: Access) -> tuple[str, str]:
    """Return the title and the text of a state; neither gives anything of the video away."""
    return {
        Access.OPEN: (_("Not on this site"), _("Its owner does not let it play on other sites.")),
        Access.PASSWORD: (_("A password, please"), _("Whoever sent you the link knows it.")),
        Access.PRIVATE: (_("This video is private"), _("Only its owner can watch it.")),
        Access.SCHEDULED: (_("Not on the air yet"), _("This video will be published later.")),
        Access.PREMIERE: (_("Not on the air yet"), _("This video will be published later.")),
        Access.ELSEWHERE: (
            _("Not where you are"),
            _("Its owner does not let it be watched in your country."),
        ),
        Access.WITHDRAWN: (
            _("This video has been withdrawn"),
            _("Those who run this site have taken it off the air."),
        ),
        Access.REMOVED: (_("This video has been removed"), _("It is not coming back.")),
        Access.MISSING: (
            _("There is no such video"),
            _("The address may have been cut off or mistyped."),
        ),
    }[access]


def state_page(
    request: HttpRequest, sight: Sight, public_id: str, *, form: PasswordForm | None = None
) -> HttpResponse:
    """Say why a video cannot be watched, and offer what opens it."""
    title, text = access_words(sight.access)
    if sight.access == Access.PASSWORD and form is None:
        form = PasswordForm()
    context = {
        "title": title,
        "text": text,
        "form": form,
        "action": reverse("unlock", args=[public_id]),
        "sign_in": sight.access in (Access.PRIVATE, Access.SCHEDULED),
    }
    return render(request, "watch/state.html", context, status=STATUS[sight.access])


def embed_state_page(request: HttpRequest, sight: Sight, public_id: str) -> HttpResponse:
    """Say inside a frame why nothing plays there."""
    title, text = access_words(sight.access)
    known = sight.access not in (Access.REMOVED, Access.MISSING)
    watch_url = site_url(request, reverse("watch", args=[public_id])) if known else ""
    context = {"title": title, "text": text, "watch_url": watch_url}
    response = render(request, "watch/embed_state.html", context, status=STATUS[sight.access])
    return frame_allow(response, None)


def embeds_off_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say inside a frame that videos of this site play on its own pages only."""
    context = {
        "title": _("Not on other sites"),
        "text": _("Videos of this site play on its own pages."),
        "watch_url": site_url(request, reverse("watch", args=[public_id])),
    }
    return frame_allow(render(request, "watch/embed_state.html", context, status=403), None)


def frame_allow(response: HttpResponse, video: Video | None) -> HttpResponse:
    """Let other sites frame this answer: any, or those listed for the video."""
    listed = video is not None and video.embedding == Embedding.LISTED
    sites = ["'self'", *video.embed_sites] if video is not None and listed else ["*"]
    response._csp_replace = {"frame-ancestors": sites}  # type: ignore[attr-defined]
    return response
