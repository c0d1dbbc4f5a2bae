"""Subscriptions: which channels a person follows, and how loudly."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from antenne.accounts.models import Person
from antenne.catalog.models import Channel
from antenne.community.states import Bell
from antenne.kernel.clock import now
from antenne.kernel.ids import uuid7

if TYPE_CHECKING:
    from uuid import UUID


class Follow(models.Model):
    """That a person follows a channel; it lives with the person, only its count is public."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField(max_length=8)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="follows")
    channel = models.ForeignKey(
        Channel, on_delete=models.CASCADE, related_name="followed", db_constraint=False
    )
    bell = models.CharField(max_length=8, choices=Bell, db_default=Bell.ALL, default=Bell.ALL)
    created_at = models.DateTimeField(default=now)

    person_id: UUID
    channel_id: UUID

    class Meta:
        """One row a person and channel."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "channel", "home"], name="community_follow_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["channel", "id"],
                condition=models.Q(bell=Bell.ALL),
                name="community_follow_told",
            ),
        ]

    def __str__(self) -> str:
        """Return the channel's key."""
        return str(self.channel_id)
