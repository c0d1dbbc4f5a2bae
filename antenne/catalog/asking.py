"""What somebody typed into the search box, understood: words, "phrases", -minus, OR."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.contrib.postgres.search import CombinedSearchQuery, SearchQuery

from antenne.catalog.wording import CONFIGS, PLAIN, folded, pairs_of, runs_of, stemmable

ASKED_MAX_CHARS: Final = 200
_WORDS_MAX: Final = 16
_TOKEN: Final = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_LEXEME: Final = re.compile(r"('\w+'):?(\*?)")
_QUOTES: Final = str.maketrans("“”„«»‟\uff02", '"' * 7)


Query = SearchQuery | CombinedSearchQuery


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

    def query(self) -> Query:
        """Return what is looked for, stemmed in each language; not for an empty one."""
        found = _joined("||", _in_each_language(self.wanted))
        if not self.unwanted:
            return found
        return _joined("&&", [found, *(~query for query in _in_each_language(self.unwanted))])


def _in_each_language(written: str) -> list[SearchQuery]:
    return [
        SearchQuery(stemmable(written, config), config=config, search_type="raw")
        for config in CONFIGS
    ]


def _joined(sign: str, queries: Sequence[Query]) -> Query:
    found, *rest = queries
    for query in rest:
        found = CombinedSearchQuery(found, sign, query, None)
    return found


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
