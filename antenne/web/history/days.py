"""A history cut into days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from antenne.custody.selectors import day_begun, site_zone

if TYPE_CHECKING:
    from antenne.audience.models import History
    from antenne.catalog.models import Video


@dataclass(frozen=True, slots=True)
class Watched:
    """One video of a history: where it was left (0: nowhere), as a part of a hundred too."""

    video: Video
    left_ms: int
    percent: int


@dataclass(frozen=True, slots=True)
class Day:
    """What was watched last on one day, and how the day is called."""

    name: str
    rows: tuple[Watched, ...]


def days_of(rows: Iterable[History]) -> tuple[Day, ...]:
    """Return *rows*, the last watched first, by their day."""
    days = groupby(rows, key=lambda row: row.at.astimezone(site_zone()).date())
    return tuple(Day(name_of(day), tuple(map(_watched, group))) for day, group in days)


def name_of(day: date) -> str:
    """Return how *day* is called today."""
    today = day_begun().date()
    if day == today:
        return _("Today")
    if day == today - timedelta(days=1):
        return _("Yesterday")
    return date_format(day, "DATE_FORMAT")


def _watched(row: History) -> Watched:
    duration_ms = row.video.duration_ms or 0
    percent = min(100, round(100 * row.position_ms / duration_ms)) if duration_ms else 0
    return Watched(row.video, row.position_ms, percent)
