"""What is declared of the fields of `antenne.syndication`."""

from __future__ import annotations

from antenne.custody.datamap.entries import Entry, operational, protected, restricted

_DAYS = "thirty days"

MAP: dict[str, tuple[Entry, ...]] = {
    "syndication.Webhook": (
        protected("id home channel person url events active failures created_at"),
        restricted("secret", "until the webhook is removed"),
    ),
    "syndication.Delivery": (
        protected(
            "id home webhook event body state attempts status answer created_at tried_at", _DAYS
        ),
    ),
    "syndication.HubIntent": (
        operational("id home mode topic callback secret lease_s created_at", "a day"),
    ),
    "syndication.HubSubscription": (
        operational(
            "id home topic callback site secret until failures created_at", "until it runs out"
        ),
    ),
    "syndication.FeedSource": (
        protected(
            "id home channel person url title period_min visibility active etag modified fault"
            " failures read_at next_at created_at"
        ),
    ),
    "syndication.FeedEntry": (
        protected("id home source guid title url state reason video created_at"),
    ),
}
