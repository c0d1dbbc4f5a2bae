"""JSON Feed 1.1 (https://jsonfeed.org/version/1.1)."""

from __future__ import annotations

import json
from typing import Any

from antenne.syndication.feeds.items import Feed, FeedItem
from antenne.syndication.feeds.media import HLS_TYPE
from antenne.syndication.feeds.words import rfc3339

TYPE = "application/feed+json"


def json_write(feed: Feed) -> bytes:
    """Return the feed as JSON Feed."""
    said = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home_url,
        "feed_url": feed.self_url,
        "description": feed.text,
        "icon": feed.image_url,
        "language": feed.language,
        "next_url": feed.next_url,
        "authors": [{"name": feed.author, "url": feed.home_url}],
        "hubs": [{"type": "WebSub", "url": feed.hub_url}] if feed.hub_url else [],
    }
    items = [_item(item) for item in feed.items]
    kept = {name: value for name, value in said.items() if value}
    return json.dumps({**kept, "items": items}, ensure_ascii=False).encode()


def _item(item: FeedItem) -> dict[str, Any]:
    said: dict[str, Any] = {
        "id": item.guid,
        "url": item.link,
        "title": item.title,
        "content_text": item.text or item.title,
        "image": item.poster_url,
        "date_published": rfc3339(item.published_at),
        "date_modified": rfc3339(item.updated_at),
        "tags": list(filter(None, (item.category, *item.tags))),
        "language": item.language,
        "authors": [{"name": item.author, "url": item.author_url}],
        "attachments": _attachments(item),
    }
    return {name: value for name, value in said.items() if value}


def _attachments(item: FeedItem) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [
        {
            "url": file.url,
            "mime_type": file.type,
            "size_in_bytes": file.size_bytes,
            "duration_in_seconds": item.duration_s,
        }
        for file in item.files
    ]
    if item.hls_url:
        found.append(
            {
                "url": item.hls_url,
                "mime_type": HLS_TYPE,
                "duration_in_seconds": item.duration_s,
            }
        )
    return found
