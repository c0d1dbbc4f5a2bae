"""RSS 2.0 with Media RSS: what readers, players and other sites read."""

from __future__ import annotations

from antenne.custody.selectors import setting_of
from antenne.custody.settings import SiteSettings
from antenne.syndication.feeds.items import Feed, FeedItem
from antenne.syndication.feeds.media import media_add
from antenne.syndication.feeds.words import clock, html_of, rfc822
from antenne.syndication.markup import Element, add, add_said, root_make, xml_bytes

TYPE = "application/rss+xml"


def rss_write(feed: Feed) -> bytes:
    """Return the feed as RSS 2.0."""
    root = root_make("rss", "atom", "content", "dc", "itunes", "media", version="2.0")
    channel = add(root, "channel")
    head_add(channel, feed, TYPE)
    for item in feed.items:
        row = add(channel, "item")
        item_add(row, item)
        enclosure_add(row, item)
        add(row, "itunes:duration", clock(item.duration_s))
        media_add(row, item)
    return xml_bytes(root)


def head_add(channel: Element, feed: Feed, content_type: str) -> None:
    """Append what is said of the feed itself; all of it stays while the items do."""
    add(channel, "title", feed.title)
    add(channel, "link", feed.home_url)
    add(channel, "description", feed.text or feed.title)
    add_said(channel, "language", feed.language)
    add(channel, "lastBuildDate", rfc822(feed.updated_at))
    add(channel, "generator", setting_of(SiteSettings).name)
    add(channel, "ttl", 15)
    links_add(channel, feed, content_type)
    if feed.image_url:
        image = add(channel, "image")
        add(image, "url", feed.image_url)
        add(image, "title", feed.title)
        add(image, "link", feed.home_url)


def links_add(channel: Element, feed: Feed, content_type: str) -> None:
    """Append where this feed is, goes on (RFC 5005) and is announced (WebSub)."""
    add(channel, "atom:link", rel="self", href=feed.self_url, type=content_type)
    if feed.first_url != feed.self_url:
        add(channel, "atom:link", rel="first", href=feed.first_url, type=content_type)
    if feed.next_url:
        add(channel, "atom:link", rel="next", href=feed.next_url, type=content_type)
    if feed.hub_url:
        add(channel, "atom:link", rel="hub", href=feed.hub_url)


def item_add(row: Element, item: FeedItem) -> None:
    """Append what every kind of RSS says of a video."""
    add(row, "title", item.title)
    add(row, "link", item.link)
    add(row, "guid", item.guid, isPermaLink="false")
    add(row, "pubDate", rfc822(item.published_at))
    add(row, "dc:creator", item.author)
    add(row, "description", html_of(item.text) or item.title)
    for word in filter(None, (item.category, *item.tags)):
        add(row, "category", word)


def enclosure_add(row: Element, item: FeedItem) -> None:
    """Append the file; a stream has no length that could be told, so it is no enclosure."""
    file = item.file("video") or item.file("audio")
    if file is not None:
        add(row, "enclosure", url=file.url, length=file.size_bytes, type=file.type)
