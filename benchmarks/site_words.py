"""The words of the site of `benchmarks.site`: a few are everywhere, most are rare (Zipf's law).

They are made, not taken from anywhere, and the same in every run: what is searched for is known.
"""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, product
from typing import Final

from django.db import connection

LINES: Final = 20_000
_SEED: Final = 3
_WORDS: Final = 8_000
# Views of the most watched video; the one of place n has an n-th of them.
_VIEWS_MOST: Final = 5_000_000
_KNOWN: Final = (
    *("harbour", "winter", "market", "bridge", "garden", "storm", "river", "lantern", "piano"),
    *("mountain", "letter", "station", "forest", "kitchen", "island", "theatre", "museum"),
)
_HEADS: Final = ("b", "br", "c", "d", "f", "g", "gl", "l", "m", "n", "p", "pr", "r", "s", "st", "t")
_HEARTS: Final = ("a", "e", "i", "o", "u", "au")
_TAILS: Final = ("lin", "ron", "ter", "mas", "vel", "nd", "rk", "lt", "sse", "ment", "tion", "gue")


@dataclass(frozen=True, slots=True)
class Searched:
    """What is searched for, by how much of it there is."""

    common: str
    middling: str
    rare: str
    phrase: str
    typo: str


class Vocabulary:
    """Words in the order of how often they are used: the n-th an n-th as often as the first."""

    def __init__(self) -> None:
        made = ["".join(parts) for parts in product(_HEADS, _HEARTS, _HEADS, _HEARTS, _TAILS)]
        chosen = random.Random(_SEED).sample(made, _WORDS - len(_KNOWN))  # noqa: S311 - the same each time
        self.words: Final = (*_KNOWN, *dict.fromkeys(chosen))
        self._shares = list(accumulate(1 / place for place in range(1, len(self.words) + 1)))

    def some(self, chance: random.Random, count: int) -> list[str]:
        """Return *count* words as chance will have it."""
        most = self._shares[-1]
        return [
            self.words[bisect(self._shares, chance.random() * most) % len(self.words)]
            for _ in range(count)
        ]

    def searched(self) -> Searched:
        """Return what to search for."""
        words = self.words
        return Searched(
            common=words[0],
            middling=words[200],
            rare=words[6000],
            phrase=f'"{words[1]} {words[2]}"',
            typo=words[40][:2] + words[40][3:],
        )


def texts_write(videos: int) -> None:
    """Write `site_film` (title, description, tags, views, place by views) and `site_line`."""
    words = Vocabulary()
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE UNLOGGED TABLE site_film (n int PRIMARY KEY, place int, views bigint,"
            " title text, description text, tags text[]);"
            "CREATE UNLOGGED TABLE site_line (n int PRIMARY KEY, line text)"
        )
        with cursor.copy("COPY site_film FROM STDIN") as copy:
            for row in _films(words, videos):
                copy.write_row(row)
        with cursor.copy("COPY site_line FROM STDIN") as copy:
            for row in _lines(words):
                copy.write_row(row)
        cursor.execute("CREATE INDEX ON site_film (place); ANALYZE site_film, site_line")


def texts_remove() -> None:
    """Take the tables away again."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE site_film, site_line")


def _films(words: Vocabulary, videos: int) -> Iterator[tuple[object, ...]]:
    chance = random.Random(videos)  # noqa: S311 - the same each time
    places = random.Random(_SEED).sample(range(videos), videos)  # noqa: S311 - the same each time
    for n, place in enumerate(places):
        title = " ".join(words.some(chance, chance.randint(3, 8))).capitalize()
        about = ". ".join(
            " ".join(words.some(chance, chance.randint(6, 14))).capitalize()
            for _ in range(chance.randint(1, 4))
        )
        tags = sorted(set(words.some(chance, chance.randint(0, 5))))
        yield n, place, _VIEWS_MOST // (place + 1), title, f"{about}.", tags


def _lines(words: Vocabulary) -> Iterator[tuple[object, ...]]:
    chance = random.Random(_SEED)  # noqa: S311 - the same each time
    for n in range(LINES):
        yield n, " ".join(words.some(chance, chance.randint(5, 14)))
