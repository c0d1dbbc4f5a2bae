"""What the linter says, and the elements that its rules look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from antenne.syndication.markup import NAMESPACES

Values = Mapping[str, str | float]


class Severity(StrEnum):
    """What follows from a finding."""

    REFUSED = "refused"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a portal minds: where it is, which rule it breaks, and what to do."""

    rule: str
    severity: Severity
    line: int
    item: str
    words: str
    values: Values = field(default_factory=dict)

    @property
    def text(self) -> str:
        """Return the sentence in English."""
        return self.said(str)

    def said(self, translate: Callable[[str], str]) -> str:
        """Return the sentence in the language that *translate* speaks."""
        return translate(self.words) % self.values


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that was found in one feed."""

    items: int
    findings: tuple[Finding, ...]

    @property
    def refused(self) -> int:
        """Return how many findings lead to a refusal."""
        return sum(finding.severity == Severity.REFUSED for finding in self.findings)


# A parsed element of lxml, which knows its line; lxml has no types.
Node = Any


@dataclass(slots=True)
class Context:
    """What the rules of one reading share."""

    at: datetime
    language: str = ""
    guids: dict[str, int] = field(default_factory=dict)


Said = tuple[str, Severity, str, Values]
Rule = Callable[[Node, Context], Iterator[Said]]


def gettext_noop(words: str) -> str:
    """Return *words*, which are translated where they are shown: rules know no Django."""
    return words


def refused(rule: str, words: str, **values: str | float) -> Said:
    """Return a finding for which the portal refuses the item or the feed."""
    return rule, Severity.REFUSED, words, values


def advice(rule: str, words: str, **values: str | float) -> Said:
    """Return a finding that the portal lives with."""
    return rule, Severity.ADVICE, words, values


def tag(name: str) -> str:
    """Return `media:content` as lxml names it."""
    prefix, colon, rest = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{rest}" if colon else name


def text_of(node: Node, name: str) -> str:
    """Return the text of a child, or nothing."""
    return (node.findtext(tag(name)) or "").strip()


def has(node: Node, name: str) -> bool:
    """Say whether there is such a child."""
    return node.find(tag(name)) is not None
