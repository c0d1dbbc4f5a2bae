"""Reads of translated titles and descriptions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from antenne.catalog.models import Video, VideoTranslation

if TYPE_CHECKING:
    from django.db.models import QuerySet


def translations_of(video: Video) -> QuerySet[VideoTranslation]:
    """Return what a video is called in further languages, by language."""
    return VideoTranslation.objects.filter(video=video).order_by("language")


def translated(videos: Iterable[Video], language: str) -> None:
    """Let videos that are about to be shown, and are not written again, speak *language*.

    One query for all of them; a video spoken in that language, or not translated, stays.
    """
    wanted = language.partition("-")[0].lower()
    foreign: dict[UUID, list[Video]] = defaultdict(list)
    for video in videos:
        if _spoken(video) != wanted:
            foreign[video.pk].append(video)
    if not foreign:
        return
    rows = VideoTranslation.objects.filter(
        video__in=list(foreign), language__in=[wanted, language.lower()]
    )
    for row in rows.order_by("language"):
        for video in foreign[row.video_id]:
            video.title = row.title
            video.description = row.description or video.description


def _spoken(video: Video) -> str:
    return video.language.partition("-")[0].lower()
