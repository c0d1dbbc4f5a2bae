"""What a sitemap lists: every public video once, in files by the month in which it was published.

A month that is over changes only where one of its videos does, so search engines read again
little more than the last file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from django.db.models import Count, Max, QuerySet
from django.db.models.functions import TruncMonth

from antenne.catalog.models import Video
from antenne.catalog.refusals import NotFound
from antenne.catalog.selectors.elsewhere import embeddable
from antenne.catalog.selectors.files import files_of, offers_of
from antenne.catalog.selectors.videos import videos_public
from antenne.catalog.states import Category, Embedding, Geo
from antenne.delivery.selectors import master_open, media_base, picture_url
from antenne.kernel.clock import now
from antenne.syndication.places import Place

PART_SIZE: Final = 5_000
NEWS_AGE: Final = timedelta(days=2)
NEWS_MOST: Final = 1_000
_PARTS_MOST: Final = 10_000
_READ_ROWS: Final = 500
_GEO: Final[dict[str, str]] = {Geo.ONLY: "allow", Geo.EXCEPT: "deny"}


@dataclass(frozen=True, slots=True)
class SitemapPart:
    """One file of the index, and when something in it changed last."""

    name: str
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class SitemapVideo:
    """A public video as search engines read it."""

    link: str
    title: str
    text: str
    poster_url: str
    player_url: str
    content_url: str
    duration_s: int
    published_at: datetime
    updated_at: datetime
    language: str
    sensitive: bool
    countries: tuple[str, tuple[str, ...]]
    author: str
    author_url: str
    words: tuple[str, ...]


def sitemap_parts() -> list[SitemapPart]:
    """Return the files that hold all videos (one query), the latest first."""
    return [
        SitemapPart(f"videos-{month:%Y-%m}-{part}", changed_at)
        for month, count, changed_at in _months()
        for part in range(1, -(-count // PART_SIZE) + 1)
    ]


def _months() -> Iterator[tuple[datetime, int, datetime]]:
    rows = videos_public().select_related(None).annotate(month=TruncMonth("published_at"))
    counted = rows.values("month").annotate(count=Count("pk"), changed=Max("updated_at"))
    for row in counted.order_by("-month"):
        yield row["month"], row["count"], row["changed"]


def sitemap_part(year: int, month: int, part: int) -> QuerySet[Video]:
    """Return the videos of one file; raise `NotFound` where there is no such file."""
    try:
        start = datetime(year, month, 1, tzinfo=UTC)
        end = (start + timedelta(days=32)).replace(day=1)
    except (ValueError, OverflowError) as error:
        raise NotFound(f"{year}-{month}") from error
    if not 1 <= part <= _PARTS_MOST:
        raise NotFound(str(part))
    rows = videos_public().filter(published_at__gte=start, published_at__lt=end)
    found = rows.order_by("published_at", "pk")[(part - 1) * PART_SIZE : part * PART_SIZE]
    if not found.exists():
        raise NotFound(f"{year}-{month}-{part}")
    return found


def news_recent() -> QuerySet[Video]:
    """Return the news of the last two days, which a news sitemap lists."""
    rows = videos_public().filter(category=Category.NEWS, published_at__gte=now() - NEWS_AGE)
    return rows.order_by("-published_at")[:NEWS_MOST]


def channels_shown() -> list[tuple[str, datetime]]:
    """Return handle and last change of the channels that have public videos (one query)."""
    rows = videos_public().values_list("channel__handle").annotate(changed=Max("updated_at"))
    return list(rows.order_by("channel__handle")[:50_000])


def sitemap_videos(videos: QuerySet[Video], *, place: Place) -> Iterator[SitemapVideo]:
    """Yield videos as search engines read them, a few hundred rows at a time."""
    held: list[Video] = []
    for video in videos.iterator(chunk_size=_READ_ROWS):
        held.append(video)
        if len(held) == _READ_ROWS:
            yield from _said(held, place)
            held = []
    yield from _said(held, place)


def _said(videos: list[Video], place: Place) -> Iterator[SitemapVideo]:
    files = files_of(videos)
    offers = offers_of([video.channel_id for video in videos])
    for video in videos:
        films = [file for file in files[video.pk] if file.type.startswith("video/")]
        film = films[0].path if films and offers[video.channel_id].files else ""
        yield _video(video, place, film)


def _video(video: Video, place: Place, film: str) -> SitemapVideo:
    base, _expires_s = media_base(video, edge=place.edge)
    published_at = video.published_at or video.created_at
    anywhere = embeddable(video) and video.embedding == Embedding.ALL
    return SitemapVideo(
        link=place.watch(video.public_id),
        title=video.title,
        text=" ".join(video.description.split()) or video.title,
        poster_url=picture_url(video, edge=place.edge, path=video.poster),
        player_url=place.embed(video.public_id) if anywhere else "",
        content_url=f"{base}/{film}" if film else master_open(video, edge=place.edge),
        duration_s=round((video.duration_ms or 0) / 1000),
        published_at=published_at,
        updated_at=max(published_at, video.updated_at),
        language=video.language,
        sensitive=video.sensitive,
        countries=(_GEO.get(video.geo, ""), tuple(video.geo_countries)),
        author=video.channel.name,
        author_url=place.channel(video.channel.handle),
        words=tuple(video.tags),
    )
