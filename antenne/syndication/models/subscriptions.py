"""Who asked to be told when a feed changes (WebSub)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from antenne.kernel.clock import now
from antenne.kernel.ids import uuid7


class HubIntent(models.Model):
    """A request to be subscribed or not, until its address has confirmed it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField(max_length=8)
    mode = models.CharField(max_length=12)
    topic = models.CharField(max_length=600)
    callback = models.CharField(max_length=2000)
    secret = models.TextField(blank=True, db_default="")
    lease_s = models.PositiveIntegerField()
    created_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        """Return what it is about."""
        return f"{self.mode} {self.topic}"


class HubSubscription(models.Model):
    """An address that is sent a feed whenever it changes; *topic* is the feed's path."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField(max_length=8)
    topic = models.CharField(max_length=600)
    callback = models.CharField(max_length=2000)
    site = models.CharField(max_length=300)
    secret = models.TextField(blank=True, db_default="")
    until = models.DateTimeField()
    failures = models.PositiveSmallIntegerField(db_default=0, default=0)
    created_at = models.DateTimeField(default=now)

    class Meta:
        """One subscription of an address to a feed."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["topic", "callback", "home"], name="syndication_subscribed_once"
            )
        ]

    def __str__(self) -> str:
        """Return the feed's path."""
        return self.topic
