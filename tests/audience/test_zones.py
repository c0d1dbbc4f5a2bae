"""Figures are counted by the site's days: sessions, views, bytes, and after a change too."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pytest

from antenne.audience.models import DayZone, Delivery, VideoDay, Watch
from antenne.audience.periods import period_last, period_of
from antenne.audience.services import tickets
from antenne.audience.services.checking import statistics_check
from antenne.audience.services.taking import batch_take
from antenne.audience.services.zones import zone_keep
from antenne.catalog.models import Channel, Video
from antenne.custody.selectors import setting_of
from antenne.custody.services import setting_write
from antenne.custody.settings import SiteSettings
from antenne.edge.delivered import Naming
from antenne.kernel.clock import now
from antenne.kernel.geo import GeoTable
from antenne.kernel.ids import uuid7
from tests.audience.watching import Page, asker, batch, taken
from tests.factories.catalog import video_make

NOON: Final = datetime(2026, 11, 23, 12, tzinfo=UTC)
MIDNIGHT: Final = datetime(2026, 11, 23, 15, tzinfo=UTC)
"""When the 24th begins in Tokyo."""
HALF: Final = 12


@pytest.fixture
def video(channel: Channel) -> Video:
    """Alice's video."""
    return video_make(channel)


@pytest.fixture
def elsewhere(region: None) -> ZoneInfo:
    """Since three days the site is where it is another day than in UTC just now."""
    zone = "Pacific/Kiritimati" if now().hour >= HALF else "Pacific/Pago_Pago"
    zone_set(zone, at=now() - timedelta(days=3))
    return ZoneInfo(zone)


def zone_set(zone: str, *, at: datetime = NOON) -> bool:
    """Change the setting and return whether a worker that sees it then takes it up."""
    setting_write(value=replace(setting_of(SiteSettings), time_zone=zone), by=None)
    return zone_keep(at=at)


def today(zone: ZoneInfo) -> date:
    return now().astimezone(zone).date()


def watched(video: Video, moment: datetime, number: int = 1) -> None:
    page = Page(video, who=asker(number))
    page.day_set(moment)
    taken(*page.watch(10_000))


def kept() -> list[tuple[datetime, str]]:
    return list(DayZone.objects.order_by("since").values_list("since", "zone"))


def test_a_session_counts_for_the_day_of_the_zone_in_which_it_began(video: Video) -> None:
    watched(video, MIDNIGHT - timedelta(minutes=1), 1)
    assert zone_set("Asia/Tokyo")
    watched(video, MIDNIGHT - timedelta(seconds=1), 2)
    watched(video, MIDNIGHT, 3)

    views = dict(VideoDay.objects.filter(video=video).values_list("day", "views"))
    assert views == {date(2026, 11, 23): 2, date(2026, 11, 24): 1}
    assert statistics_check().differences == ()


def test_what_was_counted_keeps_its_day(video: Video) -> None:
    evening = datetime(2026, 11, 20, 20, tzinfo=UTC)
    watched(video, evening)

    zone_set("Asia/Tokyo")
    watched(video, evening, 2)

    assert VideoDay.objects.get(video=video).day == evening.date()
    assert statistics_check().differences == ()


def test_the_check_says_where_a_session_stands_on_another_day(video: Video) -> None:
    watched(video, now() - timedelta(days=3))
    Watch.objects.update(day=date(2026, 1, 1))

    assert "day is 2026-01-01" in " ".join(statistics_check().differences)


def test_a_zone_is_noted_once(region: None) -> None:
    assert not zone_keep(at=NOON)
    assert zone_set("Asia/Tokyo")
    assert not zone_keep(at=NOON)

    assert kept() == [(MIDNIGHT, "Asia/Tokyo")]


def test_what_has_not_begun_is_said_anew_and_taken_back(region: None) -> None:
    zone_set("Asia/Tokyo")

    zone_set("Europe/Paris")
    assert kept() == [(datetime(2026, 11, 23, 23, tzinfo=UTC), "Europe/Paris")]

    assert not zone_set("UTC")
    assert kept() == []


def test_what_has_begun_or_is_about_to_stays(region: None) -> None:
    zone_set("Asia/Tokyo")

    zone_set("UTC", at=MIDNIGHT - timedelta(minutes=9))

    assert kept() == [(MIDNIGHT, "Asia/Tokyo"), (datetime(2026, 11, 24, tzinfo=UTC), "UTC")]


def test_no_zone_begins_sooner_than_everybody_has_heard(region: None) -> None:
    zone_set("Asia/Tokyo", at=MIDNIGHT - timedelta(minutes=5))

    assert kept() == [(MIDNIGHT + timedelta(days=1), "Asia/Tokyo")]


def test_a_viewer_counts_once_a_day_of_the_site(video: Video, elsewhere: ZoneInfo) -> None:
    taken(*Page(video).watch(10_000), *Page(video).watch(10_000))

    counted = VideoDay.objects.get()
    assert (counted.day, counted.views, counted.plays) == (today(elsewhere), 1, 2)
    assert list(tickets._salts) == [counted.day]


def test_bytes_count_for_the_day_of_the_moment_or_the_one_that_is_said(video: Video) -> None:
    zone_set("Asia/Tokyo")
    naming = Naming(GeoTable({}), region="eu", public_url="")
    sent = {(video.public_id, "", "", ""): [7, 1]}
    edges = naming.records(sent, MIDNIGHT.date(), at=int(MIDNIGHT.timestamp()))
    logs = naming.records(sent, date(2026, 11, 20))

    batch_take(name=uuid7(), body=batch(*edges, *logs))

    rows = Delivery.objects.order_by("day").values_list("day", "sent_bytes")
    assert list(rows) == [(date(2026, 11, 20), 7), (date(2026, 11, 24), 7)]


def test_a_period_ends_with_the_day_that_runs_and_names_its_zones(elsewhere: ZoneInfo) -> None:
    week = period_last(7)
    yesterday = week.last - timedelta(days=1)

    assert (week.last, week.runs) == (today(elsewhere), True)
    assert week.zones == ("UTC", elsewhere.key)
    assert period_of(week.last, week.last).zones == (elsewhere.key,)
    assert not period_of(week.first, yesterday).runs
