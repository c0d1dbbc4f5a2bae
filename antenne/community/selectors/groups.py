"""Reads of groups and of who belongs to them."""

from __future__ import annotations

from django.db.models import QuerySet

from antenne.accounts.models import Person
from antenne.catalog.refusals import NotFound
from antenne.community.models import Group, GroupMember
from antenne.community.states import INSIDE, LEADING, Joining


def group_by_handle(handle: str) -> Group:
    """Return a group; raise `NotFound`."""
    found = Group.objects.filter(handle__iexact=handle.replace("\x00", "")).first()
    if found is None:
        raise NotFound(handle)
    return found


def groups_all() -> QuerySet[Group]:
    """Return every group."""
    return Group.objects.all()


def groups_of(person: Person) -> QuerySet[GroupMember]:
    """Return the groups that a person belongs to, or has asked to."""
    rows = GroupMember.objects.filter(person=person, role__in=(*INSIDE, "asked"))
    return rows.select_related("group").order_by("group__name", "pk")


def role_in(person: Person | None, group: Group) -> str:
    """Return what a person is in a group, or ""."""
    if person is None:
        return ""
    found = GroupMember.objects.filter(group=group, person=person).values_list("role", flat=True)
    return found.first() or ""


def may_read(role: str, group: Group) -> bool:
    """Say whether somebody of this role reads a group's discussions."""
    return group.joining == Joining.OPEN or role in INSIDE


def may_lead(role: str) -> bool:
    """Say whether somebody of this role decides about others."""
    return role in LEADING


def members_of(group: Group) -> QuerySet[GroupMember]:
    """Return everybody in a group and everybody who has asked or is banned."""
    return GroupMember.objects.filter(group=group).select_related("person")
