"""Frame rates, ends and groups are computed from packets alone."""

from __future__ import annotations

from fractions import Fraction

import pytest

from antenne.ffmpeg.packets import Packet, closed, end_s, fps_tame, gops, rate_estimate

MILLISECONDS = Fraction(1, 1000)


def packet(pts: int, *, duration: int = 0, key: bool = False, shown: bool = True) -> Packet:
    return Packet(pts=pts, duration=duration, size_bytes=100, key=key, shown=shown)


def every(fps: Fraction, count: int) -> list[Packet]:
    return [packet(round(number * 1000 / fps)) for number in range(count)]


@pytest.mark.parametrize(
    "fps", [Fraction(24000, 1001), Fraction(25), Fraction(30000, 1001), Fraction(30), Fraction(60)]
)
def test_a_steady_rate_is_found_through_a_clock_of_milliseconds(fps: Fraction) -> None:
    rate = rate_estimate(every(fps, 300), MILLISECONDS)

    assert rate.fps == fps
    assert not rate.vfr


def test_a_few_dropped_frames_do_not_make_the_rate_variable() -> None:
    packets = [item for number, item in enumerate(every(Fraction(30), 300)) if number != 150]

    rate = rate_estimate(packets, MILLISECONDS)

    assert (rate.fps, rate.vfr) == (Fraction(30), False)


def test_a_variable_rate_gets_a_grid_that_holds_its_quick_parts() -> None:
    quick = [packet(number * 33) for number in range(60)]
    slow = [packet(2000 + number * 400) for number in range(60)]

    rate = rate_estimate(quick + slow, MILLISECONDS)

    assert rate.vfr
    assert rate.fps == 30


@pytest.mark.parametrize(
    ("measured", "tamed"),
    [
        (Fraction(120), Fraction(60)),
        (Fraction(120000, 1001), Fraction(60000, 1001)),
        (Fraction(57600), Fraction(60)),
        (Fraction(25, 2), Fraction(25, 2)),
        (Fraction(7), Fraction(7)),
    ],
)
def test_no_rate_is_above_sixty(measured: Fraction, tamed: Fraction) -> None:
    assert fps_tame(measured) == tamed


@pytest.mark.parametrize(("step_s", "fps"), [(1, 5), (2, 5), (30, 5), (Fraction(1, 2), 6)])
def test_slow_frames_are_shown_again_so_that_segments_have_enough(
    step_s: Fraction, fps: int
) -> None:
    rate = rate_estimate([packet(int(number * step_s * 1000)) for number in range(9)], MILLISECONDS)

    assert rate.fps == fps
    assert not rate.vfr


def test_a_single_frame_lasts_what_its_packet_says() -> None:
    assert rate_estimate([packet(0, duration=40)], MILLISECONDS).fps == 25


def test_the_end_comes_after_the_last_shown_frame() -> None:
    packets = [packet(0, duration=40), packet(40, duration=40), packet(80, shown=False)]

    assert end_s(packets, MILLISECONDS) == Fraction(80, 1000)


def test_a_last_packet_of_one_tick_lasts_as_long_as_the_others() -> None:
    packets = [packet(number * 40, duration=1) for number in range(10)]

    assert end_s(packets, MILLISECONDS) == Fraction(400, 1000)


def test_groups_run_from_key_frame_to_key_frame() -> None:
    packets = [packet(number * 40, duration=40, key=number in {0, 25}) for number in range(40)]

    found = gops(packets, MILLISECONDS, to_the_end=False)

    assert [(gop.start_s, gop.duration_s, gop.frames) for gop in found] == [
        (Fraction(0), Fraction(1), 25),
        (Fraction(1), Fraction(3, 5), 15),
    ]
    assert [gop.complete for gop in found] == [True, False]


def test_a_group_is_open_when_a_frame_is_shown_before_the_key_it_follows() -> None:
    shut = [packet(0, key=True), packet(80), packet(40), packet(120, key=True), packet(160)]
    open_ = [packet(0, key=True), packet(40), packet(160, key=True), packet(80), packet(120)]

    assert closed(shut) is True
    assert closed(open_) is False
    assert closed([]) is None
