"""Webhooks, subscriptions to our feeds, and feeds of others."""

from antenne.syndication.models.sources import FeedEntry, FeedSource
from antenne.syndication.models.subscriptions import HubIntent, HubSubscription
from antenne.syndication.models.webhooks import Delivery, Webhook

__all__ = ["Delivery", "FeedEntry", "FeedSource", "HubIntent", "HubSubscription", "Webhook"]
