"""The figures of a day, made anew from its sessions."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import connection

from antenne.audience.models import VideoDay, VideoDaySlice
from antenne.audience.sessions import curve_of
from antenne.audience.states import Dimension
from antenne.catalog.models import Video
from antenne.catalog.services.tallies import tally_add
from antenne.catalog.states import TallyKind

Day = tuple[UUID, date]
Columns = list[list[Any]]
FIGURES: Final = ("sessions", "plays", "views", "watched_ms", "played_ms", "retention")

_WANTED = "unnest(%s::uuid[], %s::date[]) AS wanted (video_id, day)"
_SLICES = f"""
    SELECT video_id, day, GROUPING(source, site, device, country) AS level,
        source, site, device, country,
        count(*), count(*) FILTER (WHERE played), count(*) FILTER (WHERE counted),
        sum(watched_ms), coalesce(sum(watched_ms) FILTER (WHERE played), 0)
    FROM audience_watch JOIN {_WANTED} USING (video_id, day)
    GROUP BY GROUPING SETS ((video_id, day), (video_id, day, source), (video_id, day, site),
        (video_id, day, device), (video_id, day, country))
"""  # noqa: S608 - of constants
_FORGET = f"""
    DELETE FROM audience_videodayslice AS slice USING {_WANTED}
    WHERE slice.video_id = wanted.video_id AND slice.day = wanted.day
"""  # noqa: S608 - of constants
_PARTS = f"""
    SELECT video_id, day, part, sum(entered), sum(gone) FROM (
        SELECT video_id, day, unnest(enters) AS part, 1 AS entered, 0 AS gone
        FROM audience_watch JOIN {_WANTED} USING (video_id, day)
        UNION ALL
        SELECT video_id, day, unnest(leaves), 0, 1
        FROM audience_watch JOIN {_WANTED} USING (video_id, day)
    ) AS steps GROUP BY video_id, day, part
"""  # noqa: S608 - of constants
# Which columns a grouping set leaves out, as GROUPING() says it, and the column that it keeps.
_TOTAL: Final = 0b1111
_LEVELS: Final = {
    0b0111: (Dimension.SOURCE, 0),
    0b1011: (Dimension.SITE, 1),
    0b1101: (Dimension.DEVICE, 2),
    0b1110: (Dimension.COUNTRY, 3),
}


def days_renew(days: set[Day]) -> None:
    """Write the figures of *days*, and count the difference in views for video and channel."""
    found = Video.objects.select_related("channel").in_bulk({video for video, _day in days})
    wanted = sorted(day for day in days if day[0] in found)
    if not wanted:
        return
    before = {
        (row.video_id, row.day): row.views
        for row in VideoDay.objects.filter(video__in=found, day__in={day for _v, day in wanted})
    }
    homes = {key: video.home for key, video in found.items()}
    totals, slices = days_of(wanted, homes)
    VideoDay.objects.bulk_create(
        totals,
        update_conflicts=True,
        unique_fields=["video", "day", "home"],
        update_fields=FIGURES,
    )
    _slices_replace(wanted, slices)
    gained: dict[UUID, int] = defaultdict(int)
    for row in totals:
        gained[row.video_id] += row.views - before.get((row.video_id, row.day), 0)
    _views_count(gained, found)


def days_of(
    wanted: list[Day], homes: dict[UUID, str]
) -> tuple[list[VideoDay], list[VideoDaySlice]]:
    """Return the figures of *wanted* as the sessions give them; nothing is written."""
    columns: Columns = [[video for video, _day in wanted], [day for _video, day in wanted]]
    curves = _curves_of(columns)
    totals, slices = [], []
    for video, day, level, *rest in _rows(_SLICES, columns):
        values, (sessions, plays, views, watched_ms, played_ms) = rest[:4], rest[4:]
        common: dict[str, Any] = {"home": homes[video], "video_id": video, "day": day}
        common |= {"views": views, "watched_ms": int(watched_ms)}
        if level == _TOTAL:
            more = {"sessions": sessions, "plays": plays, "played_ms": int(played_ms)}
            retention = curves.get((video, day), [])
            totals.append(VideoDay(**common, **more, retention=retention))
        elif values[_LEVELS[level][1]]:
            dimension, column = _LEVELS[level]
            slices.append(VideoDaySlice(**common, dimension=dimension, value=values[column]))
    return totals, slices


def _curves_of(columns: Columns) -> dict[Day, list[int]]:
    enters: dict[Day, dict[int, int]] = defaultdict(dict)
    leaves: dict[Day, dict[int, int]] = defaultdict(dict)
    for video, day, part, entered, gone in _rows(_PARTS, columns * 2):
        enters[video, day][part] = int(entered)
        leaves[video, day][part] = int(gone)
    return {day: curve_of(enters[day], leaves[day]) for day in enters}


def _rows(statement: str, values: Columns) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _slices_replace(days: list[Day], slices: list[VideoDaySlice]) -> None:
    columns: Columns = [[video for video, _day in days], [day for _video, day in days]]
    with connection.cursor() as cursor:
        cursor.execute(_FORGET, columns)
    VideoDaySlice.objects.bulk_create(slices, batch_size=2_000)


def _views_count(gained: dict[UUID, int], videos: dict[UUID, Video]) -> None:
    channels: dict[tuple[UUID, str], int] = defaultdict(int)
    for key, by in sorted(gained.items()):
        if by:
            tally_add(subject=key, home=videos[key].home, kind=TallyKind.VIEWS, by=by)
            channels[videos[key].channel_id, videos[key].channel.home] += by
    for (channel, home), by in sorted(channels.items()):
        tally_add(subject=channel, home=home, kind=TallyKind.VIEWS, by=by)
