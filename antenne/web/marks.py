"""Texts with the words that were looked for marked, and the part of a text where they stand."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from antenne.catalog.wording import folded

_WORD: Final = re.compile(r"[^\W_]+(?:[\u0300-\u036f\u064b-\u065f]+[^\W_]*)*")
_BEFORE_CHARS: Final = 60
_PART_CHARS: Final = 200


@dataclass(frozen=True, slots=True)
class Marks:
    """Which folded words are marked, and which stretches of scripts without gaps."""

    words: Collection[str] = ()
    stretches: Collection[str] = ()

    def _spans(self, text: str) -> list[tuple[int, int]]:
        """Return where something is to be marked, in order and without overlaps."""
        found, lowered = self._words(text), text.lower()
        for stretch in self.stretches:
            if len(lowered) == len(text):
                found += [match.span() for match in re.finditer(re.escape(stretch), lowered)]
        apart: list[tuple[int, int]] = []
        for start, end in sorted(found):
            if not apart or start >= apart[-1][1]:
                apart.append((start, end))
        return apart

    def _words(self, text: str) -> list[tuple[int, int]]:
        if text.isascii():  # most are: no letter of theirs becomes two
            found = _WORD.finditer(text.lower())
            return [match.span() for match in found if match[0] in self.words]
        return [match.span() for match in _WORD.finditer(text) if folded(match[0]) in self.words]

    def html(self, text: str) -> SafeString:
        """Return *text* escaped, with `mark` around what was looked for."""
        parts: list[str] = []
        done = 0
        for start, end in self._spans(text):
            parts += [escape(text[done:start]), "<mark>", escape(text[start:end]), "</mark>"]
            done = end
        parts.append(escape(text[done:]))
        return mark_safe("".join(parts))  # noqa: S308 - every part was escaped above

    def part(self, text: str) -> SafeString:
        """Return about two lines of *text* around the first mark, marked; its start where none."""
        line = " ".join(text.split())
        spans = self._spans(line)
        first = max(0, (spans[0][0] if spans else 0) - _BEFORE_CHARS)
        if first:
            first = line.find(" ", first, first + 20) + 1 or first
        shown = line[first : first + _PART_CHARS]
        before, after = "… " if first else "", " …" if first + _PART_CHARS < len(line) else ""
        return mark_safe(before + self.html(shown) + after)  # noqa: S308 - html() escapes
