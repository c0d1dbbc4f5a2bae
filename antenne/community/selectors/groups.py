"""Reads of groups and of who belongs to them."""

from __future__ import annotations

from django.db.models import OuterRef, QuerySet, Subquery

from antenne.accounts.models import Person
from antenne.catalog.refusals import NotFound
from antenne.community.models import Group, GroupMember
from antenne.community.states import INSIDE, LEADING, Joining
from antenne.custody.selectors import setting_of
from antenne.custody.settings import FeatureSettings


def groups_check() -> None:
    """Raise `NotFound` where this site has no groups."""
    if not setting_of(FeatureSettings).groups:
        raise NotFound


def group_by_handle(handle: str) -> Group:
    """Return a group; raise `NotFound`, also for any where this site has none."""
    return _by_handle(handle, Group.objects.all())


def _by_handle(handle: str, rows: QuerySet[Group]) -> Group:
    groups_check()
    found = rows.filter(handle__iexact=handle.replace("\x00", "")).first()
    if found is None:
        raise NotFound(handle)
    return found


def group_readable(handle: str, *, viewer: Person | None) -> tuple[Group, str]:
    """Return a group whose discussions *viewer* reads, and their role; raise `NotFound`."""
    theirs = GroupMember.objects.filter(group=OuterRef("pk"), person=viewer).values("role")
    group = _by_handle(handle, Group.objects.annotate(viewer_role=Subquery(theirs[:1])))
    role = vars(group)["viewer_role"] or ""
    if not may_read(role, group):
        raise NotFound(handle)
    return group, role


def groups_all() -> QuerySet[Group]:
    """Return every group; raise `NotFound` where this site has none."""
    groups_check()
    return Group.objects.all()


def groups_of(person: Person) -> QuerySet[GroupMember]:
    """Return the groups that a person belongs to, or has asked to; raise `NotFound`, as above."""
    groups_check()
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


def members_shown(group: Group, *, role: str) -> QuerySet[GroupMember]:
    """Return who is in a group as somebody of this role sees it; raise `NotFound` for outsiders.

    Whoever leads it also sees those who have asked and those who are banned.
    """
    if role not in INSIDE:
        raise NotFound(group.handle)
    rows = members_of(group)
    return rows if may_lead(role) else rows.filter(role__in=INSIDE)
