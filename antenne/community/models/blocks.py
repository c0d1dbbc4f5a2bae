"""People, channels and words that somebody does not want to meet."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models.functions import Lower

from antenne.accounts.models import Person
from antenne.catalog.models import Channel
from antenne.kernel.clock import now
from antenne.kernel.ids import uuid7

if TYPE_CHECKING:
    from uuid import UUID


class PersonBlock(models.Model):
    """That somebody does not see another, who cannot comment on their channels either."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField(max_length=8)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="blocks")
    blocked = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="blocked_by", db_constraint=False
    )
    created_at = models.DateTimeField(default=now)

    person_id: UUID
    blocked_id: UUID

    class Meta:
        """One row a pair."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "blocked", "home"], name="community_personblock_once"
            ),
        ]

    def __str__(self) -> str:
        """Return who is blocked."""
        return str(self.blocked_id)


class ChannelBlock(models.Model):
    """That somebody does not want to be led to a channel; they may still go and see it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField(max_length=8)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="channels_blocked")
    channel = models.ForeignKey(
        Channel, on_delete=models.CASCADE, related_name="blocked_by", db_constraint=False
    )
    created_at = models.DateTimeField(default=now)

    person_id: UUID
    channel_id: UUID

    class Meta:
        """One row a pair."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "channel", "home"], name="community_channelblock_once"
            ),
        ]

    def __str__(self) -> str:
        """Return which channel is blocked."""
        return str(self.channel_id)


class WordBlock(models.Model):
    """A word that somebody does not want to read; on their channels it holds a comment."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField(max_length=8)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="words")
    word = models.CharField(max_length=60)
    created_at = models.DateTimeField(default=now)

    person_id: UUID

    class Meta:
        """One row a person and word, whatever the case of its letters."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                "person", Lower("word"), "home", name="community_wordblock_once"
            ),
        ]

    def __str__(self) -> str:
        """Return the key: the word itself is its owner's matter."""
        return str(self.pk)
