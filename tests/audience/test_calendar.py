"""Every moment belongs to one day, days do not come back, and the past stays as it was."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from antenne.audience.calendar import Calendar, day_next

ZONES = [
    "UTC",
    "Europe/Paris",
    "America/New_York",
    "Asia/Tokyo",
    "Asia/Kathmandu",
    "America/Havana",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
]
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
QUARTER = timedelta(minutes=15)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def hours_of(days: Calendar, day: date) -> float:
    """Return how many hours belong to a day."""
    begin = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(days=2)
    moments = (begin + count * QUARTER for count in range(5 * 96))
    return sum(days.day_of(moment) == day for moment in moments) / 4


def test_days_are_those_of_utc_until_a_zone_is_named() -> None:
    days = Calendar()

    assert days.day_of(at("2026-11-23T23:59:59.999999+00:00")) == date(2026, 11, 23)
    assert days.day_of(at("2026-11-24T08:59:00+09:00")) == date(2026, 11, 23)
    assert days.zones(date(2020, 1, 1), date(2030, 1, 1)) == ("UTC",)


def test_a_zone_counts_from_its_next_midnight_on() -> None:
    since = day_next(NOON, "Asia/Tokyo")
    days = Calendar([(since, "Asia/Tokyo")])

    assert since == at("2026-11-24T00:00:00+09:00")
    assert days.day_of(since - timedelta(microseconds=1)) == date(2026, 11, 23)
    assert days.day_of(since) == date(2026, 11, 24)
    assert (hours_of(days, date(2026, 11, 23)), hours_of(days, date(2026, 11, 24))) == (15, 24)
    assert days.zones(date(2026, 11, 1), date(2026, 11, 23)) == ("UTC",)
    assert days.zones(date(2026, 11, 23), date(2026, 11, 24)) == ("UTC", "Asia/Tokyo")
    assert days.zones(date(2026, 11, 24), date(2026, 11, 30)) == ("Asia/Tokyo",)


def test_days_on_which_clocks_change_have_23_and_25_hours() -> None:
    days = Calendar([(day_next(at("2026-01-01T12:00:00+00:00"), "Europe/Paris"), "Europe/Paris")])

    assert hours_of(days, date(2026, 3, 29)) == 23
    assert hours_of(days, date(2026, 10, 25)) == 25
    assert hours_of(days, date(2026, 10, 26)) == 24


def test_a_day_begins_where_midnight_itself_is_skipped() -> None:
    """In Havana clocks go from midnight to one."""
    since = day_next(at("2026-03-07T12:00:00+00:00"), "America/Havana")

    assert since == at("2026-03-08T05:00:00+00:00")
    assert since.astimezone(ZoneInfo("America/Havana")).hour == 1


@pytest.mark.parametrize("before", ZONES)
@pytest.mark.parametrize("after", ZONES)
def test_no_day_comes_back_and_no_day_before_a_change_is_another(before: str, after: str) -> None:
    first = day_next(at("2026-11-01T12:00:00+00:00"), before)
    second = day_next(NOON, after)
    old, new = Calendar([(first, before)]), Calendar([(first, before), (second, after)])

    moments = [NOON + count * QUARTER for count in range(-96 * 3, 96 * 4)]
    found = [new.day_of(moment) for moment in moments]

    assert found == sorted(found)
    assert all(new.day_of(m) == old.day_of(m) for m in moments if m < second)
    assert found[-1] == moments[-1].astimezone(ZoneInfo(after)).date()
