"""Descriptions: plain text whose addresses and moments are found."""

from __future__ import annotations

import re
from typing import Final

from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from antenne.catalog.wording import HASHTAG, tag_key
from antenne.community.wording import ADDRESS
from antenne.pipeline.chapters import CHAPTER, MOMENT, moment_s

_TOKEN: Final = re.compile(rf"(?P<url>{ADDRESS})|{MOMENT}|(?P<hash>{HASHTAG.pattern})")


def _token_html(match: re.Match[str]) -> SafeString | str:
    if match["url"]:
        return format_html('<a href="{0}" rel="nofollow ugc noopener">{0}</a>', match["url"])
    if match["hash"]:
        return _hashtag_html(match)
    at_s = moment_s(match, 2)
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
    return "\n".join(line for line in text.splitlines() if not CHAPTER.match(line)).strip()
