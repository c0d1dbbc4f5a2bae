"""Writing sitemaps (https://www.sitemaps.org) with the elements for videos and news."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from antenne.syndication.feeds.words import rfc3339
from antenne.syndication.markup import (
    Element,
    add,
    add_said,
    root_make,
    xml_bytes,
)
from antenne.syndication.selectors.sitemaps import SitemapVideo

_TITLE_CHARS: Final = 100
_TEXT_CHARS: Final = 2048
_DURATION_MOST_S: Final = 28_800
_TAGS_MOST: Final = 32


def index_write(files: Iterable[tuple[str, datetime | None]]) -> bytes:
    """Return the index: address and last change of each file."""
    root = root_make("sitemapindex", default="sitemap")
    for address, changed_at in files:
        row = add(root, "sitemap")
        add(row, "loc", address)
        if changed_at is not None:
            add(row, "lastmod", rfc3339(changed_at))
    return xml_bytes(root)


def pages_write(pages: Iterable[tuple[str, datetime | None]]) -> bytes:
    """Return a file of plain pages."""
    root = root_make("urlset", default="sitemap")
    for address, changed_at in pages:
        row = add(root, "url")
        add(row, "loc", address)
        if changed_at is not None:
            add(row, "lastmod", rfc3339(changed_at))
    return xml_bytes(root)


def videos_write(videos: Iterable[SitemapVideo], *, publication: str = "") -> bytes:
    """Return a file of videos; as news of *publication* where one is named."""
    root = root_make("urlset", "video", "news", default="sitemap")
    for video in videos:
        row = add(root, "url")
        add(row, "loc", video.link)
        add(row, "lastmod", rfc3339(video.updated_at))
        if publication:
            _news_add(row, video, publication)
        if video.poster_url:
            _video_add(row, video)
    return xml_bytes(root)


def _news_add(row: Element, video: SitemapVideo, publication: str) -> None:
    news = add(row, "news:news")
    who = add(news, "news:publication")
    add(who, "news:name", publication)
    add(who, "news:language", video.language or "en")
    add(news, "news:publication_date", rfc3339(video.published_at))
    add(news, "news:title", video.title)


def _video_add(row: Element, video: SitemapVideo) -> None:
    """Append the video; one without a picture is a page only, as the extension demands."""
    said = add(row, "video:video")
    add(said, "video:thumbnail_loc", video.poster_url)
    add(said, "video:title", video.title[:_TITLE_CHARS])
    add(said, "video:description", video.text[:_TEXT_CHARS])
    add_said(said, "video:content_loc", video.content_url)
    add_said(said, "video:player_loc", video.player_url)
    if 0 < video.duration_s <= _DURATION_MOST_S:
        add(said, "video:duration", video.duration_s)
    add(said, "video:publication_date", rfc3339(video.published_at))
    add(said, "video:family_friendly", "no" if video.sensitive else "yes")
    relationship, countries = video.countries
    if relationship and countries:
        add(said, "video:restriction", " ".join(countries), relationship=relationship)
    add(said, "video:requires_subscription", "no")
    add(said, "video:uploader", video.author, info=video.author_url)
    add(said, "video:live", "no")
    for word in video.words[:_TAGS_MOST]:
        add(said, "video:tag", word)


def robots_write(sitemap_url: str) -> str:
    """Return what robots are asked to leave alone, and where the sitemap is."""
    closed = ("/account/", "/api/", "/desk", "/internal/", "/studio", "/upload")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    return "\n".join([*lines, "", f"Sitemap: {sitemap_url}", ""])
