"""What somebody typed into the search box, understood: words, "phrases", -minus, OR."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.postgres.search import SearchQuery

from antenne.catalog.wording import CONFIGS, PLAIN, folded, pairs_of, runs_of, stemmable

ASKED_MAX_CHARS: Final = 200
_WORDS_MAX: Final = 16
_TOKEN: Final = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_LEXEME: Final = re.compile(r"('\w+'):?(\*?)")
_QUOTES: Final = str.maketrans("“”„«»‟\uff02", '"' * 7)
_PARSED: Final = [f"to_tsquery('{config}'::regconfig, %s)" for config in CONFIGS]
_WANTED: Final = f"({' || '.join(_PARSED)})"
_UNWANTED: Final = "".join(f" && !!{parsed}" for parsed in _PARSED)
_MERGED: Final = (
    "(SELECT string_agg(DISTINCT one::text, ' | ')::tsquery"  # noqa: S608 - names of our own
    f" FROM unnest(ARRAY[{', '.join(_PARSED)}]) one WHERE numnode(one) > 0)"
)


class InEachLanguage(SearchQuery):
    """What is wanted and what is not, as `to_tsquery` writes it, stemmed in each language.

    It writes its line of SQL itself: Django takes a millisecond to put ten expressions together.
    Most words are the same in each language. Where these are *merged*, an index is asked for a
    word once and not five times; but PostgreSQL no longer guesses beforehand how much is found.
    """

    def __init__(
        self, wanted: Sequence[str], unwanted: Sequence[str] = (), *, merged: bool = False
    ) -> None:
        super().__init__("")
        self.wanted = wanted
        self.unwanted = unwanted
        self.merged = merged

    def as_sql(self, *_how: object, **_more: object) -> tuple[str, Any]:
        """Return the SQL and its values, for Django or for a query written by hand."""
        wanted = _MERGED if self.merged else _WANTED
        sql = f"({wanted}{_UNWANTED})" if self.unwanted else wanted
        return sql, [*self.wanted, *self.unwanted]


@dataclass(frozen=True, slots=True)
class Asking:
    """A search as `to_tsquery` writes it, and what is left out; `words` are the wanted ones."""

    text: str = ""
    wanted: str = ""
    unwanted: str = ""
    words: tuple[str, ...] = ()
    stretches: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Say whether there is nothing to look for."""
        return not self.wanted

    def query(self, *, merged: bool = False) -> InEachLanguage:
        """Return what is looked for, stemmed in each language; not for an empty one."""
        return InEachLanguage(*self.stemmable, merged=merged)

    @property
    def stemmable(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return what each stemmer is given of what is wanted, and of what is not, if anything."""
        both = (self.wanted, self.unwanted)
        found = (tuple(stemmable(text, each) for each in CONFIGS if text) for text in both)
        return next(found), next(found)


@dataclass(frozen=True, slots=True)
class Stemmable(Asking):
    """An asking that is known only by what each stemmer is given of it."""

    given: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())

    @property
    def stemmable(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return that."""
        return self.given


def one_line(text: str) -> str:
    """Return what was typed on one line, without what is no letter, at most 200 characters."""
    shown = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(shown.split())[:ASKED_MAX_CHARS].strip()


def asking_read(text: str) -> Asking:
    """Understand what was typed; whatever it is, the result is a valid query or an empty one."""
    line = one_line(text)
    groups: list[list[str]] = [[]]
    unwanted: list[str] = []
    words: list[str] = []
    stretches: list[str] = []
    for match in list(_TOKEN.finditer(line.translate(_QUOTES)))[:_WORDS_MAX]:
        if match["word"] == "OR" and not match["minus"]:
            groups.append([])
            continue
        runs = list(runs_of(folded(match["phrase"] or match["word"] or "")))
        term = _term(runs)
        if term:
            (unwanted if match["minus"] else groups[-1]).append(term)
        if not match["minus"]:
            words += [run for kind, run in runs if kind == "w"]
            stretches += [run for kind, run in runs if kind == "g"]
    wanted = " | ".join(f"({' & '.join(group)})" for group in groups if group)
    return Asking(line, wanted, " | ".join(unwanted), tuple(words), tuple(stretches))


def _term(runs: list[tuple[str, str]]) -> str:
    """Return words that follow one another as `to_tsquery` writes it; they are letters only."""
    found: list[str] = []
    for kind, run in runs:
        if kind == "w":
            found.append(f"'{run[:48]}'")
        elif len(run) == 1:
            found.append(f"'{run}':*")
        else:
            found += [f"'{pair}'" for pair in pairs_of(run)]
    if len(found) > 1:
        return f"({' <-> '.join(found)})"
    return found[0] if found else ""


def words_query(words: Iterable[str], *, weights: str) -> SearchQuery | None:
    """Return what finds any of *words* (or phrases) in parts of these weights; None for none."""
    terms = (_term(list(runs_of(folded(word)))) for word in words)
    weighed = [_LEXEME.sub(rf"\1:\2{weights}", term) for term in terms if term]
    return SearchQuery(" | ".join(weighed), config=PLAIN, search_type="raw") if weighed else None


def asking_prefix(text: str) -> Asking:
    """Understand what is still being typed: its last word may go on; titles and names count."""
    found = asking_read(text)
    if found.empty:
        return found
    wanted = _LEXEME.sub(r"\1:\2A", found.wanted)
    if found.text[-1].isalnum():
        wanted = re.sub(r"':(?=A\)+$)", "':*", wanted)
    return Asking(found.text, wanted, found.unwanted, found.words, found.stretches)
