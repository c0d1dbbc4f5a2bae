"""People, who wants to join, and videos."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from antenne.accounts.selectors import invitations_all
from antenne.accounts.services import (
    invitation_make,
    invitation_revoke,
    sign_up_approve,
    sign_up_refuse,
)
from antenne.catalog.refusals import NotFound
from antenne.catalog.states import State, Visibility
from antenne.kernel.pagination import CursorRefused, page_of
from antenne.kernel.rate import RateExceeded
from antenne.moderation.refusals import ModerationRefused
from antenne.moderation.selectors.people import (
    STATES,
    joining_all,
    people_all,
    person_known,
    video_known,
    videos_all,
)
from antenne.moderation.selectors.subjects import of_video
from antenne.moderation.services.decisions import subject_decide
from antenne.moderation.services.people import (
    operator_set,
    person_quota_set,
    person_reactivate,
    person_suspend,
)
from antenne.web.desk.reports import RulingForm
from antenne.web.desk.shell import desk_render
from antenne.web.viewer import with_operator

if TYPE_CHECKING:
    from antenne.accounts.models import Person

_TEXT_CHARS = 80
_GB = 10**9


class InviteForm(forms.Form):
    """Whom to invite."""

    address = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        required=False,
        help_text=gettext_lazy("Left empty, you hand the link over yourself."),
    )
    note = forms.CharField(label=gettext_lazy("A word to them"), required=False, max_length=200)


class QuotaForm(forms.Form):
    """How much a person may keep."""

    gigabytes = forms.DecimalField(
        label=gettext_lazy("Quota (GB)"),
        required=False,
        min_value=0,
        max_value=1_000_000,
        help_text=gettext_lazy("Left empty: as everybody."),
    )


def _asked(request: HttpRequest, name: str) -> str:
    return request.GET.get(name, "")[:_TEXT_CHARS].replace("\x00", "").strip()


@require_safe
@with_operator
def people(request: HttpRequest, operator: Person) -> HttpResponse:
    """List people."""
    text, state = _asked(request, "q"), _asked(request, "state") or "all"
    if state not in STATES:
        raise Http404
    try:
        rows = people_all(by=operator, text=text, state=state)
        page = page_of(rows, by="created_at", cursor=request.GET.get("after", ""), size=50)
    except CursorRefused as error:
        raise Http404 from error
    context = {"page": page, "text": text, "state": state}
    return desk_render(request, operator, "people.html", context)


@require_safe
@with_operator
def person(request: HttpRequest, operator: Person, handle: str) -> HttpResponse:
    """Show what is known of a person, and what can be done."""
    try:
        known = person_known(handle, by=operator)
    except NotFound as error:
        raise Http404 from error
    gigabytes = Decimal(known.quota_bytes) / _GB if known.quota_own else None
    context = {"known": known, "quota_form": QuotaForm(initial={"gigabytes": gigabytes})}
    return desk_render(request, operator, "person.html", context)


@require_POST
@with_operator
def person_change(request: HttpRequest, operator: Person, handle: str, verb: str) -> HttpResponse:
    """Suspend, let in again, give a quota, or let run the site."""
    try:
        _change(request, operator, handle, verb)
    except NotFound as error:
        raise Http404 from error
    except ModerationRefused as refusal:
        messages.error(request, str(refusal))
    except RateExceeded as error:
        words = _("Try again in %(seconds)s seconds.")
        messages.error(request, words % {"seconds": error.retry_after_s})
    else:
        messages.success(request, _("Done."))
    return redirect("desk_person", handle)


def _change(request: HttpRequest, operator: Person, handle: str, verb: str) -> None:
    reason = request.POST.get("reason", "").replace("\x00", "")[:500]
    if verb == "suspend":
        person_suspend(by=operator, handle=handle, reason=reason, hides="hides" in request.POST)
    elif verb == "reactivate":
        person_reactivate(by=operator, handle=handle, reason=reason)
    elif verb == "quota":
        form = QuotaForm(request.POST)
        if not form.is_valid():
            raise ModerationRefused(_("This quota cannot be."))
        wish = form.cleaned_data["gigabytes"]
        quota = None if wish is None else int(wish * _GB)
        person_quota_set(by=operator, handle=handle, quota_bytes=quota, reason=reason)
    elif verb in ("operator", "no-operator"):
        password = request.POST.get("password", "")
        on = verb == "operator"
        operator_set(by=operator, handle=handle, on=on, password=password, reason=reason)
    else:
        raise NotFound(verb)


@with_operator
def joining(request: HttpRequest, operator: Person) -> HttpResponse:
    """Show who waits to be let in, and who is invited; invite somebody."""
    form = InviteForm(request.POST or None)
    if form.is_valid():
        url = request.build_absolute_uri(reverse("invitation", args=["-"]))[:-1] + "{}"
        link = invitation_make(by=operator, url=url, **form.cleaned_data)
        sent = form.cleaned_data["address"]
        messages.success(request, _("Invited.") if sent else _("Hand this over: %s") % link)
        return redirect("desk_joining")
    context = {
        "requests": joining_all(by=operator)[:100],
        "invitations": invitations_all()[:100],
        "form": form,
    }
    return desk_render(request, operator, "joining.html", context)


@require_POST
@with_operator
def join(request: HttpRequest, operator: Person, request_id: UUID, verb: str) -> HttpResponse:
    """Let somebody in, or refuse."""
    if verb == "approve":
        done = sign_up_approve(by=operator, request_id=request_id) is not None
    elif verb == "refuse":
        reason = request.POST.get("reason", "").replace("\x00", "")
        done = sign_up_refuse(by=operator, request_id=request_id, reason=reason)
    else:
        raise Http404
    words = _("Done.") if done else _("Somebody has decided this meanwhile. Nothing was changed.")
    messages.success(request, words)
    return redirect("desk_joining")


@require_POST
@with_operator
def uninvite(request: HttpRequest, operator: Person, invitation_id: UUID) -> HttpResponse:
    """Take an unused invitation back."""
    invitation_revoke(by=operator, invitation_id=invitation_id)
    messages.success(request, _("Done."))
    return redirect("desk_joining")


@require_safe
@with_operator
def videos(request: HttpRequest, operator: Person) -> HttpResponse:
    """List every video."""
    asked = {name: _asked(request, name) for name in ("text", "visibility", "state")}
    if asked["visibility"] not in ("", *Visibility.values) or asked["state"] not in ("", *State):
        raise Http404
    try:
        cursor = request.GET.get("after", "")
        page = page_of(videos_all(by=operator, **asked), by="created_at", cursor=cursor, size=50)
    except CursorRefused as error:
        raise Http404 from error
    choices = {"visibilities": Visibility.choices, "states": State.choices}
    return desk_render(request, operator, "videos.html", {"page": page, "asked": asked, **choices})


@with_operator
def video(request: HttpRequest, operator: Person, public_id: str) -> HttpResponse:
    """Decide about a video that nobody has reported."""
    try:
        found = video_known(public_id, by=operator)
    except NotFound as error:
        raise Http404 from error
    form = RulingForm(request.POST or None).for_kind("video")
    if form.is_valid():
        try:
            subject_decide(by=operator, subject=of_video(found), ruling=form.ruling())
        except ModerationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Decided. Its owner is told."))
            return redirect("desk_video", public_id)
    return desk_render(request, operator, "video.html", {"video": found, "form": form})
