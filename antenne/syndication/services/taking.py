"""Noting whose files are taken through feeds."""

from __future__ import annotations

from contextlib import suppress

from antenne.catalog.services.files import files_take
from antenne.kernel.rate import RateExceeded
from antenne.syndication.feeds.forms import FORMS
from antenne.syndication.feeds.items import Feed


def feed_taken(feed: Feed, form: str, *, address: str) -> None:
    """Note that a program at *address* reads a feed whose files it will fetch.

    Once a day at most; where an address reads too many it is not noted, and the feed is read
    all the same.
    """
    if not FORMS[form].files:
        return
    videos = [item.video_id for item in feed.items if item.files or item.promised]
    if videos:
        with suppress(RateExceeded):
            files_take(videos=videos, channel=feed.channel_id, address=address)
