"""What people watch now."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from math import log, log2
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from antenne.catalog.models import Trend, Video
from antenne.catalog.selectors.onlookers import ANYBODY, Onlooker
from antenne.catalog.states import PLAYABLE, Audience, Visibility
from antenne.kernel.clock import now
from antenne.kernel.pagination import Page, page_cut, page_ranked
from antenne.kernel.written import written

HALF_LIFE_S: Final = 86_400
_FIRST_DAY: Final = datetime(2026, 1, 1, tzinfo=UTC)


def heat_age(at: datetime) -> float:
    """Return how many half-lives lie between the fixed day and *at*."""
    return (at - _FIRST_DAY).total_seconds() / HALF_LIFE_S


def heat_of(views_daily: int) -> float:
    """Return how warm a video is now that has long been watched so many times a day."""
    half_lives_daily = 86_400 / HALF_LIFE_S
    return heat_age(now()) + log2(max(1, views_daily) / half_lives_daily / log(2))


def videos_trending(
    *,
    language: str = "",
    category: str = "",
    onlooker: Onlooker = ANYBODY,
    cursor: str = "",
    size: int = 24,
) -> Page[Video]:
    """Return a page of the warmest public videos; raises `CursorRefused`."""
    narrow = {"language": language, "category": category}
    narrow = {name: str(value) for name, value in narrow.items() if value}
    usual = onlooker.usual
    if usual is None or cursor:
        page = page_ranked(_warm(narrow, onlooker), by="heat", cursor=cursor, size=size)
    else:
        rows = _warmest(*narrow.values(), by=tuple(narrow), onlooker=usual, size=size)
        page = page_cut(rows, by="heat", size=size)
    return Page(tuple(row.video for row in page.rows), page.next_cursor)


def _warm(narrow: dict[str, str], onlooker: Onlooker) -> QuerySet[Trend]:
    rows = Trend.objects.filter(
        audience=Audience.EVERYBODY,
        video__visibility=Visibility.PUBLIC,
        video__state__in=PLAYABLE,
        **narrow,
    )
    return onlooker.of(rows.select_related("video__channel"), video="video__")


@written
def _warmest(*narrow: str, by: tuple[str, ...], onlooker: Onlooker, size: int) -> QuerySet[Trend]:
    """Return the first page of them, and one more."""
    named = dict(zip(by, narrow, strict=True))
    return _warm(named, onlooker).order_by("-heat", "-pk")[: size + 1]


def videos_trending_for(
    language: str,
    *,
    onlooker: Onlooker = ANYBODY,
    without: Collection[UUID] = (),
    size: int = 8,
) -> list[Video]:
    """Return the warmest videos: first those in *language*, then of any (two queries)."""
    most = size + len(without)
    own = videos_trending(language=language, onlooker=onlooker, size=most).rows
    others: tuple[Video, ...] = ()
    if len(own) < most:
        others = videos_trending(onlooker=onlooker, size=most + len(own)).rows
    found = {video.pk: video for video in (*own, *others)}
    return [video for key, video in found.items() if key not in set(without)][:size]
