"""Writes to the teams of channels: asking, answering, leaving, handing over."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Invitation, Member
from antenne.catalog.refusals import CatalogRefused, NotFound
from antenne.catalog.selectors.channels import channel_owned
from antenne.catalog.selectors.teams import invitation_for, role_in
from antenne.catalog.states import Power, TeamRole
from antenne.kernel.clock import unix_s
from antenne.kernel.facts import Fact, fact_record
from antenne.kernel.rate import Rate, rate_spend

TEAM_MAX: Final = 50
# Each may reach somebody: nobody is to be bothered in bulk.
INVITATION_RATE: Final = Rate("catalog.invitation", limit=20, window_s=3600)
_POWER_FOR: Final = {
    TeamRole.OWNER: Power.OWN,
    TeamRole.MANAGER: Power.OWN,
    TeamRole.EDITOR: Power.MANAGE,
    TeamRole.STATISTICS: Power.MANAGE,
}


def member_invite(*, by: Person, handle: str, whom: str, role: str) -> Invitation:
    """Ask somebody (`@handle` or e-mail address) into a team, or to take a channel over.

    The answer is the same whether an address has an account here or not.
    """
    if role not in TeamRole.values:
        raise CatalogRefused(_("This role is not known."))
    channel = channel_owned(handle, by=by, power=_POWER_FOR[TeamRole(role)])
    rate_spend(INVITATION_RATE, str(by.pk))
    with transaction.atomic():
        Channel.objects.select_for_update().get(pk=channel.pk)
        return _invite(channel, by=by, whom=whom.strip(), role=role)


def _invite(channel: Channel, *, by: Person, whom: str, role: str) -> Invitation:
    person, email = _whom(whom)
    if person is not None and role_in(person, channel) in (role, TeamRole.OWNER):
        raise CatalogRefused(_("They have this role already."), field="whom")
    if channel.members.count() + channel.invitations.count() >= TEAM_MAX:
        raise CatalogRefused(_("A team has at most %(count)s people.") % {"count": TEAM_MAX})
    asked, _made = Invitation.objects.update_or_create(
        channel=channel,
        person=person,
        email=email,
        defaults={"home": channel.home, "role": role, "invited_by": by},
    )
    fact_record(Fact("team.invited", {"invitation": str(asked.pk)}))
    return asked


def _whom(whom: str) -> tuple[Person | None, str]:
    """Return the person of a handle, or nobody and the address that was given."""
    if "@" in whom[1:]:
        try:
            validate_email(whom)
        except ValidationError as error:
            raise CatalogRefused(_("This is not an e-mail address."), field="whom") from error
        return None, whom.lower()
    person = Person.objects.filter(handle__iexact=whom.removeprefix("@")).first()
    if person is None:
        raise CatalogRefused(_("Nobody here has this handle."), field="whom")
    return person, ""


@transaction.atomic
def invitation_accept(*, by: Person, invitation_id: UUID) -> Channel:
    """Take what one was asked: a role in a team, or the channel itself."""
    asked = invitation_for(invitation_id, person=by)
    channel = Channel.objects.select_for_update().get(pk=asked.channel_id)
    role = asked.role
    _invitation_use(asked)
    if role == TeamRole.OWNER:
        channel_hand_over(channel=channel, to=by)
    elif channel.person_id != by.pk:
        Member.objects.update_or_create(
            channel=channel, person=by, defaults={"home": channel.home, "role": role}
        )
    fact_record(Fact("team.joined", {"channel": str(channel.pk), "person": str(by.pk)}))
    return channel


def _invitation_use(asked: Invitation) -> None:
    """Delete an invitation; raise `NotFound` where somebody was faster."""
    key = asked.pk
    gone, _each = asked.delete()
    if not gone:
        raise NotFound(str(key))


@transaction.atomic
def channel_hand_over(*, channel: Channel, to: Person) -> None:
    """Make a channel another person's; who had it stays as a manager, and can be sent away."""
    before = channel.person_id
    if before == to.pk:
        return
    Member.objects.filter(channel=channel, person=to).delete()
    Member.objects.update_or_create(
        channel=channel,
        person_id=before,
        defaults={"home": channel.home, "role": TeamRole.MANAGER},
    )
    # What others were offered in the name of the one before does not hold any more.
    Invitation.objects.filter(channel=channel, role=TeamRole.OWNER).delete()
    channel.person = to
    channel.save(update_fields=["person"])
    said: dict[str, str | int] = {"before": str(before), "to": str(to.pk), "at": unix_s()}
    fact_record(Fact("channel.handed_over", {"channel": str(channel.pk), **said}))


@transaction.atomic
def invitation_decline(*, by: Person, invitation_id: UUID) -> None:
    """Say no to what one was asked."""
    invitation_for(invitation_id, person=by).delete()


@transaction.atomic
def invitation_withdraw(*, by: Person, handle: str, invitation_id: UUID) -> None:
    """Take back what somebody was asked; raise `NotFound` as ever."""
    channel = channel_owned(handle, by=by)
    asked = Invitation.objects.filter(pk=invitation_id, channel=channel).first()
    if asked is None:
        raise NotFound(str(invitation_id))
    channel_owned(handle, by=by, power=_POWER_FOR[TeamRole(asked.role)])
    _invitation_use(asked)


@transaction.atomic
def member_remove(*, by: Person, handle: str, person_id: UUID) -> None:
    """Send somebody away from a team, or leave it oneself; raise `NotFound` as ever."""
    least = Power.STATISTICS if person_id == by.pk else Power.MANAGE
    channel = channel_owned(handle, by=by, power=least)
    member = Member.objects.filter(channel=channel, person_id=person_id).first()
    if member is None:
        raise NotFound(str(person_id))
    if person_id != by.pk:
        channel_owned(handle, by=by, power=_POWER_FOR[TeamRole(member.role)])
    member.delete()
