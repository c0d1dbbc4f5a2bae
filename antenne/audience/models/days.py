"""Figures of a day: of videos, and of bytes delivered. They name nobody and are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from antenne.audience.states import Dimension
from antenne.catalog.models import Video
from antenne.kernel.clock import now
from antenne.kernel.ids import uuid7

if TYPE_CHECKING:
    from uuid import UUID


class DayZone(models.Model):
    """From when on the days of figures are those of a time zone; before the first row, UTC's.

    What has begun is never changed: by these rows the log gives the same days again.
    """

    since = models.DateTimeField(primary_key=True)
    zone = models.CharField(max_length=64)

    def __str__(self) -> str:
        """Return the zone."""
        return self.zone


class VideoDay(models.Model):
    """What a video was watched on one day of the site. `retention`: sessions that saw each part."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField(max_length=8)
    video = models.ForeignKey(
        Video,
        on_delete=models.CASCADE,
        related_name="days",
        db_constraint=False,
        db_index=False,
    )
    day = models.DateField()
    sessions = models.BigIntegerField(db_default=0, default=0)
    plays = models.BigIntegerField(db_default=0, default=0)
    views = models.BigIntegerField(db_default=0, default=0)
    watched_ms = models.BigIntegerField(db_default=0, default=0)
    played_ms = models.BigIntegerField(db_default=0, default=0)
    retention = ArrayField(models.BigIntegerField(), default=list, blank=True)

    video_id: UUID

    class Meta:
        """One row a day."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["video", "day", "home"], name="audience_day_once"),
        ]

    def __str__(self) -> str:
        """Return the day."""
        return self.day.isoformat()


class VideoDaySlice(models.Model):
    """A day's figures of one source, site, device or country."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField(max_length=8)
    video = models.ForeignKey(
        Video,
        on_delete=models.CASCADE,
        related_name="slices",
        db_constraint=False,
        db_index=False,
    )
    day = models.DateField()
    dimension = models.CharField(max_length=8, choices=Dimension)
    value = models.CharField(max_length=64, blank=True)
    views = models.BigIntegerField(db_default=0, default=0)
    watched_ms = models.BigIntegerField(db_default=0, default=0)

    video_id: UUID

    class Meta:
        """One row a day and value."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["video", "dimension", "day", "value", "home"], name="audience_slice_once"
            ),
        ]

    def __str__(self) -> str:
        """Return what it is of."""
        return f"{self.dimension} {self.value}"


class Delivery(models.Model):
    """Bytes of a video sent on one day from one region to one network for one partner's pages."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField(max_length=8)
    video = models.ForeignKey(
        Video,
        on_delete=models.CASCADE,
        related_name="deliveries",
        db_constraint=False,
        db_index=False,
    )
    day = models.DateField()
    region = models.CharField(max_length=8)
    country = models.CharField(max_length=2, blank=True)
    network = models.CharField(max_length=64, blank=True)
    partner = models.CharField(max_length=64, blank=True)
    sent_bytes = models.BigIntegerField(db_default=0, default=0)
    requests = models.BigIntegerField(db_default=0, default=0)

    video_id: UUID

    class Meta:
        """One row a day for all of these; the bill asks by day."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["video", "day", "region", "country", "network", "partner", "home"],
                name="audience_delivery_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["day"], name="audience_delivery_day")]

    def __str__(self) -> str:
        """Return how much."""
        return f"{self.sent_bytes} B"


class EgressLog(models.Model):
    """A log of another server of media, and up to which byte it has been counted.

    `name` is a digest of its first line: rotating it changes its file's name, not that.
    """

    name = models.CharField(primary_key=True, max_length=64)
    read_bytes = models.BigIntegerField(db_default=0, default=0)
    read_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        """Return the digest."""
        return self.name
