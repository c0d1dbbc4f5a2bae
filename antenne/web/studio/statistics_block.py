"""What the pages of statistics show and hand to their script (frontend/src/statistics/)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from antenne.audience.states import Device, Dimension, Source
from antenne.web.durations import long_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from antenne.audience.figures import Share, Statistics

_MS_OF_HOUR = 3_600_000
_PERCENT = 100


@dataclass(frozen=True, slots=True)
class Figure:
    """One number with its name, and how it differs from the period before (None: nothing was)."""

    name: str
    value: int | str
    change_percent: int | None
    help: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One group in a picture and its table: `percent` of all views, for the bar."""

    name: str
    code: str
    views: int
    watched: str
    percent: int


@dataclass(frozen=True, slots=True)
class Group:
    """A picture of groups with its title; empty rows are explained by `empty`."""

    key: str
    title: str
    column: str
    rows: tuple[Row, ...]
    empty: str


def figures_of(statistics: Statistics, *, sent_bytes: int) -> tuple[Figure, ...]:
    """Return the numbers at the top of the page."""
    total, before = statistics.total, statistics.before
    return (
        Figure(
            _("Views"),
            total.views,
            _change(total.views, before.views),
            _("One viewer counts once a day."),
        ),
        Figure(
            _("Watch time"),
            long_words(total.watched_ms),
            _change(total.watched_ms, before.watched_ms),
            _("Everything that was played."),
        ),
        Figure(
            _("Average view"),
            long_words(total.average_ms),
            _change(total.average_ms, before.average_ms),
            _("How long a play was."),
        ),
        Figure(
            _("Plays"),
            total.plays,
            _change(total.plays, before.plays),
            _("At least ten seconds, or 30 percent of something short."),
        ),
        Figure(_("Delivered"), filesizeformat(sent_bytes), None, _("What was sent to players.")),
    )


def _change(now: int, before: int) -> int | None:
    return round((now - before) * _PERCENT / before) if before else None


def groups_of(statistics: Statistics) -> tuple[Group, ...]:
    """Return the groups that the page shows, with names for people."""
    few = _("Shown from %(least)s views on, so that nobody can be recognised.") % {
        "least": statistics.least
    }
    sites = _("Nobody came from another site, or too few to be shown.")
    kinds: tuple[tuple[Dimension, str, str, dict[str, Any], str], ...] = (
        (Dimension.SOURCE, _("Where viewers came from"), _("Source"), dict(Source.choices), few),
        (Dimension.SITE, _("Other sites"), _("Site"), {}, sites),
        (Dimension.DEVICE, _("Watched on"), _("Device"), dict(Device.choices), few),
        (Dimension.COUNTRY, _("Countries"), _("Country"), {}, few),
    )
    return tuple(
        Group(
            dimension.value,
            title,
            column,
            tuple(_rows(statistics.shares.get(dimension, ()), names)),
            empty,
        )
        for dimension, title, column, names, empty in kinds
    )


def _rows(shares: Iterable[Share], names: dict[str, Any]) -> Iterable[Row]:
    listed = list(shares)
    whole = sum(share.views for share in listed) or 1
    for share in listed:
        name = str(names.get(share.value, share.value)) if share.value else _("All others")
        code = share.value if share.value and not names else ""
        percent = round(share.views * _PERCENT / whole)
        yield Row(name, code, share.views, long_words(share.watched_ms), percent)


def statistics_block(
    statistics: Statistics, *, duration_ms: int = 0, storyboard_url: str = ""
) -> dict[str, Any]:
    """Return the numbers that the script draws."""
    return {
        "days": [
            int(datetime.combine(point.day, time(), UTC).timestamp()) for point in statistics.points
        ],
        "running": statistics.period.runs,
        "views": [point.views for point in statistics.points],
        "hours": [round(point.watched_ms / _MS_OF_HOUR, 4) for point in statistics.points],
        "retention": [round(part * _PERCENT, 1) for part in statistics.retention],
        "durationMs": duration_ms,
        "storyboardUrl": storyboard_url,
        "strings": {
            "views": _("views"),
            "hours": _("hours"),
            "minutes": _("minutes"),
            "minutesDaily": _("minutes a day"),
            "retention": _("still watching"),
            "today": _("so far"),
        },
    }
