"""XSPF: a list that VLC, yt-dlp and other players play from its first video to its last."""

from __future__ import annotations

from antenne.syndication.feeds.items import Feed, FeedItem
from antenne.syndication.feeds.words import rfc3339
from antenne.syndication.markup import Element, add, add_said, root_make, xml_bytes

TYPE = "application/xspf+xml"


def xspf_write(feed: Feed) -> bytes:
    """Return the feed as an XSPF playlist of streams."""
    root = root_make("playlist", default="xspf", version="1")
    add(root, "title", feed.title)
    add(root, "creator", feed.author)
    add_said(root, "annotation", feed.text)
    add(root, "info", feed.home_url)
    add(root, "location", feed.self_url)
    add(root, "identifier", feed.key)
    add_said(root, "image", feed.image_url)
    add(root, "date", rfc3339(feed.updated_at))
    tracks = add(root, "trackList")
    for item in feed.items:
        if item.hls_url:
            _track_add(tracks, item)
    return xml_bytes(root)


def _track_add(tracks: Element, item: FeedItem) -> None:
    track = add(tracks, "track")
    add(track, "location", item.hls_url)
    add(track, "identifier", item.guid)
    add(track, "title", item.title)
    add(track, "creator", item.author)
    add_said(track, "annotation", item.text)
    add(track, "info", item.link)
    add_said(track, "image", item.poster_url)
    add_said(track, "duration", item.duration_ms)
