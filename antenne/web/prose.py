"""Descriptions: plain text whose addresses, moments and chapters are found."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from antenne.catalog.wording import HASHTAG, tag_key
from antenne.community.wording import ADDRESS

_MOMENT: Final = r"(?<![\d:.])(?:(?:(\d{1,2}):)?([0-5]?\d):([0-5]\d))(?![\d:])"
_TOKEN: Final = re.compile(rf"(?P<url>{ADDRESS})|{_MOMENT}|(?P<hash>{HASHTAG.pattern})")
_CHAPTER: Final = re.compile(
    rf"^[\s\-\u2013•(\[]*{_MOMENT}[)\]]?\s*[-\u2013:|]?\s*(?P<title>\S.*)$"
)
_CHAPTERS_LEAST: Final = 3
TITLE_MAX_CHARS: Final = 120


@dataclass(frozen=True, slots=True)
class Chapter:
    """A named part of a video and where it starts."""

    start_ms: int
    title: str

    @property
    def start_s(self) -> int:
        """Return the first whole second of it."""
        return -(-self.start_ms // 1000)


def _moment_s(match: re.Match[str], first: int) -> int:
    hours, minutes, seconds = (int(match.group(first + part) or 0) for part in range(3))
    return hours * 3600 + minutes * 60 + seconds


def _token_html(match: re.Match[str]) -> SafeString | str:
    if match["url"]:
        return format_html('<a href="{0}" rel="nofollow ugc noopener">{0}</a>', match["url"])
    if match["hash"]:
        return _hashtag_html(match)
    at_s = _moment_s(match, 2)
    return format_html('<a href="?t={0}" data-seek="{0}">{1}</a>', at_s, match[0])


def _hashtag_html(match: re.Match[str]) -> SafeString | str:
    key = tag_key(match["tag"])
    if key.isdigit() or not key:
        return escape(match[0])
    return format_html('<a href="{0}">{1}</a>', reverse("tag", args=[key]), match[0])


def prose_html(text: str) -> SafeString:
    """Return *text* escaped, with links to its addresses, its tags and moments of the video."""
    parts: list[str] = []
    end = 0
    for match in _TOKEN.finditer(text):
        parts += [escape(text[end : match.start()]), _token_html(match)]
        end = match.end()
    parts.append(escape(text[end:]))
    return mark_safe("".join(parts))  # noqa: S308 - every part was escaped above


def without_chapters(text: str) -> str:
    """Return *text* without the lines that list chapters, for where it is shown in a few lines."""
    return "\n".join(line for line in text.splitlines() if not _CHAPTER.match(line)).strip()


def chapters_of(text: str, *, duration_ms: int) -> tuple[Chapter, ...]:
    """Return the chapters that a description lists: three or more, in order, the first at 0:00."""
    lines = (_CHAPTER.match(line) for line in text.splitlines())
    found = [
        Chapter(_moment_s(line, 1) * 1000, line["title"].strip()[:TITLE_MAX_CHARS])
        for line in lines
        if line
    ]
    starts = [chapter.start_ms for chapter in found]
    listed = len(found) >= _CHAPTERS_LEAST and starts[0] == 0
    if not listed or starts != sorted(set(starts)):
        return ()
    return tuple(chapter for chapter in found if chapter.start_ms < (duration_ms or 1 << 60))
