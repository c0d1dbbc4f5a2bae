"""What somebody may do in a channel: decided here and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.db.models import OuterRef, Q, QuerySet, Subquery

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Invitation, Member, Video
from antenne.catalog.refusals import NotFound
from antenne.catalog.states import POWERS_OF, Power, TeamRole

if TYPE_CHECKING:
    from uuid import UUID


def roles_with(power: Power) -> list[str]:
    """Return the roles that may do this."""
    return [role for role, powers in POWERS_OF.items() if power in powers]


def role_in(person: Person | None, channel: Channel) -> str:
    """Return a person's role in a channel, or "" (a query for whoever does not own it)."""
    if person is None:
        return ""
    if channel.person_id == person.pk:
        return TeamRole.OWNER
    found = Member.objects.filter(channel=channel, person=person).values_list("role", flat=True)
    return found.first() or ""


def may(person: Person | None, channel: Channel, power: Power) -> bool:
    """Say whether a person may do this in a channel."""
    return power in POWERS_OF.get(role_in(person, channel), ())


def may_edit(person: Person | None, channel: Channel) -> bool:
    """Say whether a person may change a channel's videos."""
    return may(person, channel, Power.EDIT)


def role_of_video(video_channel: str, person: Person | UUID) -> Subquery:
    """Return the part of a query that reads a person's role, by a row's column of channels."""
    rows = Member.objects.filter(channel=OuterRef(video_channel), person=person)
    return Subquery(rows.values("role")[:1])


def channels_with(person: Person, power: Power) -> QuerySet[Channel]:
    """Return the channels in which a person may do this, their own first."""
    theirs = Member.objects.filter(person=person, role__in=roles_with(power))
    found = Channel.objects.filter(Q(person=person) | Q(pk__in=theirs.values("channel")))
    return found.select_related("person").order_by("created_at", "pk")


def channels_worked_on(person: Person) -> QuerySet[Channel]:
    """Return the channels in which a person has a role; `viewer_role` is theirs in others'."""
    rows = channels_with(person, Power.STATISTICS)
    return rows.annotate(viewer_role=role_of_video("pk", person))


def videos_with(person: Person, power: Power) -> QuerySet[Video]:
    """Return the videos of every channel in which a person may do this."""
    theirs = Member.objects.filter(person=person, role__in=roles_with(power))
    mine = Channel.objects.filter(Q(person=person) | Q(pk__in=theirs.values("channel")))
    found = Video.objects.filter(channel__in=mine.values("pk")).select_related("channel")
    return found.annotate(viewer_role=role_of_video("channel", person))


def members_of(channel: Channel) -> QuerySet[Member]:
    """Return the team of a channel, without its owner."""
    return Member.objects.filter(channel=channel).select_related("person").order_by("created_at")


def invitations_of(channel: Channel) -> QuerySet[Invitation]:
    """Return whom a channel has asked and who has not answered."""
    asked = Invitation.objects.filter(channel=channel).select_related("person", "invited_by")
    return asked.order_by("created_at")


def invitations_for(person: Person) -> QuerySet[Invitation]:
    """Return what a person is asked: by name, or by an address they have proved to have."""
    addresses = EmailAddress.objects.filter(user=person.user_id, verified=True)
    mine = Q(person=person)
    for address in addresses.values_list("email", flat=True):
        mine |= Q(person=None, email__iexact=address)
    asked = Invitation.objects.filter(mine).select_related("channel", "invited_by")
    return asked.order_by("created_at")


def invitation_for(invitation_id: UUID, *, person: Person) -> Invitation:
    """Return one thing a person is asked; raise `NotFound` for what others are."""
    found = invitations_for(person).filter(pk=invitation_id).first()
    if found is None:
        raise NotFound(str(invitation_id))
    return found
