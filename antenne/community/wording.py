"""What people write, as plain rules: cleaned, with its mentions, addresses and blocked words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from antenne.kernel.wording import is_visible

MENTIONS_MAX: Final = 10
LINKS_MANY: Final = 3
_MARKS_MAX: Final = 4
_LINES: Final = re.compile(r"\n{3,}")
_BLANKS: Final = re.compile(r"[^\S\n]+")
MENTION: Final = r"(?<![\w@/.])@(?P<handle>[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,30}[A-Za-z0-9_])?)"
_MENTION: Final = re.compile(MENTION)
ADDRESS: Final = r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]]"
_ADDRESS: Final = re.compile(ADDRESS)
_LINK: Final = re.compile(r"https?://|www\.", re.IGNORECASE)


def text_clean(text: str) -> str:
    """Return *text* without control characters, towers of marks and long gaps."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    shown = _marks_cut(unicodedata.normalize("NFC", lines))
    return _LINES.sub("\n\n", _BLANKS.sub(" ", shown)).strip()


def _marks_cut(text: str) -> str:
    """Keep what can be seen, and at most four marks on one letter."""
    kept: list[str] = []
    marks = 0
    for letter in text:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if is_visible(letter) and marks <= _MARKS_MAX:
            kept.append(letter)
    return "".join(kept)


def mentions_of(text: str) -> tuple[str, ...]:
    """Return the handles that *text* mentions, in small letters, once each, the first ten."""
    found = dict.fromkeys(match["handle"].lower() for match in _MENTION.finditer(text))
    return tuple(found)[:MENTIONS_MAX]


def links_count(text: str) -> int:
    """Return how many addresses *text* has."""
    return len(_LINK.findall(text))


def link_first(text: str) -> str:
    """Return the first address in *text* that a page makes a link of, or nothing."""
    found = _ADDRESS.search(text)
    return found[0] if found else ""


def word_found(text: str, words: Iterable[str]) -> str:
    """Return the first of *words* that stands in *text* as a whole word, or nothing.

    Accents and case do not hide a word; where letters have no gaps between words, any place counts.
    """
    plain = _plain(text) if words else ""
    for word in words:
        wanted = _plain(word)
        if wanted and (_spaceless(wanted) or _whole(wanted, plain)) and wanted in plain:
            return word
    return ""


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _spaceless(word: str) -> bool:
    """Say whether a word is written in a script that sets no gaps (Han, kana, Thai)."""
    names = ("CJK", "HIRAGANA", "KATAKANA", "THAI")
    return any(unicodedata.name(letter, "").startswith(names) for letter in word)


def _whole(word: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None
