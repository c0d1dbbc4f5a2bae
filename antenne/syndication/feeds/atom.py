"""Atom in the shape of YouTube's channel feeds, which many readers and scripts know."""

from __future__ import annotations

from antenne.custody.selectors import setting_of
from antenne.custody.settings import SiteSettings
from antenne.syndication.feeds.items import Feed, FeedItem
from antenne.syndication.feeds.media import media_add
from antenne.syndication.feeds.words import rfc3339
from antenne.syndication.markup import Element, add, add_said, root_make, xml_bytes

TYPE = "application/atom+xml"


def atom_write(feed: Feed) -> bytes:
    """Return the feed as Atom (RFC 4287), with `media:` and `yt:` elements."""
    root = root_make("feed", "media", "yt", "fh", default="atom")
    add(root, "id", feed.key)
    add(root, "title", feed.title)
    add_said(root, "subtitle", feed.text)
    add(root, "updated", rfc3339(feed.updated_at))
    add(root, "generator", setting_of(SiteSettings).name)
    _author_add(root, feed.author, feed.home_url)
    add(root, "link", rel="alternate", href=feed.home_url, type="text/html")
    add(root, "link", rel="self", href=feed.self_url, type=TYPE)
    if feed.first_url != feed.self_url:
        add(root, "link", rel="first", href=feed.first_url, type=TYPE)
    if feed.next_url:
        add(root, "link", rel="next", href=feed.next_url, type=TYPE)
    if feed.hub_url:
        add(root, "link", rel="hub", href=feed.hub_url)
    add_said(root, "logo", feed.image_url)
    for item in feed.items:
        _entry_add(root, item)
    return xml_bytes(root)


def _entry_add(root: Element, item: FeedItem) -> None:
    entry = add(root, "entry")
    add(entry, "id", item.guid)
    add(entry, "yt:videoId", item.public_id)
    add(entry, "yt:channelId", item.channel_id)
    add(entry, "title", item.title)
    add(entry, "link", rel="alternate", href=item.link, type="text/html")
    file = item.file("video") or item.file("audio")
    if file is not None:
        add(
            entry,
            "link",
            rel="enclosure",
            href=file.url,
            type=file.type,
            length=file.size_bytes,
        )
    _author_add(entry, item.author, item.author_url)
    add(entry, "published", rfc3339(item.published_at))
    add(entry, "updated", rfc3339(item.updated_at))
    for word in filter(None, (item.category, *item.tags)):
        add(entry, "category", term=word)
    if item.text:
        add(entry, "summary", item.text, type="text")
    media_add(entry, item)


def _author_add(parent: Element, name: str, uri: str) -> None:
    author = add(parent, "author")
    add(author, "name", name)
    add(author, "uri", uri)
