"""Reads of webhooks and of what they were told."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from antenne.accounts.models import Person
from antenne.catalog.models import Channel
from antenne.catalog.refusals import NotFound
from antenne.catalog.selectors.channels import channel_owned
from antenne.syndication.models import Delivery, Webhook


def webhooks_of(channel: Channel | None) -> QuerySet[Webhook]:
    """Return the webhooks of a channel, or of the site, the oldest first."""
    rows = Webhook.objects.filter(channel=channel).select_related("channel")
    return rows.order_by("created_at", "pk")


def webhook_owned(webhook_id: UUID, *, by: Person) -> Webhook:
    """Return a webhook that *by* may change; raise `NotFound` for any other."""
    found = Webhook.objects.select_related("channel").filter(pk=webhook_id).first()
    if found is None:
        raise NotFound(str(webhook_id))
    if found.channel is not None:
        channel_owned(found.channel.handle, by=by)
    elif not (by.user and by.user.is_operator):
        raise NotFound(str(webhook_id))
    return found


def delivery_owned(delivery_id: UUID, *, by: Person) -> Delivery:
    """Return a message of a webhook that *by* may change; raise `NotFound` for any other."""
    found = Delivery.objects.filter(pk=delivery_id).first()
    if found is None:
        raise NotFound(str(delivery_id))
    found.webhook = webhook_owned(found.webhook_id, by=by)
    return found


def webhooks_told(*, event: str, channel_id: UUID, public: bool) -> QuerySet[Webhook]:
    """Return who is told of an event: the channel's, and the site's where the video is public."""
    where = Q(channel=channel_id)
    if public:
        where |= Q(channel=None)
    return Webhook.objects.filter(where, active=True, events__contains=[event])


def deliveries_of(webhook: Webhook) -> QuerySet[Delivery]:
    """Return what a webhook was told."""
    return Delivery.objects.filter(webhook=webhook)
