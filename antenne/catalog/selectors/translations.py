"""Reads of translated titles and descriptions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.db import connection

from antenne.catalog.models import Video, VideoTranslation
from antenne.kernel.remembering import remembered

if TYPE_CHECKING:
    from django.db.models import QuerySet

# So long it takes until the first translation into a language shows on other pages.
_FRESH_S: Final = 10
# Jumps from one value of the index to the next, however many rows have each.
_LANGUAGES: Final = """
    WITH RECURSIVE known AS (
        (SELECT language FROM catalog_videotranslation ORDER BY language LIMIT 1)
        UNION ALL
        SELECT (SELECT language FROM catalog_videotranslation
                WHERE language > known.language ORDER BY language LIMIT 1)
        FROM known WHERE known.language IS NOT NULL
    ) SELECT language FROM known WHERE language IS NOT NULL LIMIT 100
"""


def translations_of(video: Video) -> QuerySet[VideoTranslation]:
    """Return what a video is called in further languages, by language."""
    return VideoTranslation.objects.filter(video=video).order_by("language")


def translated(videos: Iterable[Video], language: str) -> None:
    """Let videos that are about to be shown, and are not written again, speak *language*.

    One query for all of them, none on a site where nothing is translated into it; a video spoken
    in that language, or not translated, stays.
    """
    wanted = language.partition("-")[0].lower()
    foreign: dict[UUID, list[Video]] = defaultdict(list)
    for video in videos:
        if _spoken(video) != wanted:
            foreign[video.pk].append(video)
    if not foreign or wanted not in languages_translated():
        return
    rows = VideoTranslation.objects.filter(
        video__in=list(foreign), language__in=[wanted, language.lower()]
    )
    for row in rows.order_by("language"):
        for video in foreign[row.video_id]:
            video.title = row.title
            video.description = row.description or video.description


@remembered(_FRESH_S)
def languages_translated() -> frozenset[str]:
    """Return the languages, without their countries, into which something is translated.

    One query at times, which reads few rows of an index.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LANGUAGES)
        return frozenset(row[0].partition("-")[0] for row in cursor.fetchall())


def _spoken(video: Video) -> str:
    return video.language.partition("-")[0].lower()
