"""The pages of statistics: of a video, of a channel, and the same figures as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from antenne.audience.selectors.bill import channel_bytes, video_bytes
from antenne.audience.selectors.statistics import (
    channel_counted,
    channel_statistics,
    channel_videos,
    first_day,
    video_counted,
    video_statistics,
)
from antenne.audience.states import Dimension
from antenne.catalog.selectors.teams import channels_with, may
from antenne.catalog.states import Power
from antenne.delivery.selectors import picture_url
from antenne.web.sheets import csv_response
from antenne.web.studio.statistics_block import figures_of, groups_of, statistics_block
from antenne.web.studio.statistics_forms import period_asked, period_name
from antenne.web.viewer import edge_of, with_person

if TYPE_CHECKING:
    from collections.abc import Iterable

    from antenne.accounts.models import Person
    from antenne.audience.figures import Statistics

_MS = 1000


@require_safe
@with_person
def start(request: HttpRequest, person: Person) -> HttpResponse:
    """Go to the statistics of the person's first channel."""
    first = channels_with(person, Power.STATISTICS).first()
    if first is None:
        return redirect("studio_channels")
    return redirect("studio_channel_statistics", first.handle)


@require_safe
@with_person
def channel(request: HttpRequest, person: Person, handle: str) -> HttpResponse:
    """Show what a channel was watched."""
    found = channel_counted(handle, by=person)
    asked = period_asked(request, began=first_day(channel=found))
    statistics = channel_statistics(found, period=asked.period)
    if request.GET.get("as") == "csv":
        return csv_of(statistics, request.GET.get("of", ""), found.handle)
    context = {
        "channel": found,
        "channels": channels_with(person, Power.STATISTICS),
        "videos": channel_videos(found, period=asked.period),
        "numbers": statistics_block(statistics),
    }
    context |= _shown(statistics, asked, channel_bytes(found, period=asked.period))
    return render(request, "studio/statistics_channel.html", context)


@require_safe
@with_person
def video(request: HttpRequest, person: Person, public_id: str) -> HttpResponse:
    """Show what a video was watched."""
    found = video_counted(public_id, by=person)
    asked = period_asked(request, began=first_day(video=found))
    statistics = video_statistics(found, period=asked.period)
    if request.GET.get("as") == "csv":
        return csv_of(statistics, request.GET.get("of", ""), found.public_id)
    storyboard = picture_url(found, edge=edge_of(request), path=found.storyboard)
    block = statistics_block(
        statistics, duration_ms=found.duration_ms or 0, storyboard_url=storyboard
    )
    curve = _curve(statistics, found.duration_ms or 0)
    edits = may(person, found.channel, Power.EDIT)
    context = {
        "video": found,
        "edits": edits,
        "numbers": block,
        "curve": curve,
        **_shown(statistics, asked, video_bytes(found, period=asked.period)),
    }
    return render(request, "studio/statistics_video.html", context)


def _shown(statistics: Statistics, asked: object, sent_bytes: int) -> dict[str, object]:
    return {
        "statistics": statistics,
        "asked": asked,
        "figures": figures_of(statistics, sent_bytes=sent_bytes),
        "groups": groups_of(statistics),
        "points": tuple(reversed(statistics.points)),
    }


def _curve(statistics: Statistics, duration_ms: int) -> list[tuple[int, int]]:
    """Return every tenth moment of the curve, for its table: milliseconds and percent."""
    parts = statistics.retention
    return [
        (duration_ms * part // 100, round(parts[part] * 100)) for part in range(0, 100, 10) if parts
    ]


def csv_of(statistics: Statistics, of: str, name: str) -> HttpResponse:
    """Return one table of the page as a file: days, retention, or the groups of a kind."""
    head, rows = _table(statistics, of)
    kind = of if of in {"retention", *Dimension} else "days"
    return csv_response(f"{name}-{kind}-{period_name(statistics.period)}.csv", head, rows)


def _table(statistics: Statistics, of: str) -> tuple[tuple[str, ...], Iterable[tuple[object, ...]]]:
    if of == "retention":
        return ("part", "still_watching"), _retention_rows(statistics)
    if of in set(Dimension):
        return (of, "views", "watch_time_s"), _share_rows(statistics, Dimension(of))
    return ("day", "views", "plays", "watch_time_s"), (
        (point.day, point.views, point.plays, point.watched_ms // _MS)
        for point in statistics.points
    )


def _retention_rows(statistics: Statistics) -> Iterable[tuple[object, ...]]:
    return ((part, round(seen, 4)) for part, seen in enumerate(statistics.retention))


def _share_rows(statistics: Statistics, dimension: Dimension) -> Iterable[tuple[object, ...]]:
    shares = statistics.shares.get(dimension, ())
    return ((share.value or "other", share.views, share.watched_ms // _MS) for share in shares)
