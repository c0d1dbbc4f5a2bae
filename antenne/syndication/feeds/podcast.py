"""RSS for podcast players: iTunes elements and the podcast namespace (Podcasting 2.0)."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from antenne.catalog.states import Category
from antenne.syndication.feeds.items import Feed, FeedFile, FeedItem
from antenne.syndication.feeds.media import HLS_TYPE
from antenne.syndication.feeds.rss import TYPE, head_add, item_add
from antenne.syndication.feeds.words import clock, html_of
from antenne.syndication.markup import Element, add, root_make, xml_bytes

_GUIDS: Final = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
_CATEGORIES: Final[dict[str, tuple[str, str]]] = {
    Category.ANIMALS: ("Kids & Family", "Pets & Animals"),
    Category.AUTO: ("Leisure", "Automotive"),
    Category.CREATION: ("Arts", "Design"),
    Category.FUN: ("Comedy", ""),
    Category.KIDS: ("Kids & Family", ""),
    Category.LIFESTYLE: ("Health & Fitness", ""),
    Category.MUSIC: ("Music", ""),
    Category.NEWS: ("News", ""),
    Category.PEOPLE: ("Society & Culture", ""),
    Category.SCHOOL: ("Education", ""),
    Category.SHORTFILMS: ("TV & Film", ""),
    Category.SPORT: ("Sports", ""),
    Category.TECH: ("Technology", ""),
    Category.TRAVEL: ("Society & Culture", "Places & Travel"),
    Category.TV: ("TV & Film", ""),
    Category.VIDEOGAMES: ("Leisure", "Video Games"),
}
_ANY: Final = ("Society & Culture", "")


def podcast_write(feed: Feed) -> bytes:
    """Return the feed for podcast players; a video that is not complete yet is left out.

    A player fetches a file long after it has read of it, and tries again: so a file that is made
    once somebody asks is named as well.
    """
    root = root_make("rss", "atom", "content", "dc", "itunes", "podcast", version="2.0")
    channel = add(root, "channel")
    head_add(channel, feed, TYPE)
    items = [(item, _enclosed(item)) for item in feed.items]
    _show_add(channel, feed, [item for item, file in items if file])
    for item, file in items:
        if file is not None:
            _episode_add(channel, item, file)
    return xml_bytes(root)


def _enclosed(item: FeedItem) -> FeedFile | None:
    return item.file("video", promised=True) or item.file("audio", promised=True)


def guid_of(feed_url: str) -> str:
    """Return the `podcast:guid` of the feed at an address."""
    address = urlsplit(feed_url)
    name = address.netloc + address.path + (f"?{address.query}" if address.query else "")
    return str(uuid5(_GUIDS, name.rstrip("/")))


def _show_add(channel: Element, feed: Feed, items: list[FeedItem]) -> None:
    add(channel, "itunes:author", feed.author)
    add(channel, "itunes:type", "episodic")
    add(channel, "itunes:explicit", _yes(any(item.sensitive for item in items)))
    main, narrow = _ANY
    if items:
        main, narrow = _CATEGORIES.get(items[0].category, _ANY)
    category = add(channel, "itunes:category", text=main)
    if narrow:
        add(category, "itunes:category", text=narrow)
    if feed.image_url:
        add(channel, "itunes:image", href=feed.image_url)
    add(channel, "podcast:guid", guid_of(feed.first_url))
    add(channel, "podcast:medium", "video")
    add(channel, "podcast:locked", "yes")
    add(channel, "podcast:person", feed.author, role="host", href=feed.home_url)


def _yes(said: bool) -> str:  # noqa: FBT001 - the word for a truth
    return "true" if said else "false"


def _episode_add(channel: Element, item: FeedItem, file: FeedFile) -> None:
    row = add(channel, "item")
    item_add(row, item)
    add(row, "enclosure", url=file.url, length=file.size_bytes, type=file.type)
    add(row, "content:encoded", html_of(item.text) or item.title)
    add(row, "itunes:title", item.title)
    add(row, "itunes:author", item.author)
    add(row, "itunes:duration", clock(item.duration_s))
    add(row, "itunes:explicit", _yes(item.sensitive))
    add(row, "itunes:episodeType", "full")
    if item.poster_url:
        add(row, "itunes:image", href=item.poster_url)
    _podcasting_add(row, item)


def _podcasting_add(row: Element, item: FeedItem) -> None:
    for caption in item.captions:
        add(
            row,
            "podcast:transcript",
            url=caption.url,
            type="text/vtt",
            language=caption.language,
            rel="captions",
        )
    if item.chapters_url:
        add(row, "podcast:chapters", url=item.chapters_url, type="application/json+chapters")
    add(row, "podcast:person", item.author, role="host", href=item.author_url)
    if item.licence:
        add(row, "podcast:license", item.licence.lower())
    add(row, "podcast:contentLink", item.title, href=item.link)
    for file in item.files or item.promised:
        _alternate_add(row, item, file)
    if item.hls_url:
        other = add(
            row, "podcast:alternateEnclosure", type=HLS_TYPE, title="HLS", height=item.height_px
        )
        add(other, "podcast:source", uri=item.hls_url)


def _alternate_add(row: Element, item: FeedItem, file: FeedFile) -> None:
    main = file == _enclosed(item)
    other = add(
        row,
        "podcast:alternateEnclosure",
        type=file.type,
        length=file.size_bytes,
        height=file.height_px or None,
        lang=item.language,
        bitrate=file.size_bytes * 8 // item.duration_s if item.duration_s else None,
        default="true" if main else None,
    )
    add(other, "podcast:source", uri=file.url)
