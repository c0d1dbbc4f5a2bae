"""Teams of channels: who works on one, whom it has asked, what one is asked oneself."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import Field

from antenne.api.v1.callers import ApiRequest
from antenne.api.v1.fields import Asked, Text
from antenne.api.v1.paging import Paging
from antenne.api.v1.schemas import ChannelOut, Listed, NamedOut, channel_out, listed, named_out
from antenne.catalog.selectors.channels import channel_owned
from antenne.catalog.selectors.teams import (
    channels_worked_on,
    invitations_for,
    invitations_of,
    members_of,
)
from antenne.catalog.services.teams import (
    invitation_accept,
    invitation_decline,
    invitation_withdraw,
    member_invite,
    member_remove,
)
from antenne.catalog.states import TeamRole

if TYPE_CHECKING:
    from antenne.catalog.models import Channel, Invitation, Member

router = Router(tags=["teams"])


class MemberOut(Schema):
    """Somebody who works on a channel."""

    person: NamedOut
    role: TeamRole
    created_at: datetime


class InvitationAsked(Asked):
    """Whom to ask, and into which role; `owner` offers them the channel itself."""

    whom: Text = Field(min_length=1, max_length=254, description="A handle or an e-mail address.")
    role: TeamRole


class InvitationOut(Schema):
    """Somebody who was asked and has not answered: a person, or an e-mail address."""

    id: UUID
    role: TeamRole
    person: NamedOut | None
    email: str
    created_at: datetime


class InvitedOut(Schema):
    """What one is asked: a role in a channel, or (`owner`) to take it over."""

    id: UUID
    role: TeamRole
    channel: ChannelOut
    by: NamedOut
    created_at: datetime


class TeamOut(Schema):
    """A channel on which one works, and as what."""

    channel: ChannelOut
    role: TeamRole


@router.get("/channels/{handle}/members", response=Listed[MemberOut])
def members_list(request: ApiRequest, handle: str, asked: Paging) -> Listed[MemberOut]:
    """List who works on a channel that one may manage, without its owner."""
    rows = members_of(channel_owned(handle, by=request.auth.person))
    return listed(asked.of(rows, by="created_at"), _member_out)


def _member_out(row: Member) -> MemberOut:
    return MemberOut(
        person=named_out(row.person), role=TeamRole(row.role), created_at=row.created_at
    )


@router.delete("/channels/{handle}/members/{uuid:person_id}", response={204: None})
def member_delete(request: ApiRequest, handle: str, person_id: UUID) -> Status[None]:
    """Take somebody out of a team, or leave it oneself."""
    member_remove(by=request.auth.person, handle=handle, person_id=person_id)
    return Status(204, None)


@router.get("/channels/{handle}/invitations", response=Listed[InvitationOut])
def invitations_list(request: ApiRequest, handle: str, asked: Paging) -> Listed[InvitationOut]:
    """List whom a channel has asked and who has not answered."""
    rows = invitations_of(channel_owned(handle, by=request.auth.person))
    page = asked.of(rows, by="created_at")
    return listed(page, _invitation_out)


def _invitation_out(row: Invitation) -> InvitationOut:
    return InvitationOut(
        id=row.pk,
        role=TeamRole(row.role),
        person=named_out(row.person) if row.person else None,
        email=row.email,
        created_at=row.created_at,
    )


@router.post("/channels/{handle}/invitations", response={201: InvitationOut})
def invitation_make(
    request: ApiRequest, handle: str, asked: InvitationAsked
) -> Status[InvitationOut]:
    """Ask somebody into a team, or to take the channel over; a second time changes the role."""
    made = member_invite(by=request.auth.person, handle=handle, whom=asked.whom, role=asked.role)
    return Status(201, _invitation_out(made))


@router.delete("/channels/{handle}/invitations/{uuid:invitation_id}", response={204: None})
def invitation_delete(request: ApiRequest, handle: str, invitation_id: UUID) -> Status[None]:
    """Take back what somebody was asked."""
    invitation_withdraw(by=request.auth.person, handle=handle, invitation_id=invitation_id)
    return Status(204, None)


@router.get("/me/teams", response=Listed[TeamOut])
def me_teams(request: ApiRequest, asked: Paging) -> Listed[TeamOut]:
    """List the channels on which one works, one's own and those of others."""
    person = request.auth.person
    rows = channels_worked_on(person)
    page = asked.of(rows, by="created_at")
    return listed(
        page,
        lambda row: TeamOut(
            channel=channel_out(request, row),
            role=TeamRole.OWNER if row.person_id == person.pk else TeamRole(row.viewer_role),
        ),
    )


@router.get("/me/invitations", response=Listed[InvitedOut])
def me_invitations(request: ApiRequest, asked: Paging) -> Listed[InvitedOut]:
    """List what one is asked by the teams of channels."""
    rows = invitations_for(request.auth.person)
    page = asked.of(rows, by="created_at")
    return listed(
        page,
        lambda row: InvitedOut(
            id=row.pk,
            role=TeamRole(row.role),
            channel=channel_out(request, row.channel),
            by=named_out(row.invited_by),
            created_at=row.created_at,
        ),
    )


@router.post("/me/invitations/{uuid:invitation_id}/accept", response=ChannelOut)
def me_invitation_accept(request: ApiRequest, invitation_id: UUID) -> ChannelOut:
    """Take the role, or the channel, that one was offered."""
    channel: Channel = invitation_accept(by=request.auth.person, invitation_id=invitation_id)
    return channel_out(request, channel)


@router.delete("/me/invitations/{uuid:invitation_id}", response={204: None})
def me_invitation_decline(request: ApiRequest, invitation_id: UUID) -> Status[None]:
    """Say no to what one was asked."""
    invitation_decline(by=request.auth.person, invitation_id=invitation_id)
    return Status(204, None)
