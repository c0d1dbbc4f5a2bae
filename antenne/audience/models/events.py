"""The event log: what players said, as it came in. Nothing here is ever changed but to forget."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from antenne.accounts.models import Person
from antenne.audience.states import Device, EventKind, Source
from antenne.catalog.models import Video
from antenne.kernel.clock import now

if TYPE_CHECKING:
    from uuid import UUID


class Batch(models.Model):
    """A file of records that an edge sent, taken in whole and numbered in the order of commits."""

    number = models.BigAutoField(primary_key=True)
    name = models.UUIDField(unique=True)
    taken_at = models.DateTimeField(default=now)
    folded_at = models.DateTimeField(null=True)

    class Meta:
        """What is still to be folded is found at once."""

        indexes: ClassVar = [
            models.Index(
                fields=["number"],
                condition=models.Q(folded_at=None),
                name="audience_batch_unfolded",
            )
        ]

    def __str__(self) -> str:
        """Return its number."""
        return str(self.number)


class Event(models.Model):
    """One thing that one player said.

    Its key is the session's, whose last sixteen bits are free, plus its number in the session:
    what is sent twice meets itself, and rows lie in the order of time.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    home = models.CharField(max_length=8)
    batch = models.BigIntegerField()
    session = models.UUIDField()
    video = models.ForeignKey(
        Video, on_delete=models.CASCADE, related_name="events", db_constraint=False
    )
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="+", db_constraint=False
    )
    kind = models.CharField(max_length=8, choices=EventKind)
    at = models.DateTimeField()
    position_ms = models.BigIntegerField()
    # Begin and end of each stretch that was played, one after the other.
    ranges_ms = ArrayField(models.BigIntegerField(), default=list, blank=True)
    viewer = models.CharField(max_length=32)
    source = models.CharField(max_length=8, choices=Source, blank=True, db_default="")
    site = models.CharField(max_length=64, blank=True, db_default="")
    device = models.CharField(max_length=8, choices=Device, blank=True, db_default="")
    country = models.CharField(max_length=2, blank=True, db_default="")
    language = models.CharField(max_length=8, blank=True, db_default="")

    video_id: UUID
    person_id: UUID | None

    class Meta:
        """Rows come in the order of time: small block ranges serve for both."""

        indexes: ClassVar = [
            BrinIndex(fields=["at"], name="audience_event_at"),
            BrinIndex(fields=["batch"], name="audience_event_batch", pages_per_range=32),
        ]

    def __str__(self) -> str:
        """Return what was said and where."""
        return f"{self.kind} {self.position_ms}"


class Salt(models.Model):
    """What makes the viewers' hashes of one day; it is destroyed two days later."""

    day = models.DateField(primary_key=True)
    secret = models.BinaryField()

    def __str__(self) -> str:
        """Return its day."""
        return self.day.isoformat()
