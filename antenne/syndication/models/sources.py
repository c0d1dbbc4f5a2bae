"""Feeds of other publishers that fill a channel."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Video
from antenne.catalog.states import Visibility
from antenne.kernel.clock import now
from antenne.kernel.ids import uuid7
from antenne.syndication.states import EntryState, Period

if TYPE_CHECKING:
    from uuid import UUID


class FeedSource(models.Model):
    """A feed that is read, once or from time to time, and whose videos come into a channel."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField(max_length=8)
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="sources")
    # Who set it up; nobody any more where they have left.
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    url = models.CharField(max_length=2000)
    title = models.CharField(max_length=200, blank=True, db_default="")
    period_min = models.PositiveIntegerField(choices=Period, default=Period.HOUR)
    visibility = models.CharField(max_length=12, choices=Visibility, default=Visibility.PRIVATE)
    active = models.BooleanField(db_default=True, default=True)
    etag = models.CharField(max_length=200, blank=True, db_default="")
    modified = models.CharField(max_length=64, blank=True, db_default="")
    fault = models.CharField(max_length=200, blank=True, db_default="")
    failures = models.PositiveSmallIntegerField(db_default=0, default=0)
    read_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=now)

    channel_id: UUID

    class Meta:
        """The ones that are due are looked for each minute."""

        indexes: ClassVar = [
            models.Index(
                fields=["next_at"],
                condition=models.Q(active=True),
                name="syndication_source_due",
            )
        ]

    def __str__(self) -> str:
        """Return the address."""
        return self.url


class FeedEntry(models.Model):
    """An entry of such a feed, and what became of it; a second one of the same id never comes."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField(max_length=8)
    source = models.ForeignKey(FeedSource, on_delete=models.CASCADE, related_name="entries")
    guid = models.CharField(max_length=64)
    title = models.CharField(max_length=200, blank=True, db_default="")
    url = models.CharField(max_length=2000, blank=True, db_default="")
    state = models.CharField(max_length=12, choices=EntryState)
    reason = models.CharField(max_length=200, blank=True, db_default="")
    video = models.ForeignKey(Video, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=now)

    video_id: UUID | None

    class Meta:
        """A guid is its SHA-256: addresses may be longer than an index allows."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "guid"], name="syndication_entry_once")
        ]

    def __str__(self) -> str:
        """Return the title."""
        return self.title
