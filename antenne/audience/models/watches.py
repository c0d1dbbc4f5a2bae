"""Sessions as folded from the log, and what a person has watched."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from antenne.accounts.models import Person
from antenne.audience.states import Device, Source
from antenne.catalog.models import Video
from antenne.kernel.ids import uuid7

if TYPE_CHECKING:
    from uuid import UUID


class Watch(models.Model):
    """One session: somebody watched one video on one page. A pure function of its events."""

    session = models.UUIDField(primary_key=True, editable=False)
    home = models.CharField(max_length=8)
    video = models.ForeignKey(
        Video,
        on_delete=models.CASCADE,
        related_name="watches",
        db_constraint=False,
        db_index=False,
    )
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="+", db_constraint=False
    )
    day = models.DateField()
    viewer = models.CharField(max_length=32)
    last_at = models.DateTimeField()
    position_ms = models.BigIntegerField()
    watched_ms = models.BigIntegerField()
    # It went on for long enough to be a play; the first play of a viewer on a day is a view.
    played = models.BooleanField(db_default=False, default=False)
    counted = models.BooleanField(db_default=False, default=False)
    # The parts of the video (of `BUCKETS`) at which a stretch begins, and behind which it ends.
    enters = ArrayField(models.SmallIntegerField(), default=list, blank=True)
    leaves = ArrayField(models.SmallIntegerField(), default=list, blank=True)
    source = models.CharField(max_length=8, choices=Source, blank=True, db_default="")
    site = models.CharField(max_length=64, blank=True, db_default="")
    device = models.CharField(max_length=8, choices=Device, blank=True, db_default="")
    country = models.CharField(max_length=2, blank=True, db_default="")
    language = models.CharField(max_length=8, blank=True, db_default="")

    video_id: UUID
    person_id: UUID | None

    class Meta:
        """Found by day for the figures, by viewer for the views, by person to be forgotten."""

        indexes: ClassVar = [
            models.Index(fields=["video", "day"], name="audience_watch_day"),
            models.Index(fields=["viewer"], name="audience_watch_viewer"),
        ]

    def __str__(self) -> str:
        """Return how long it was."""
        return f"{self.watched_ms} ms"


class History(models.Model):
    """A person has watched a video, last until `position_ms` (0: to its end, or hardly begun)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField(max_length=8)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="history")
    video = models.ForeignKey(
        Video, on_delete=models.CASCADE, related_name="+", db_constraint=False
    )
    position_ms = models.BigIntegerField(db_default=0, default=0)
    at = models.DateTimeField()

    video_id: UUID

    class Meta:
        """One row for a video; the last watched first."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "video"], name="audience_history_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-at", "-id"], name="audience_history_latest"),
        ]

    def __str__(self) -> str:
        """Return where it was left."""
        return f"{self.position_ms} ms"


class HistoryChoice(models.Model):
    """What a person wants of their history; without a row it is kept."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, primary_key=True)
    paused = models.BooleanField(db_default=False, default=False)
    cleared_at = models.DateTimeField(null=True)

    person_id: UUID

    def __str__(self) -> str:
        """Return whether it is paused."""
        return "paused" if self.paused else "kept"
