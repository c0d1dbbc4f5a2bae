"""What the linter says, and the elements that its rules look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from antenne.syndication.markup import NAMESPACES


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
    text: str


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


Said = tuple[str, Severity, str]
Rule = Callable[[Node, Context], Iterator[Said]]


def refused(rule: str, text: str) -> Said:
    """Return a finding for which the portal refuses the item or the feed."""
    return rule, Severity.REFUSED, text


def advice(rule: str, text: str) -> Said:
    """Return a finding that the portal lives with."""
    return rule, Severity.ADVICE, text


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
