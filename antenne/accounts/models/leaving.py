"""Taking everything with one, and leaving."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from antenne.accounts.models.people import User
from antenne.kernel.clock import now
from antenne.kernel.ids import uuid7


class ExportState(models.TextChoices):
    """How far an export has come."""

    MAKING = "making", "making"
    READY = "ready", "ready"
    FAILED = "failed", "failed"


class DataExport(models.Model):
    """Everything that is kept about a person, as one file that they may fetch for some days."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField(max_length=8)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="exports")
    state = models.CharField(max_length=8, choices=ExportState, default=ExportState.MAKING)
    done_share = models.FloatField(default=0.0)
    path = models.CharField(max_length=96, blank=True, default="")
    size_bytes = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField(null=True)

    class Meta:
        """Old ones are deleted; one is made at a time."""

        indexes: ClassVar = [models.Index(fields=["expires_at"], name="accounts_export_end")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(state="making"), name="accounts_export_one"
            ),
        ]

    def __str__(self) -> str:
        """Return the key."""
        return str(self.pk)


class Erasure(models.Model):
    """An account whose end was asked for; signing in before the day takes it back."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField(max_length=8)
    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="erasure")
    created_at = models.DateTimeField(default=now)
    due_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)

    class Meta:
        """Those that are due are looked for."""

        indexes: ClassVar = [models.Index(fields=["due_at"], name="accounts_erasure_due")]

    def __str__(self) -> str:
        """Return the key."""
        return str(self.pk)
