"""RSS in the shape that partners of MSN (Microsoft Start) deliver videos in.

The portal fetches the file at once and serves it itself, so an item stands here when there is one:
the first reading of a feed has them made, the next one holds them. What the portal would refuse for
good (too short, too large, too old, without a picture) is left out.
`antenne.syndication.lint` says what else it would refuse.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.utils.text import Truncator

from antenne.kernel.clock import now
from antenne.syndication.feeds.items import Feed, FeedFile, FeedItem
from antenne.syndication.feeds.rss import TYPE, head_add
from antenne.syndication.feeds.words import rfc822, rfc3339
from antenne.syndication.markup import Element, add, add_said, root_make, xml_bytes

FILE_MAX_BYTES: Final = 2 * 1024**3
LEAST_S: Final = 10
AGE_MAX: Final = timedelta(days=365)
TITLE_MAX_CHARS: Final = 150
SHORT_TITLE_CHARS: Final = 75
TEXT_MAX_CHARS: Final = 2_000


def msn_write(feed: Feed, *, promised: bool = False) -> bytes:
    """Return the feed as RSS 2.0 with Media RSS, Dublin Core and Microsoft's own elements.

    With *promised* as it will be once all its files are made.
    """
    root = root_make("rss", "atom", "dc", "dcterms", "media", "mi", version="2.0")
    channel = add(root, "channel")
    head_add(channel, feed, TYPE)
    for item in feed.items:
        file = deliverable(item, promised=promised)
        if file is not None:
            _item_add(channel, item, file)
    return xml_bytes(root)


def deliverable(item: FeedItem, *, promised: bool = False) -> FeedFile | None:
    """Return the file that the portal would take, or None where it would refuse the item."""
    file = item.file("video", promised=promised)
    if file is None or not item.poster_url or file.size_bytes > FILE_MAX_BYTES:
        return None
    young = item.published_at > now() - AGE_MAX
    return file if young and item.duration_s >= LEAST_S else None


def _item_add(channel: Element, item: FeedItem, file: FeedFile) -> None:
    row = add(channel, "item")
    add(row, "guid", item.guid, isPermaLink="false")
    add(row, "title", item.title)
    if len(item.title) > TITLE_MAX_CHARS:
        add(row, "mi:shortTitle", Truncator(item.title).chars(SHORT_TITLE_CHARS))
    add(row, "link", item.link)
    add(row, "pubDate", rfc822(item.published_at))
    add(row, "dcterms:modified", rfc3339(item.updated_at))
    add(row, "mi:dateTimeWritten", rfc3339(item.published_at))
    add(row, "dc:creator", item.author)
    text = " ".join(item.text.split())
    add(row, "description", Truncator(text).chars(TEXT_MAX_CHARS) or item.title)
    for word in filter(None, (item.category, *item.tags)):
        add(row, "category", word)
    add_said(row, "media:keywords", ", ".join(item.tags))
    _content_add(row, item, file)


def _content_add(row: Element, item: FeedItem, file: FeedFile) -> None:
    content = add(
        row,
        "media:content",
        url=file.url,
        fileSize=file.size_bytes,
        type=file.type,
        medium="video",
        isDefault="true",
        duration=item.duration_s,
        width=file.width_px or None,
        height=file.height_px or None,
        lang=item.language,
    )
    add(content, "media:title", item.title, type="plain")
    add(content, "media:text", " ".join(item.text.split()) or item.title, type="plain")
    add(content, "media:credit", item.author)
    add(content, "media:thumbnail", url=item.poster_url)
    add(content, "mi:hasSyndicationRights", 1 if item.syndicated else 0)
    if not item.syndicated:
        add(content, "mi:licensorName", item.author)
        add(content, "mi:licenseId", item.licence or "all-rights-reserved")
    relationship, countries = item.countries
    if relationship:
        words = " ".join(countries)
        add(content, "media:restriction", words, relationship=relationship, type="country")
    for caption in item.captions:
        add(content, "media:subTitle", type="text/vtt", lang=caption.language, href=caption.url)
