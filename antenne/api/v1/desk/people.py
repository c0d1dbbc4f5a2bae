"""People: what is known of them, who wants to join, who is invited, whose a channel is."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Literal
from uuid import UUID

from django.urls import reverse
from ninja import Router, Schema, Status
from pydantic import Field

from antenne.accounts.selectors import invitations_all, operator_check
from antenne.accounts.services import (
    invitation_make,
    invitation_revoke,
    sign_up_approve,
    sign_up_refuse,
)
from antenne.api.problems import Problem
from antenne.api.v1.callers import ApiRequest
from antenne.api.v1.fields import Asked, Bytes, Email, Handle, Text
from antenne.api.v1.paging import Paging
from antenne.api.v1.schemas import (
    ChannelOut,
    Listed,
    NamedOut,
    channel_out,
    listed,
    named_out,
    site_url,
)
from antenne.moderation.selectors.people import Known, joining_all, person_known
from antenne.moderation.services.channels import channel_give
from antenne.moderation.services.people import (
    person_quota_set,
    person_reactivate,
    person_suspend,
)

if TYPE_CHECKING:
    from antenne.accounts.models import Invitation, SignUpRequest

router = Router(tags=["desk"])
Reason = Annotated[Text, Field(max_length=500)]


class ReasonAsked(Asked):
    """Why."""

    reason: Reason = ""


class SuspensionAsked(Asked):
    """Why somebody is kept out, and whether their videos go off the air."""

    reason: Annotated[Text, Field(min_length=1, max_length=500)]
    hides: bool = False


class QuotaAsked(Asked):
    """How many source bytes a person may keep; null is what everybody may."""

    quota_bytes: Bytes | Literal[0] | None
    reason: Reason = ""


class OwnerAsked(Asked):
    """To whom a channel goes, and why."""

    handle: Handle
    reason: Annotated[Text, Field(min_length=1, max_length=500)]


class InviteAsked(Asked):
    """Whom to invite; without an address one hands the link over oneself."""

    address: Email | Literal[""] = ""
    note: Text = Field(default="", max_length=200)


class SuspensionOut(Schema):
    """That somebody is kept out."""

    reason: str
    hides: bool
    until: datetime | None
    created_at: datetime


class PersonKnownOut(NamedOut):
    """What is known of a person."""

    email: str
    active: bool
    operator: bool
    channels: list[str] = Field(description="Handles.")
    videos: int
    kept_bytes: int
    quota_bytes: int
    quota_own: bool
    comments: int
    reports_made: int
    leaves_at: datetime | None = Field(description="When they are forgotten, if they asked.")
    suspension: SuspensionOut | None
    created_at: datetime


class SignUpOut(Schema):
    """Somebody who waits to be let in."""

    id: UUID
    handle: str
    name: str
    email: str
    message: str
    created_at: datetime


class SiteInvitationOut(Schema):
    """An invitation to the site."""

    id: UUID
    address: str
    note: str
    by: str | None
    guest: str | None = Field(description="Handle of who came.")
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None


class InvitationLinkOut(Schema):
    """A link that was just made: the only time that it is said."""

    link: str


def _known_out(known: Known) -> PersonKnownOut:
    return PersonKnownOut(
        **named_out(known.person).model_dump(),
        email=known.email,
        active=known.active,
        operator=known.operator,
        channels=[channel.handle for channel in known.channels],
        videos=known.videos,
        kept_bytes=known.kept_bytes,
        quota_bytes=known.quota_bytes,
        quota_own=known.quota_own,
        comments=known.comments,
        reports_made=known.reports_made,
        leaves_at=known.leaves_at,
        suspension=SuspensionOut.from_orm(known.suspension) if known.suspension else None,
        created_at=known.person.created_at,
    )


def _sign_up_out(row: SignUpRequest) -> SignUpOut:
    person = row.user.person
    return SignUpOut(
        id=row.pk,
        handle=person.handle,
        name=person.name,
        email=row.user.email,
        message=row.message,
        created_at=row.created_at,
    )


def _invitation_out(row: Invitation) -> SiteInvitationOut:
    return SiteInvitationOut(
        id=row.pk,
        address=row.address,
        note=row.note,
        by=row.by.handle if row.by else None,
        guest=row.guest.handle if row.guest else None,
        created_at=row.created_at,
        expires_at=row.expires_at,
        used_at=row.used_at,
    )


@router.get("/people/{handle}", response=PersonKnownOut)
def desk_person(request: ApiRequest, handle: str) -> PersonKnownOut:
    """Read what is known of a person."""
    return _known_out(person_known(handle, by=request.auth.person))


@router.put("/people/{handle}/suspension", response=PersonKnownOut)
def desk_person_suspend(request: ApiRequest, handle: str, asked: SuspensionAsked) -> PersonKnownOut:
    """Keep a person out at once, until somebody lets them in again."""
    by = request.auth.person
    person_suspend(by=by, handle=handle, reason=asked.reason, hides=asked.hides)
    return _known_out(person_known(handle, by=by))


@router.delete("/people/{handle}/suspension", response=PersonKnownOut)
def desk_person_reactivate(request: ApiRequest, handle: str) -> PersonKnownOut:
    """Let a person in again."""
    by = request.auth.person
    person_reactivate(by=by, handle=handle)
    return _known_out(person_known(handle, by=by))


@router.put("/people/{handle}/quota", response=PersonKnownOut)
def desk_person_quota(request: ApiRequest, handle: str, asked: QuotaAsked) -> PersonKnownOut:
    """Give a person a quota of their own, or (null) everybody's."""
    by = request.auth.person
    person_quota_set(by=by, handle=handle, quota_bytes=asked.quota_bytes, reason=asked.reason)
    return _known_out(person_known(handle, by=by))


