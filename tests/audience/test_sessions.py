"""What a session amounts to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from antenne.audience.sessions import (
    SEQUENCE_MASK,
    Amount,
    Seen,
    amount_of,
    began_at,
    curve_of,
    key_at,
    parts_of,
    session_last,
    united,
)
from antenne.audience.states import BUCKETS

BEGAN = datetime(2026, 3, 1, 23, 59, 50, tzinfo=UTC)
SESSION = UUID(int=key_at(BEGAN).int | (7 << 76) | (2 << 62) | (12345 << 20))
MINUTE_MS = 60_000


def seen(after_s: float, position_ms: int, *ranges_ms: int) -> Seen:
    return Seen(BEGAN + timedelta(seconds=after_s), position_ms, list(ranges_ms))


def amount(*events: Seen, duration_ms: int = 10 * MINUTE_MS) -> Amount:
    return amount_of(SESSION, list(events), duration_ms)


def test_a_session_says_when_it_began_and_up_to_which_key_its_events_go() -> None:
    assert began_at(SESSION) == BEGAN
    assert session_last(SESSION).int == SESSION.int | SEQUENCE_MASK


def test_ten_seconds_are_a_play_and_nine_are_none() -> None:
    assert amount(seen(0, 0), seen(10, 10_000, 0, 10_000)).played
    assert not amount(seen(0, 0), seen(9, 9_000, 0, 9_000)).played


def test_thirty_percent_of_something_short_is_a_play() -> None:
    assert amount(seen(0, 0), seen(3, 3_000, 0, 3_000), duration_ms=10_000).played
    assert not amount(seen(0, 0), seen(2, 2_000, 0, 2_000), duration_ms=10_000).played


def test_nobody_watches_faster_than_time_goes_by() -> None:
    claimed = amount(seen(0, 0), seen(1, 599_000, 0, 599_000))

    assert not claimed.played
    assert claimed.watched_ms == 2_200 + 15_000


def test_double_speed_is_believed() -> None:
    assert amount(seen(0, 0), seen(60, 120_000, 0, 120_000)).watched_ms == 120_000


def test_a_lost_start_and_a_clock_that_is_behind_do_not_lose_the_play() -> None:
    behind = [seen(-30, 0), seen(-18, 12_000, 0, 12_000)]

    assert amount(seen(12, 12_000, 0, 12_000)).played
    assert amount(*behind).played
    assert amount(*behind).watched_ms == 12_000


def test_watching_twice_is_watched_twice_but_seen_once() -> None:
    twice = amount(seen(0, 0), seen(60, 30_000, 0, 30_000, 0, 30_000))

    assert twice.watched_ms == 60_000
    assert (twice.enters, twice.leaves) == ([0], [5])


def test_what_lies_behind_the_end_of_the_video_is_cut_off() -> None:
    beyond = amount(seen(0, 0), seen(60, 50_000, 0, 50_000, 70_000, 80_000), duration_ms=20_000)

    assert beyond.watched_ms == 20_000
    assert (beyond.enters, beyond.leaves) == ([0], [100])


@pytest.mark.parametrize(
    ("position_ms", "kept_ms"), [(4_000, 0), (300_000, 300_000), (599_000, 0), (700_000, 0)]
)
def test_the_beginning_and_the_end_are_no_place_to_go_on_from(
    position_ms: int, kept_ms: int
) -> None:
    assert amount(seen(0, position_ms)).position_ms == kept_ms


def test_stretches_that_meet_are_one() -> None:
    assert united([(5, 9), (0, 3), (3, 5), (20, 30)]) == [(0, 9), (20, 30)]


@pytest.mark.parametrize("duration_ms", [1, 99, 100, 12_000, 3_600_001])
def test_every_part_is_seen_once_where_everything_was(duration_ms: int) -> None:
    half = duration_ms // 2
    parts = parts_of([(0, half), (half, duration_ms)], duration_ms)
    covered = [part for first, behind in parts for part in range(first, behind)]

    assert covered == list(range(BUCKETS))


def test_the_curve_says_how_many_saw_each_part() -> None:
    curve = curve_of({0: 3, 50: 1}, {10: 2, 60: 1})

    assert (curve[0], curve[9], curve[10], curve[50], curve[60], curve[99]) == (3, 3, 1, 2, 1, 1)
