"""Figures as people see them: sums, shares, and no group so small that it gives somebody away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from antenne.audience.periods import Period
from antenne.audience.states import Dimension


@dataclass(frozen=True, slots=True)
class Sums:
    """What was watched altogether."""

    sessions: int = 0
    plays: int = 0
    views: int = 0
    watched_ms: int = 0
    played_ms: int = 0

    @property
    def average_ms(self) -> int:
        """How long a play was on average."""
        return self.played_ms // self.plays if self.plays else 0


@dataclass(frozen=True, slots=True)
class Point:
    """One day."""

    day: date
    views: int = 0
    watched_ms: int = 0
    plays: int = 0


@dataclass(frozen=True, slots=True)
class Share:
    """One group; an empty value is everything that is not shown by itself."""

    value: str
    views: int
    watched_ms: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """The figures of a video or a channel in a period.

    `retention` holds the part of the sessions (0 to 1) that saw each hundredth, and is empty where
    there were too few; `least` is the smallest group that is shown.
    """

    period: Period
    total: Sums
    before: Sums
    points: tuple[Point, ...]
    least: int
    retention: tuple[float, ...] = ()
    shares: dict[Dimension, tuple[Share, ...]] = field(default_factory=dict)


def shares_shown(shares: Iterable[Share], *, total: Sums, least: int) -> tuple[Share, ...]:
    """Return the groups of at least *least* views, the largest first, then all others as one.

    What belongs to no group (people who do not want to be tracked) is among the others. Where the
    others are fewer than *least*, the smallest groups join them until they are not: else the sum
    would give them away.
    """
    known = sorted(shares, key=lambda share: (-share.views, share.value))
    shown = [share for share in known if share.views >= least]
    while shown and 0 < _others(total, shown).views < least:
        shown.pop()
    others = _others(total, shown)
    if not others.views and not others.watched_ms:
        return tuple(shown)
    return (*shown, others) if others.views >= least or shown else ()


def _others(total: Sums, shown: list[Share]) -> Share:
    views = total.views - sum(share.views for share in shown)
    watched_ms = total.watched_ms - sum(share.watched_ms for share in shown)
    return Share("", max(views, 0), max(watched_ms, 0))
