"""Groups: founding, joining, who is in them and what they are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from ninja import Router, Schema, Status
from pydantic import Field

from antenne.api.v1.callers import ANYBODY, ANYBODY_ALIKE, ApiRequest
from antenne.api.v1.fields import Asked, Name, Text
from antenne.api.v1.paging import Paging
from antenne.api.v1.schemas import Listed, NamedOut, listed, named_out, site_url
from antenne.community.selectors.groups import (
    group_by_handle,
    groups_all,
    groups_of,
    may_read,
    members_shown,
    role_in,
)
from antenne.community.selectors.search import group_sizes
from antenne.community.services.groups import (
    group_create,
    group_edit,
    group_join,
    group_leave,
    member_set,
)
from antenne.community.states import Joining, Role

if TYPE_CHECKING:
    from antenne.community.models import Group, GroupMember

router = Router(tags=["groups"])


class GroupAsked(Asked):
    """A group to found."""

    name: Name
    about: Text = Field(default="", max_length=2000)
    joining: Joining = Joining.OPEN


class GroupEdited(Asked):
    """What to change; what is left out stays."""

    name: Name | None = None
    about: Text | None = Field(default=None, max_length=2000)
    joining: Joining | None = None


class RoleAsked(Asked):
    """What somebody is from now on; making them `owner` makes the owner a moderator."""

    role: Role


class GroupOut(Schema):
    """A group."""

    handle: str
    name: str
    about: str
    joining: Joining
    members: int = Field(description="How many people belong to it.")
    url: str
    created_at: datetime


class GroupSeenOut(GroupOut):
    """A group as the caller sees it; `role` is null for whoever has nothing to do with it."""

    role: Role | None
    readable: bool = Field(description="Whether the caller reads its discussions.")


class GroupMineOut(Schema):
    """A group and what one is in it."""

    group: GroupOut
    role: Role


class GroupMemberOut(Schema):
    """Somebody in a group; whoever leads it also sees those who have asked or are banned."""

    id: UUID
    person: NamedOut
    role: Role
    created_at: datetime


def groups_out(request: ApiRequest, groups: Sequence[Group]) -> list[GroupOut]:
    """Say groups, in their order (one query)."""
    sizes = group_sizes(group.pk for group in groups)
    return [
        GroupOut(
            handle=group.handle,
            name=group.name,
            about=group.about,
            joining=Joining(group.joining),
            members=sizes.get(group.pk, 0),
            url=site_url(request, reverse("group", args=[group.handle])),
            created_at=group.created_at,
        )
        for group in groups
    ]


def _seen(request: ApiRequest, group: Group) -> GroupSeenOut:
    role = role_in(request.auth.viewer, group)
    said = groups_out(request, [group])[0].model_dump()
    return GroupSeenOut(**said, role=Role(role) if role else None, readable=may_read(role, group))


def _member_out(row: GroupMember) -> GroupMemberOut:
    return GroupMemberOut(
        id=row.pk, person=named_out(row.person), role=Role(row.role), created_at=row.created_at
    )


@router.get("/groups", response=Listed[GroupOut], **ANYBODY_ALIKE)
def groups_list(request: ApiRequest, asked: Paging) -> Listed[GroupOut]:
    """List all groups, the newest first."""
    page = asked.of(groups_all(), by="created_at")
    return Listed(items=groups_out(request, page.rows), next_cursor=page.next_cursor or None)


@router.post("/groups", response={201: GroupSeenOut})
def groups_create(request: ApiRequest, asked: GroupAsked) -> Status[GroupSeenOut]:
    """Found a group and become its owner."""
    return Status(201, _seen(request, group_create(by=request.auth.person, **asked.dict())))


@router.get("/groups/{handle}", response=GroupSeenOut, **ANYBODY)
def group_read(request: ApiRequest, handle: str) -> GroupSeenOut:
    """Read a group."""
    return _seen(request, group_by_handle(handle))


@router.patch("/groups/{handle}", response=GroupSeenOut)
def group_change(request: ApiRequest, handle: str, asked: GroupEdited) -> GroupSeenOut:
    """Change what a group of one's own says of itself."""
    group = group_by_handle(handle)
    said = {"name": group.name, "about": group.about, "joining": group.joining}
    said |= asked.dict(exclude_none=True)
    return _seen(request, group_edit(by=request.auth.person, group=group, **said))


@router.put("/groups/{handle}/membership", response=GroupSeenOut)
def group_membership(request: ApiRequest, handle: str) -> GroupSeenOut:
    """Come into a group, or ask to."""
    group = group_by_handle(handle)
    group_join(by=request.auth.person, group=group)
    return _seen(request, group)


@router.delete("/groups/{handle}/membership", response={204: None})
def group_membership_drop(request: ApiRequest, handle: str) -> Status[None]:
    """Leave a group, or take back that one has asked."""
    group_leave(by=request.auth.person, group=group_by_handle(handle))
    return Status(204, None)


@router.get("/groups/{handle}/members", response=Listed[GroupMemberOut])
def group_members(request: ApiRequest, handle: str, asked: Paging) -> Listed[GroupMemberOut]:
    """List who is in a group; for its members alone."""
    group = group_by_handle(handle)
    rows = members_shown(group, role=role_in(request.auth.person, group))
    return listed(asked.of(rows, by="created_at"), _member_out)


@router.put("/groups/{handle}/members/{uuid:member_id}", response=GroupMemberOut)
def group_member_put(
    request: ApiRequest, handle: str, member_id: UUID, asked: RoleAsked
) -> GroupMemberOut:
    """Let somebody in, give them a role or ban them; for those who lead the group."""
    group = group_by_handle(handle)
    return _member_out(
        member_set(by=request.auth.person, group=group, key=member_id, role=asked.role)
    )


@router.get("/me/groups", response=Listed[GroupMineOut])
def me_groups(request: ApiRequest, asked: Paging) -> Listed[GroupMineOut]:
    """List the groups that one belongs to, or has asked to."""
    rows = groups_of(request.auth.person)
    page = asked.of(rows, by="created_at")
    found = groups_out(request, [row.group for row in page.rows])
    items = [
        GroupMineOut(group=group, role=Role(row.role))
        for group, row in zip(found, page.rows, strict=True)
    ]
    return Listed(items=items, next_cursor=page.next_cursor or None)
