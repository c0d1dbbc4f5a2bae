"""Addresses that are told what happens, and what they were told."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from antenne.accounts.models import Person
from antenne.catalog.models import Channel
from antenne.kernel.clock import now
from antenne.kernel.ids import uuid7
from antenne.syndication.states import DeliveryState, HookEvent

if TYPE_CHECKING:
    from uuid import UUID


class Webhook(models.Model):
    """An address told of a channel's videos; of the whole site's public ones without a channel."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField(max_length=8)
    channel = models.ForeignKey(
        Channel, on_delete=models.CASCADE, null=True, related_name="webhooks"
    )
    # Who set it up; nobody any more where they have left.
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    url = models.CharField(max_length=2000)
    secret = models.TextField()
    events = ArrayField(models.CharField(max_length=32, choices=HookEvent), default=list)
    active = models.BooleanField(db_default=True, default=True)
    failures = models.PositiveIntegerField(db_default=0, default=0)
    created_at = models.DateTimeField(default=now)

    channel_id: UUID | None

    def __str__(self) -> str:
        """Return the address."""
        return self.url


class Delivery(models.Model):
    """One message to one webhook: its id is the one that the receiver knows it by."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField(max_length=8)
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    event = models.CharField(max_length=32)
    body = models.TextField()
    state = models.CharField(max_length=12, choices=DeliveryState, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.TextField(blank=True, db_default="")
    created_at = models.DateTimeField(default=now)
    tried_at = models.DateTimeField(null=True)

    class Meta:
        """Listed by webhook, the latest first."""

        indexes: ClassVar = [
            models.Index(fields=["webhook", "-created_at"], name="syndication_delivery_of_hook")
        ]

    def __str__(self) -> str:
        """Return what it tells."""
        return self.event
