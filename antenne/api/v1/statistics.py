"""Statistics of videos and channels, for the people of the channel."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

from ninja import Query, Router, Schema

from antenne.api.problems import Problem
from antenne.api.v1.callers import ApiRequest
from antenne.api.v1.fields import Said
from antenne.audience.periods import Period, PeriodRefused, period_last, period_of
from antenne.audience.selectors.statistics import (
    channel_counted,
    channel_statistics,
    video_counted,
    video_statistics,
)

if TYPE_CHECKING:
    from antenne.audience.figures import Statistics, Sums

videos = Router(tags=["statistics"])
channels = Router(tags=["statistics"])
_USUAL_DAYS = 28


class PeriodAsked(Schema):
    """First and last day of the site (both included); without them the last 28 days."""

    first: date | None = None
    last: date | None = None

    def period(self) -> Period:
        """Return the period; raise a `Problem` where it is none."""
        if self.first is None and self.last is None:
            return period_last(_USUAL_DAYS)
        if self.first is None or self.last is None:
            raise Problem("invalid")
        try:
            return period_of(self.first, self.last)
        except PeriodRefused as error:
            raise Problem("invalid") from error


class SumsOut(Said):
    """Sums of a period; `average_ms` is how long a play was."""

    views: int
    plays: int
    sessions: int
    watched_ms: int
    average_ms: int


class PointOut(Said):
    """One day."""

    day: date
    views: int
    plays: int
    watched_ms: int


class ShareOut(Said):
    """One group; `value` is null for all others together."""

    value: str | None
    views: int
    watched_ms: int


class StatisticsOut(Said):
    """What was watched; groups of fewer views than `least` are among the others.

    `retention` holds the part of the sessions that saw each hundredth of the video; it is empty
    for channels, and where there were too few. `time_zones` are those of the days: one, unless the
    site has changed its own in between.
    """

    first: date
    last: date
    time_zones: list[str]
    least: int
    total: SumsOut
    before: SumsOut
    days: list[PointOut]
    retention: list[float]
    sources: list[ShareOut]
    sites: list[ShareOut]
    devices: list[ShareOut]
    countries: list[ShareOut]


@videos.get("/{public_id}/statistics", response=StatisticsOut)
def video_statistics_read(
    request: ApiRequest, public_id: str, asked: Annotated[PeriodAsked, Query()]
) -> StatisticsOut:
    """Read what a video was watched."""
    video = video_counted(public_id, by=request.auth.person)
    return _out(video_statistics(video, period=asked.period()))


@channels.get("/{handle}/statistics", response=StatisticsOut)
def channel_statistics_read(
    request: ApiRequest, handle: str, asked: Annotated[PeriodAsked, Query()]
) -> StatisticsOut:
    """Read what a channel was watched, over all its videos."""
    channel = channel_counted(handle, by=request.auth.person)
    return _out(channel_statistics(channel, period=asked.period()))


def _out(found: Statistics) -> StatisticsOut:
    shares = {
        dimension.value: [
            ShareOut(value=row.value or None, views=row.views, watched_ms=row.watched_ms)
            for row in rows
        ]
        for dimension, rows in found.shares.items()
    }
    return StatisticsOut(
        first=found.period.first,
        last=found.period.last,
        time_zones=list(found.period.zones),
        least=found.least,
        total=_sums(found.total),
        before=_sums(found.before),
        days=[
            PointOut(day=row.day, views=row.views, plays=row.plays, watched_ms=row.watched_ms)
            for row in found.points
        ],
        retention=[round(part, 4) for part in found.retention],
        sources=shares.get("source", []),
        sites=shares.get("site", []),
        devices=shares.get("device", []),
        countries=shares.get("country", []),
    )


def _sums(sums: Sums) -> SumsOut:
    return SumsOut(
        views=sums.views,
        plays=sums.plays,
        sessions=sums.sessions,
        watched_ms=sums.watched_ms,
        average_ms=sums.average_ms,
    )
