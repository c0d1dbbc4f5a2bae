"""Facts and who was given each; what rates have used up; why jobs failed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from antenne.kernel.clock import now
from antenne.kernel.ids import uuid7


class FactRecord(models.Model):
    """One fact: a name in the past tense and ids, written in the transaction that made it true."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=64)
    payload = models.JSONField()
    created_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        """Return the fact's name."""
        return self.name


class FactDone(models.Model):
    """A receipt: *handler* has been given *fact*; it is written with the handler's job."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    fact = models.ForeignKey(FactRecord, on_delete=models.CASCADE)
    handler = models.CharField(max_length=96)

    class Meta:
        """One receipt a fact and handler, so a dispatch that runs twice hands out once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["fact", "handler"], name="kernel_factdone_once"),
        ]

    def __str__(self) -> str:
        """Return the handler's name."""
        return self.handler


class RateCount(models.Model):
    """How much of a rate somebody has used up (`antenne.kernel.rate`); the key is a keyed hash."""

    key = models.CharField(primary_key=True, max_length=64)
    free_at = models.DateTimeField()

    class Meta:
        """Rows whose moment has passed are forgotten."""

        indexes: ClassVar = [models.Index(fields=["free_at"], name="kernel_ratecount_free")]

    def __str__(self) -> str:
        """Return the key."""
        return self.key


class JobFailure(models.Model):
    """Why a job failed the last time; the queue itself keeps only that it did."""

    job = models.BigIntegerField(primary_key=True)
    reason = models.TextField()
    created_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        """Return the job's number."""
        return str(self.job)
