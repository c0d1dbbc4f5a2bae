"""The chapters that are shown: those its owner lists, else those of the description or the file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _

from antenne.pipeline.selectors import chapters_embedded

if TYPE_CHECKING:
    from antenne.catalog.models import Video

MOMENT: Final = r"(?<![\d:.])(?:(?:(\d{1,2}):)?([0-5]?\d):([0-5]\d))(?![\d:])"
# No two neighbours take the same letters: a line of blanks would be tried in every division.
CHAPTER: Final = re.compile(
    rf"^[\s\-\u2013•(\[]*{MOMENT}[)\]]?\s*(?:[-\u2013:|]\s*)?(?P<title>\S.*)$"
)
TITLE_MAX_CHARS: Final = 120
_DESCRIBED_LEAST: Final = 3
_EMBEDDED_LEAST: Final = 2


@dataclass(frozen=True, slots=True)
class Chapter:
    """A named part of a video and where it starts."""

    start_ms: int
    title: str

    @property
    def start_s(self) -> int:
        """Return the first whole second of it."""
        return -(-self.start_ms // 1000)


def moment_s(match: re.Match[str], first: int) -> int:
    """Return the seconds that a match of `MOMENT` says, whose groups begin with the *first*."""
    hours, minutes, seconds = (int(match.group(first + part) or 0) for part in range(3))
    return hours * 3600 + minutes * 60 + seconds


def chapters_of(text: str, *, duration_ms: int) -> tuple[Chapter, ...]:
    """Return the chapters that a description lists: three or more, in order, the first at 0:00."""
    lines = (CHAPTER.match(line) for line in text.splitlines())
    found = [
        Chapter(moment_s(line, 1) * 1000, line["title"].strip()[:TITLE_MAX_CHARS])
        for line in lines
        if line
    ]
    starts = [chapter.start_ms for chapter in found]
    listed = len(found) >= _DESCRIBED_LEAST and starts[0] == 0
    if not listed or starts != sorted(set(starts)):
        return ()
    return tuple(chapter for chapter in found if chapter.start_ms < (duration_ms or 1 << 60))


def chapters_shown(video: Video) -> tuple[Chapter, ...]:
    """Return a video's chapters in order; a query where neither rows nor description list any."""
    duration_ms = video.duration_ms or 0
    return (
        _listed(video, duration_ms)
        or chapters_of(video.description, duration_ms=duration_ms)
        or _embedded(video, duration_ms)
    )


def chapter_rows(video: Video) -> list[dict[str, Any]]:
    """Return a video's chapters as its rows are stored."""
    return [
        {"start_ms": chapter.start_ms, "title": chapter.title} for chapter in chapters_shown(video)
    ]


def _listed(video: Video, duration_ms: int) -> tuple[Chapter, ...]:
    """Return the rows that the studio keeps, as far as the video lasts."""
    end_ms = duration_ms or 1 << 60
    rows = [row for row in video.chapters if row["start_ms"] < end_ms]
    return tuple(Chapter(row["start_ms"], row["title"]) for row in rows)


def _embedded(video: Video, duration_ms: int) -> tuple[Chapter, ...]:
    """Return the file's chapters: two or more, each at its own moment within the video."""
    starts = dict(reversed([row for row in chapters_embedded(video) if row[0] < duration_ms]))
    if len(starts) < _EMBEDDED_LEAST:
        return ()
    return tuple(
        Chapter(start_ms, title.strip()[:TITLE_MAX_CHARS] or _nameless(n))
        for n, (start_ms, title) in enumerate(sorted(starts.items()), start=1)
    )


def _nameless(number: int) -> str:
    return _("Chapter %(number)s") % {"number": number}
