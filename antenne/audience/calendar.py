"""Which day a moment belongs to: a plain function of it and of the zones that there were."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

FIRST_ZONE: Final = "UTC"
_DAY: Final = timedelta(days=1)
_INSTANT: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class _Reach:
    """From when on days are those of a zone; the first of them, and the last one before."""

    since: datetime
    name: str
    zone: tzinfo
    first: date
    before: date


class Calendar:
    """The days of a site: those of UTC at first, then of each zone from a moment on.

    A day has 23 to 25 hours, one on which the zone changes more or fewer. No day comes back.
    """

    def __init__(self, changes: Iterable[tuple[datetime, str]] = ()) -> None:
        beginning = datetime.min.replace(tzinfo=UTC)
        self._reaches = [_Reach(beginning, FIRST_ZONE, UTC, date.min, date.min)]
        for since, name in sorted(changes):
            zone, before = ZoneInfo(name), self.day_of(since - _INSTANT)
            # A zone that lies far behind the one before would begin with a day that is over.
            first = max(since.astimezone(zone).date(), before)
            self._reaches.append(_Reach(since, name, zone, first, before))

    def day_of(self, moment: datetime) -> date:
        """Return the day of a moment (with its offset)."""
        at = bisect_right(self._reaches, moment, key=lambda reach: reach.since)
        reach = self._reaches[at - 1]
        return max(moment.astimezone(reach.zone).date(), reach.first)

    def zones(self, first: date, last: date) -> tuple[str, ...]:
        """Return the zones whose days are those from *first* to *last*, in order, each once."""
        ends = [reach.before for reach in self._reaches[1:]] + [date.max]
        within = (
            reach.name
            for reach, end in zip(self._reaches, ends, strict=True)
            if reach.first <= last and end >= first
        )
        return tuple(dict.fromkeys(within))


def day_next(moment: datetime, zone: str) -> datetime:
    """Return when the first day of a zone begins after a moment, in UTC."""
    own = ZoneInfo(zone)
    following = moment.astimezone(own).date() + _DAY
    return datetime.combine(following, time(), own).astimezone(UTC)
