"""Groups: places that several people keep together."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models.functions import Lower

from antenne.accounts.models import Person, Reach
from antenne.community.states import Joining, Role
from antenne.kernel.clock import now
from antenne.kernel.ids import uuid7

if TYPE_CHECKING:
    from uuid import UUID


class Group(models.Model):
    """A place with a name where members discuss in text, photos and video."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField(max_length=8)
    handle = models.CharField(max_length=32)
    name = models.CharField(max_length=80)
    about = models.TextField(max_length=2000, blank=True, db_default="", default="")
    joining = models.CharField(
        max_length=8, choices=Joining, db_default=Joining.OPEN, default=Joining.OPEN
    )
    reach = models.CharField(max_length=8, choices=Reach, db_default=Reach.HOME)
    created_at = models.DateTimeField(default=now)

    class Meta:
        """Handles are unique in their region."""

        constraints: ClassVar = [
            models.UniqueConstraint(Lower("handle"), "home", name="community_group_handle_once"),
        ]

    def __str__(self) -> str:
        """Return the handle."""
        return self.handle


class GroupMember(models.Model):
    """What a person is in a group."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField(max_length=8)
    group = models.ForeignKey(
        Group, on_delete=models.CASCADE, related_name="members", db_constraint=False
    )
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="group_roles", db_constraint=False
    )
    role = models.CharField(max_length=12, choices=Role)
    created_at = models.DateTimeField(default=now)

    group_id: UUID
    person_id: UUID

    class Meta:
        """One row a person and group."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["group", "person", "home"], name="community_member_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["group", "role", "created_at"], name="community_member_role"),
        ]

    def __str__(self) -> str:
        """Return the role."""
        return self.role
