"""The page of a person: what they say of themselves, and what they let others see of the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from antenne.accounts.handles import handle_cleaned
from antenne.accounts.selectors import person_shown, preferences_of
from antenne.catalog.selectors.playlists import playlists_public_of
from antenne.catalog.selectors.search import channels_listed_of
from antenne.community.selectors.comments import comments_by
from antenne.kernel.pagination import page_of
from antenne.web.browse.channels import moved_to
from antenne.web.playlists.cards import playlist_cards
from antenne.web.viewer import viewer_of

if TYPE_CHECKING:
    from antenne.accounts.models import Person

_PLAYLISTS_MOST = 24
_COMMENTS_A_PAGE = 20


@require_safe
def person(request: HttpRequest, handle: str) -> HttpResponse:
    """Show a person; a handle they had before leads to the one they have."""
    found = person_shown(handle)
    if found is None:
        raise Http404
    if handle_cleaned(handle) != found.handle.lower():
        return moved_to(reverse("person", args=[found.handle]))
    context = _context(found, viewer_of(request), after=request.GET.get("after", ""))
    return render(request, "browse/person.html", context)


def _context(found: Person, viewer: Person | None, *, after: str) -> dict[str, Any]:
    chosen = preferences_of(found)
    lists = list(playlists_public_of(found).order_by("-updated_at", "-pk")[:_PLAYLISTS_MOST])
    comments = None
    if chosen.comments_shown:
        rows = comments_by(found)
        comments = page_of(rows, by="created_at", cursor=after, size=_COMMENTS_A_PAGE)
    return {
        "person": found,
        "viewer": viewer,
        "mine": viewer is not None and viewer.pk == found.pk,
        "channels": channels_listed_of(found) if chosen.channels_shown else [],
        "playlists": playlist_cards(lists, viewer=viewer),
        "comments": comments,
    }
