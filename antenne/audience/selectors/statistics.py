"""Reads of statistics: for the people of the channel that they are of, and for nobody else."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Min, QuerySet, Sum

from antenne.accounts.models import Person
from antenne.audience.figures import Point, Share, Statistics, Sums, shares_shown
from antenne.audience.models import VideoDay, VideoDaySlice
from antenne.audience.periods import Period
from antenne.audience.states import BUCKETS, Dimension
from antenne.catalog.models import Channel, Video
from antenne.catalog.selectors.channels import channel_owned
from antenne.catalog.selectors.sight import video_owned
from antenne.catalog.states import Power
from antenne.custody.selectors import setting_of
from antenne.custody.settings import PrivacySettings

_SUMS = ("sessions", "plays", "views", "watched_ms", "played_ms")


@dataclass(frozen=True, slots=True)
class VideoFigures:
    """One video of a channel, and what it was watched in the period."""

    video: Video
    views: int
    watched_ms: int


def video_counted(public_id: str, *, by: Person) -> Video:
    """Return a video whose statistics *by* may see; raise `NotFound` for any other."""
    return video_owned(public_id, by=by, power=Power.STATISTICS)


def channel_counted(handle: str, *, by: Person) -> Channel:
    """Return a channel whose statistics *by* may see; raise `NotFound` for any other."""
    return channel_owned(handle, by=by, power=Power.STATISTICS)


def video_statistics(video: Video, *, period: Period) -> Statistics:
    """Return the figures of a video that `video_counted` gave."""
    days = VideoDay.objects.filter(video=video)
    found = _statistics(days, VideoDaySlice.objects.filter(video=video), period)
    if found.total.sessions < found.least:
        return found
    return replace(found, retention=_retention(_within(days, period), found.total.sessions))


def channel_statistics(channel: Channel, *, period: Period) -> Statistics:
    """Return the figures of a channel that `channel_counted` gave, over all its videos."""
    days = VideoDay.objects.filter(video__channel=channel)
    return _statistics(days, VideoDaySlice.objects.filter(video__channel=channel), period)


def channel_videos(channel: Channel, *, period: Period, size: int = 20) -> list[VideoFigures]:
    """Return the videos of a channel that were watched most in the period."""
    days = _within(VideoDay.objects.filter(video__channel=channel), period)
    summed = days.values("video").annotate(views=Sum("views"), watched_ms=Sum("watched_ms"))
    rows = list(summed.order_by("-views", "-watched_ms", "video")[:size])
    videos = Video.objects.select_related("channel").in_bulk([row["video"] for row in rows])
    return [
        VideoFigures(videos[row["video"]], row["views"], row["watched_ms"])
        for row in rows
        if row["video"] in videos
    ]


def first_day(*, video: Video | None = None, channel: Channel | None = None) -> date | None:
    """Return the first day on which anything was watched of a video or channel."""
    days = VideoDay.objects.all()
    if video is not None:
        days = days.filter(video=video)
    if channel is not None:
        days = days.filter(video__channel=channel)
    first: date | None = days.aggregate(first=Min("day"))["first"]
    return first


def _within(rows: QuerySet[Any], period: Period) -> QuerySet[Any]:
    return rows.filter(day__gte=period.first, day__lte=period.last)


def _statistics(
    days: QuerySet[VideoDay], slices: QuerySet[VideoDaySlice], period: Period
) -> Statistics:
    least = setting_of(PrivacySettings).k_anonymity
    total = _sums(_within(days, period))
    rows = _within(days, period).values("day")
    by_day = {
        row["day"]: Point(row["day"], row["v"], int(row["w"]), row["p"])
        for row in rows.annotate(v=Sum("views"), w=Sum("watched_ms"), p=Sum("plays"))
    }
    groups = _groups(_within(slices, period))
    shares = {
        dimension: shares_shown(
            groups[dimension], total=_whole(dimension, groups, total), least=least
        )
        for dimension in Dimension
    }
    return Statistics(
        period=period,
        total=total,
        before=_sums(_within(days, period.before())),
        points=tuple(by_day.get(day, Point(day)) for day in period.days()),
        least=least,
        shares=shares,
    )


def _sums(days: QuerySet[VideoDay]) -> Sums:
    summed = days.aggregate(**{name: Sum(name, default=0) for name in _SUMS})
    return Sums(**{name: int(value) for name, value in summed.items()})


def _groups(slices: QuerySet[VideoDaySlice]) -> dict[str, list[Share]]:
    groups: dict[str, list[Share]] = defaultdict(list)
    rows = slices.values_list("dimension", "value").order_by()
    for dimension, value, views, watched_ms in rows.annotate(v=Sum("views"), w=Sum("watched_ms")):
        groups[dimension].append(Share(value, views, int(watched_ms)))
    return groups


def _whole(dimension: Dimension, groups: dict[str, list[Share]], total: Sums) -> Sums:
    """Return of what the groups are parts: of everything, or of what came from other sites."""
    if dimension != Dimension.SITE:
        return total
    shares = groups[dimension]
    return Sums(
        views=sum(share.views for share in shares),
        watched_ms=sum(share.watched_ms for share in shares),
    )


def _retention(days: QuerySet[VideoDay], sessions: int) -> tuple[float, ...]:
    seen = [0] * BUCKETS
    for curve in days.values_list("retention", flat=True):
        for part, count in enumerate(curve):
            seen[part] += count
    return tuple(count / sessions for count in seen)
