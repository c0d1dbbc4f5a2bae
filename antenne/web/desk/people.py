"""One person, and who wants to join."""

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
from antenne.kernel.rate import RateExceeded
from antenne.moderation.refusals import ModerationRefused
from antenne.moderation.selectors.people import joining_all, person_known
from antenne.moderation.services.people import (
    operator_set,
    person_quota_set,
    person_reactivate,
    person_suspend,
)
from antenne.web.account.adapter import site_url
from antenne.web.desk.list_forms import QuotaForm
from antenne.web.desk.shell import desk_render
from antenne.web.viewer import with_operator

if TYPE_CHECKING:
    from antenne.accounts.models import Person

_GB = 10**9


class InviteForm(forms.Form):
    """Whom to invite."""

    address = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        required=False,
        help_text=gettext_lazy("Left empty, you hand the link over yourself."),
    )
    note = forms.CharField(label=gettext_lazy("A word to them"), required=False, max_length=200)


@require_safe
@with_operator
def person(request: HttpRequest, operator: Person, handle: str) -> HttpResponse:
    """Show what is known of a person, and what can be done."""
    known = person_known(handle, by=operator)
    gigabytes = Decimal(known.quota_bytes) / _GB if known.quota_own else None
    context = {"known": known, "quota_form": QuotaForm(initial={"gigabytes": gigabytes})}
    return desk_render(request, operator, "person.html", context)


@require_POST
@with_operator
def person_change(request: HttpRequest, operator: Person, handle: str, verb: str) -> HttpResponse:
    """Suspend, let in again, give a quota, or let run the site."""
    try:
        _change(request, operator, handle, verb)
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
        url = site_url(request) + reverse("invitation", args=["-"])[:-1] + "{}"
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
