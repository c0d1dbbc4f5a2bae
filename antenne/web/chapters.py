"""The chapters that a page shows: those its owner lists, else those that the file brings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from antenne.pipeline.selectors import chapters_embedded
from antenne.web.prose import TITLE_MAX_CHARS, Chapter, chapters_of

if TYPE_CHECKING:
    from antenne.catalog.models import Video

_LEAST: Final = 2


def chapters_shown(video: Video) -> tuple[Chapter, ...]:
    """Return a video's chapters in order; a query where neither rows nor description list any."""
    duration_ms = video.duration_ms or 0
    return (
        _listed(video, duration_ms)
        or chapters_of(video.description, duration_ms=duration_ms)
        or _embedded(video, duration_ms)
    )


def _listed(video: Video, duration_ms: int) -> tuple[Chapter, ...]:
    """Return the rows that the studio keeps, as far as the video lasts."""
    end_ms = duration_ms or 1 << 60
    rows = [row for row in video.chapters if row["start_ms"] < end_ms]
    return tuple(Chapter(row["start_ms"], row["title"]) for row in rows)


def _embedded(video: Video, duration_ms: int) -> tuple[Chapter, ...]:
    """Return the file's chapters: two or more, each at its own moment within the video."""
    starts = dict(reversed([row for row in chapters_embedded(video) if row[0] < duration_ms]))
    if len(starts) < _LEAST:
        return ()
    return tuple(
        Chapter(start_ms, title.strip()[:TITLE_MAX_CHARS] or _nameless(n))
        for n, (start_ms, title) in enumerate(sorted(starts.items()), start=1)
    )


def _nameless(number: int) -> str:
    return _("Chapter %(number)s") % {"number": number}
