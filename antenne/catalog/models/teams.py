"""Who works on a channel beside its owner, and who was asked to."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from antenne.accounts.models import Person
from antenne.catalog.models.channels import Channel
from antenne.catalog.states import TeamRole
from antenne.kernel.clock import now
from antenne.kernel.ids import uuid7

if TYPE_CHECKING:
    from uuid import UUID


class Member(models.Model):
    """One person's role in a channel that belongs to somebody else; never published."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField(max_length=8)
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=TeamRole)
    created_at = models.DateTimeField(default=now)

    channel_id: UUID
    person_id: UUID

    class Meta:
        """One role a person and channel."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["channel", "person"], name="catalog_member_once"),
        ]

    def __str__(self) -> str:
        """Return the role."""
        return self.role


class Invitation(models.Model):
    """Somebody was asked into a team, or (role `owner`) to take the channel over.

    It is for a person, or for whoever has proved to have this e-mail address.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField(max_length=8)
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="invited")
    email = models.EmailField(max_length=254, blank=True, db_default="", default="")
    role = models.CharField(max_length=12, choices=TeamRole)
    invited_by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="invitations")
    created_at = models.DateTimeField(default=now)

    channel_id: UUID
    person_id: UUID | None

    class Meta:
        """One open invitation a channel and invited."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["channel", "person", "email"],
                nulls_distinct=False,
                name="catalog_invitation_once",
            ),
        ]

    def __str__(self) -> str:
        """Return the role; an address is contact data and does not belong in logs."""
        return self.role
