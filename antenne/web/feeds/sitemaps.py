"""What search engines read: robots.txt, the index of sitemaps, and its files."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from antenne.custody.selectors import setting_of
from antenne.custody.settings import SiteSettings
from antenne.syndication.selectors.sitemaps import (
    channels_shown,
    news_recent,
    sitemap_part,
    sitemap_parts,
    sitemap_videos,
)
from antenne.syndication.sitemaps import index_write, pages_write, robots_write, videos_write
from antenne.web.feeds.views import conditional, place_of


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell robots what to leave alone."""
    said = robots_write(f"{place_of(request).site}/sitemap.xml")
    return conditional(request, HttpResponse(said, content_type="text/plain; charset=utf-8"))


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the files that hold every public page."""
    root = f"{place_of(request).site}/sitemaps"
    plain = [(f"{root}/{name}.xml", None) for name in ("channels", "news")]
    parts = [(f"{root}/{part.name}.xml", part.changed_at) for part in sitemap_parts()]
    return _xml(request, index_write([*plain, *parts]))


@require_safe
def channels(request: HttpRequest) -> HttpResponse:
    """List the first page and every channel that shows something."""
    place = place_of(request)
    rows = [(place.channel(handle), changed_at) for handle, changed_at in channels_shown()]
    return _xml(request, pages_write([(f"{place.site}/", None), *rows]))


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """List the news of the last two days."""
    rows = sitemap_videos(news_recent(), place=place_of(request))
    return _xml(request, videos_write(rows, publication=setting_of(SiteSettings).name))


@require_safe
def videos(request: HttpRequest, year: int, month: int, part: int) -> HttpResponse:
    """List some videos of a month."""
    rows = sitemap_part(year, month, part)
    return _xml(request, videos_write(sitemap_videos(rows, place=place_of(request))))


def _xml(request: HttpRequest, data: bytes) -> HttpResponse:
    return conditional(request, HttpResponse(data, content_type="application/xml; charset=utf-8"))
