"""Mail on its way out."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from antenne.accounts.models.people import User
from antenne.kernel.clock import now
from antenne.kernel.ids import uuid7


class MailState(models.TextChoices):
    """How far a letter has come."""

    QUEUED = "queued", "queued"
    SENT = "sent", "sent"
    FAILED = "failed", "failed"


class Mail(models.Model):
    """One letter to one address; its words are forgotten as soon as it has left."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField(max_length=8)
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="mails")
    kind = models.CharField(max_length=64)
    address = models.EmailField(max_length=254)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField()
    headers = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=MailState, default=MailState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=500, blank=True, default="")
    created_at = models.DateTimeField(default=now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        """Old ones are forgotten by their date."""

        indexes: ClassVar = [models.Index(fields=["created_at"], name="accounts_mail_age")]

    def __str__(self) -> str:
        """Return the kind and key: an address does not belong in logs."""
        return f"{self.kind} {self.pk}"
