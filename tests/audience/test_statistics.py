"""Figures as people see them: right, complete, and of no group that is too small."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from antenne.accounts.models import Person
from antenne.audience.figures import Share, Sums, shares_shown
from antenne.audience.models import Watch
from antenne.audience.periods import PeriodRefused, period_last, period_of
from antenne.audience.selectors.statistics import (
    channel_counted,
    channel_statistics,
    channel_videos,
    first_day,
    video_counted,
    video_statistics,
)
from antenne.audience.services.checking import statistics_check
from antenne.audience.states import Dimension
from antenne.catalog.models import Channel
from antenne.catalog.refusals import NotFound
from antenne.kernel.clock import now
from tests.audience.watching import Page, asker, taken
from tests.factories.catalog import video_make

WHOLE = Sums(views=100, watched_ms=100)


def shown(*views: int, total: Sums = WHOLE) -> list[tuple[str, int]]:
    shares = [Share(f"g{number}", count, count) for number, count in enumerate(views)]
    return [(row.value, row.views) for row in shares_shown(shares, total=total, least=5)]


def test_groups_that_are_large_enough_are_shown_the_largest_first() -> None:
    assert shown(40, 60) == [("g1", 60), ("g0", 40)]


def test_small_groups_are_one() -> None:
    assert shown(90, 4, 3, 3) == [("g0", 90), ("", 10)]


def test_one_small_group_takes_another_with_it() -> None:
    assert shown(60, 37, 3) == [("g0", 60), ("", 40)]


def test_a_video_with_few_viewers_shows_no_groups() -> None:
    assert shown(3, total=Sums(views=3, watched_ms=3)) == []
    assert shown(3, 2, total=Sums(views=5, watched_ms=5)) == [("", 5)]


def test_who_is_not_tracked_is_among_the_others() -> None:
    assert shown(50, 30) == [("g0", 50), ("g1", 30), ("", 20)]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 3, 2), date(2026, 3, 1)),
        (date(1999, 1, 1), date(1999, 1, 2)),
        (date(2010, 1, 1), date(2026, 1, 1)),
    ],
)
def test_what_is_no_period_is_refused(first: date, last: date) -> None:
    with pytest.raises(PeriodRefused):
        period_of(first, last)


def test_a_period_is_compared_with_the_one_before_it() -> None:
    week = period_of(date(2026, 3, 8), date(2026, 3, 14))

    assert (week.length, week.before()) == (7, period_of(date(2026, 3, 1), date(2026, 3, 7)))


def test_days_without_a_view_are_zero_and_there(channel: Channel) -> None:
    video = video_make(channel)
    for ago in (0, 2, 9):
        page = Page(video, who=asker(ago))
        page.day_set(now() - timedelta(days=ago))
        taken(*page.watch(10_000))

    found = video_statistics(video, period=period_last(7))

    assert [point.views for point in found.points] == [0, 0, 0, 0, 1, 0, 1]
    assert (found.total.views, found.before.views) == (2, 1)
    assert found.total.average_ms == 10_000
    assert first_day(video=video) == (now() - timedelta(days=9)).date()


def test_the_curve_and_the_groups_wait_for_enough_viewers(channel: Channel) -> None:
    video = video_make(channel)
    for number in range(4):
        taken(*Page(video, who=asker(number)).watch(12_000))
    before = video_statistics(video, period=period_last(1))
    taken(*Page(video, who=asker(9)).watch(6_000))
    after = video_statistics(video, period=period_last(1))

    assert (before.retention, before.shares[Dimension.COUNTRY]) == ((), ())
    assert (after.retention[0], after.retention[99]) == (1.0, 0.8)
    assert after.shares[Dimension.COUNTRY] == (Share("FR", 5, 54_000),)


def test_a_channel_is_the_sum_of_its_videos(channel: Channel) -> None:
    swans, geese = video_make(channel), video_make(channel, title="Geese")
    taken(*Page(swans).watch(10_000), *Page(geese).watch(12_000))
    taken(*Page(geese, who=asker(2)).watch(12_000))

    found = channel_statistics(channel, period=period_last(1))

    assert (found.total.views, found.total.watched_ms, found.retention) == (3, 34_000, ())
    listed = channel_videos(channel, period=period_last(1))
    assert [(row.video, row.views) for row in listed] == [(geese, 2), (swans, 1)]


def test_only_the_people_of_the_channel_see_its_figures(
    channel: Channel, alice: Person, bob: Person, mona: Person
) -> None:
    video = video_make(channel)

    assert video_counted(video.public_id, by=alice) == video
    assert channel_counted(channel.handle, by=alice) == channel
    for stranger in (bob, mona):
        with pytest.raises(NotFound):
            video_counted(video.public_id, by=stranger)
        with pytest.raises(NotFound):
            channel_counted(channel.handle, by=stranger)


def test_the_log_gives_the_same_figures_again(channel: Channel) -> None:
    for number in range(6):
        page = Page(video_make(channel, title=f"Swan {number}"), who=asker(number))
        page.day_set(datetime(2026, 3, 1, 12, tzinfo=UTC) + timedelta(hours=number * 9))
        taken(*page.watch(3_000), *page.watch(9_000, 3_000))

    assert statistics_check().differences == ()
    assert statistics_check().sessions == 6


def test_a_figure_that_the_log_does_not_give_is_found(channel: Channel) -> None:
    video = video_make(channel)
    taken(*Page(video).watch(10_000))
    video.days.update(views=7)
    Watch.objects.update(watched_ms=1)

    said = " ".join(statistics_check().differences)

    assert "views is 7" in said
    assert "watched_ms is 1" in said