@router.get("/sign-ups", response=Listed[SignUpOut])
def desk_sign_ups(request: ApiRequest, asked: Paging) -> Listed[SignUpOut]:
    """List who waits to be let in."""
    rows = joining_all(by=request.auth.person)
    page = asked.of(rows, by="created_at")
    return listed(page, _sign_up_out)


@router.post("/sign-ups/{uuid:request_id}/approve", response={204: None})
def desk_sign_up_approve(request: ApiRequest, request_id: UUID) -> Status[None]:
    """Let somebody in."""
    if sign_up_approve(by=request.auth.person, request_id=request_id) is None:
        raise Problem("not-found")
    return Status(204, None)


@router.post("/sign-ups/{uuid:request_id}/refuse", response={204: None})
def desk_sign_up_refuse(request: ApiRequest, request_id: UUID, asked: ReasonAsked) -> Status[None]:
    """Refuse somebody, tell them why, and forget them."""
    by = request.auth.person
    if not sign_up_refuse(by=by, request_id=request_id, reason=asked.reason):
        raise Problem("not-found")
    return Status(204, None)


@router.get("/invitations", response=Listed[SiteInvitationOut])
def desk_invitations(request: ApiRequest, asked: Paging) -> Listed[SiteInvitationOut]:
    """List the invitations to the site that are still known."""
    operator_check(request.auth.person)
    page = asked.of(invitations_all(), by="created_at")
    return listed(page, _invitation_out)


@router.post("/invitations", response={201: InvitationLinkOut})
def desk_invite(request: ApiRequest, asked: InviteAsked) -> Status[InvitationLinkOut]:
    """Make a link by which somebody may sign up once, within two weeks."""
    url = site_url(request, reverse("invitation", args=["-"]))[:-1] + "{}"
    link = invitation_make(by=request.auth.person, url=url, address=asked.address, note=asked.note)
    return Status(201, InvitationLinkOut(link=link))


@router.delete("/invitations/{uuid:invitation_id}", response={204: None})
def desk_invitation_revoke(request: ApiRequest, invitation_id: UUID) -> Status[None]:
    """Take an unused invitation back."""
    if not invitation_revoke(by=request.auth.person, invitation_id=invitation_id):
        raise Problem("not-found")
    return Status(204, None)


@router.put("/channels/{handle}/owner", response=ChannelOut)
def desk_channel_give(request: ApiRequest, handle: str, asked: OwnerAsked) -> ChannelOut:
    """Make a channel somebody else's, without asking either; both are told."""
    by = request.auth.person
    channel = channel_give(by=by, handle=handle, to=asked.handle, reason=asked.reason)
    return channel_out(request, channel)
