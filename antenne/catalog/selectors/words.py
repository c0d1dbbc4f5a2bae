"""The words that titles use: what somebody may have meant, may go on to type, or sees marked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Final

from django.contrib.postgres.search import SearchQuery
from django.db import connection

from antenne.catalog.asking import Asking, asking_read
from antenne.catalog.models import SearchWord
from antenne.catalog.selectors.search import found_by_all
from antenne.catalog.wording import PLAIN, STEMMERS, WORD_MAX_CHARS, folded, words_of

_TYPO_LEAST_CHARS: Final = 4
_LONG_CHARS: Final = 6
_TOKEN: Final = re.compile(r"\w+")
_BEGUN_LEAST_CHARS: Final = 2
_MARK_LEAST_CHARS: Final = 2

_NEAR = """
    SELECT asked, word, uses FROM unnest(%(asked)s::text[]) asked
    JOIN catalog_searchword ON word %% asked OR word = ANY(%(swapped)s::text[])
"""
# What a stemmer makes of a word never changes, and pages show the same words over and over.
_STEMS_KEPT: Final = 8192
_STEMS_KNOWN: Final[dict[str, frozenset[str]]] = {}
_STEMS: Final = (
    "SELECT word, ARRAY["  # noqa: S608 - names of our own
    + ", ".join(f"'{name}:' || (ts_lexize('{name}_stem', word))[1]" for name in STEMMERS.values())
    + "] FROM unnest(%s::text[]) word"
)


@lru_cache(maxsize=1)
def _trigrams_known() -> bool:
    """Say whether the database has the extension; asked once a process."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        return cursor.fetchone() is not None


def video_matches(asking: Asking) -> bool:
    """Say whether everybody finds a video."""
    return found_by_all().filter(vector=asking.query()).exists()


def asking_corrected(
    asking: Asking, *, matches: Callable[[Asking], bool] = video_matches
) -> Asking | None:
    """Return what was probably meant, as below, where something is found by it: *matches* says."""
    meant = asking_meant(asking)
    return meant if meant and matches(meant) else None


def asking_meant(asking: Asking) -> Asking | None:
    """Return what was probably meant, if some word is used nowhere and one like it is (a query)."""
    asked = sorted({word for word in asking.words if len(word) >= _TYPO_LEAST_CHARS})
    if not asked or not _trigrams_known():
        return None
    meant = _nearest(asked)
    return asking_read(_replaced(asking.text, meant)) if meant else None


def _replaced(text: str, meant: Mapping[str, str]) -> str:
    return _TOKEN.sub(lambda match: meant.get(folded(match[0]), match[0]), text)


def _nearest(asked: list[str]) -> dict[str, str]:
    """Return the most used of the nearest words to each that is used nowhere (one query)."""
    swapped = [other for word in asked for other in _swaps(word)]
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, {"asked": asked, "swapped": swapped})
        rows = cursor.fetchall()
    known = {word for word, other, _uses in rows if word == other}
    best: dict[str, tuple[int, int, str]] = {}
    for word, other, uses in rows:
        if word in known:
            continue
        steps = _steps(word, other)
        if steps <= (1 if len(word) < _LONG_CHARS else 2):
            best[word] = min(best.get(word, (99, 0, "")), (steps, -uses, other))
    return {word: other for word, (_steps_away, _uses, other) in best.items()}


def _swaps(word: str) -> list[str]:
    """Return *word* with each two neighbouring letters swapped: trigrams hardly see that."""
    return [word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)]


def _steps(one: str, other: str) -> int:
    """Return how many letters are added, left out, changed or swapped from *one* to *other*."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, start=1):
        older, before, row = before, row, [i]
        for j, right in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]


def words_marked(asking: Asking, texts: Iterable[str]) -> frozenset[str]:
    """Return which folded words of *texts* are those asked for, whatever their ending.

    One query, of words that this process has not met before; none where it has met them all.
    """
    asked = [word for word in asking.words if len(word) >= _MARK_LEAST_CHARS] or [*asking.words]
    begins = {word[:2] for word in asked}
    shown = {word for text in texts for word in words_of(text) if word[:2] in begins}
    if not shown:
        return frozenset(asking.words)
    stems = _stems_of({word for word in shown.union(asked) if len(word) <= WORD_MAX_CHARS})
    none: frozenset[str] = frozenset()
    return frozenset(
        word
        for word in shown
        for other in asked
        if word == other
        or (word[:2] == other[:2] and stems.get(word, none) & stems.get(other, none))
    )


def _stems_of(words: set[str]) -> dict[str, frozenset[str]]:
    """Return what the stemmer of each language makes of each of *words*."""
    found = {word: stems for word in words if (stems := _STEMS_KNOWN.get(word)) is not None}
    if len(found) < len(words):
        with connection.cursor() as cursor:
            cursor.execute(_STEMS, [sorted(words.difference(found))])
            asked = {word: frozenset(filter(None, stems)) for word, stems in cursor.fetchall()}
        if len(_STEMS_KNOWN) + len(asked) > _STEMS_KEPT:
            _STEMS_KNOWN.clear()
        _STEMS_KNOWN.update(asked)
        found |= asked
    return found


def words_completing(asking: Asking, *, most: int = 5) -> list[str]:
    """Return how what is being typed may go on: the most used words that begin like its last.

    Only where everybody finds something by all of it.
    """
    if not asking.words or asking.stretches or not asking.text[-1].isalnum():
        return []
    begun = asking.words[-1]
    if len(begun) < _BEGUN_LEAST_CHARS:
        return []
    rows = SearchWord.objects.filter(word__startswith=begun).exclude(word=begun)
    words = rows.order_by("-uses", "word").values_list("word", flat=True)[: 2 * most]
    start = asking.text[: -len(_TOKEN.findall(asking.text)[-1])]
    return [start + word for word in _found_with(start, list(words))][:most]


def _found_with(start: str, words: list[str]) -> list[str]:
    """Return those of *words* after which everybody finds something (one query for all)."""
    if not words:
        return []
    wanted = (asking_read(start + word).wanted for word in words)
    queries = (SearchQuery(each, config=PLAIN, search_type="raw") for each in wanted)
    each = [found_by_all().filter(head=query).values("pk")[:1] for query in queries]
    with connection.cursor() as cursor:
        parts: list[str] = []
        values: list[str] = []
        for query in each:
            sql, params = query.query.sql_with_params()
            parts.append(f"EXISTS ({sql})")
            values += map(str, params)
        cursor.execute(f"SELECT {', '.join(parts)}", values)
        found = cursor.fetchone() or ()
    return [word for word, holds in zip(words, found, strict=True) if holds]
