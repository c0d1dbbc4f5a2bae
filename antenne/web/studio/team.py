"""The team of a channel: asking, answering, sending away, handing over."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from antenne.catalog.refusals import CatalogRefused
from antenne.catalog.services.teams import (
    invitation_accept,
    invitation_decline,
    invitation_withdraw,
    member_invite,
    member_remove,
)
from antenne.catalog.states import TeamRole
from antenne.kernel.rate import RateExceeded
from antenne.web.studio.channel_forms import HandOverForm, InvitationForm
from antenne.web.studio.channels import channel_again, channel_change
from antenne.web.viewer import with_person

if TYPE_CHECKING:
    from antenne.accounts.models import Person


def _invite(person: Person, handle: str, *, whom: str, role: str) -> str:
    try:
        member_invite(by=person, handle=handle, whom=whom, role=role)
    except RateExceeded as error:
        raise CatalogRefused(_("You have invited many people. Try again later.")) from error
    return handle


@require_POST
@with_person
def invite(request: HttpRequest, person: Person, handle: str) -> HttpResponse:
    """Ask somebody into the team."""
    form = InvitationForm(request.POST, auto_id="team_%s")
    return channel_change(
        request,
        form,
        handle,
        lambda: _invite(person, handle, **form.cleaned_data),
        lambda: channel_again(request, person, handle, invitation_form=form),
    )


@require_POST
@with_person
def hand_over(request: HttpRequest, person: Person, handle: str) -> HttpResponse:
    """Offer the channel to somebody; it is theirs once they say yes."""
    form = HandOverForm(request.POST, auto_id="hand_over_%s")
    return channel_change(
        request,
        form,
        handle,
        lambda: _invite(person, handle, whom=form.cleaned_data["whom"], role=TeamRole.OWNER),
        lambda: channel_again(request, person, handle, hand_over_form=form),
    )


@require_POST
@with_person
def withdraw(
    request: HttpRequest, person: Person, handle: str, invitation_id: UUID
) -> HttpResponse:
    """Take an invitation back."""

    def do() -> str:
        invitation_withdraw(by=person, handle=handle, invitation_id=invitation_id)
        return handle

    return channel_change(request, forms.Form(request.POST), handle, do)


@require_POST
@with_person
def send_away(request: HttpRequest, person: Person, handle: str, person_id: UUID) -> HttpResponse:
    """Take somebody out of the team; whoever leaves by themselves sees their channels then."""
    member_remove(by=person, handle=handle, person_id=person_id)
    messages.success(request, _("Saved."))
    if person_id == person.pk:
        return redirect("studio_channels")
    return redirect("studio_channel", handle)


@require_POST
@with_person
def answer(request: HttpRequest, person: Person, invitation_id: UUID) -> HttpResponse:
    """Say yes or no to what one is asked."""
    if "accept" in request.POST:
        found = invitation_accept(by=person, invitation_id=invitation_id)
        words = _("You now work on %(name)s.") % {"name": found.name}
        messages.success(request, words)
    else:
        invitation_decline(by=person, invitation_id=invitation_id)
        messages.success(request, _("You said no."))
    return redirect("studio_channels")
