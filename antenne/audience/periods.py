"""Periods of the site's days that figures are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from antenne.audience.selectors.days import calendar
from antenne.kernel.clock import now

DAYS_MOST: Final = 3660
_DAY: Final = timedelta(days=1)


class PeriodRefused(Exception):
    """The two days are no period."""


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last day, both included."""

    first: date
    last: date

    @property
    def runs(self) -> bool:
        """Whether its last day is not over yet."""
        return self.last >= calendar().day_of(now())

    @property
    def length(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def days(self) -> Iterator[date]:
        """Yield its days in order."""
        for number in range(self.length):
            yield self.first + number * _DAY

    @property
    def zones(self) -> tuple[str, ...]:
        """The time zone of its days; several in order where the site has changed its own."""
        return calendar().zones(self.first, self.last)

    def before(self) -> Period:
        """Return the period of the same length that ends where this one begins."""
        return Period(self.first - self.length * _DAY, self.first - _DAY)


def period_of(first: date, last: date) -> Period:
    """Return the period of two days; raise `PeriodRefused` where there is none."""
    if first > last or (last - first).days >= DAYS_MOST or first.year < 2000:  # noqa: PLR2004 - the web's youth
        raise PeriodRefused
    return Period(first, last)


def period_last(days: int) -> Period:
    """Return the period of so many days that ends today."""
    today = calendar().day_of(now())
    return Period(today - (days - 1) * _DAY, today)
