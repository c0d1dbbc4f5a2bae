"""Which sizes a picture is offered in, and with what limits."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antenne.ffmpeg.ladder import (
    CopiedRung,
    air_rung,
    av1_ladder,
    copy_stays,
    ladder,
    nominal_height,
)

FPS = Fraction(30)
SIDES = st.integers(2, 8192)
RATES = st.sampled_from([Fraction(12), Fraction(30000, 1001), Fraction(60)])


@pytest.mark.parametrize(
    ("width", "height", "expected"),
    [
        (1920, 1080, "1080p 1920x1080, 720p 1280x720, 480p 854x480, 360p 640x360, 240p 426x240"),
        (1080, 1920, "1080p 1080x1920, 720p 720x1280, 480p 480x854, 360p 360x640, 240p 240x426"),
        (1920, 800, "1080p 1920x800, 720p 1280x534, 480p 854x356, 360p 640x266, 240p 426x178"),
        (960, 540, "540p 960x540, 360p 640x360, 240p 426x240"),
        (787, 576, "576p 786x576, 360p 492x360, 240p 328x240"),
        (421, 333, "333p 420x332, 240p 304x240"),
        (176, 144, "144p 176x144"),
        (1, 1, "1p 2x2"),
    ],
)  # fmt: skip
def test_a_picture_is_offered_in_its_own_size_and_smaller_ones(
    width: int, height: int, expected: str
) -> None:
    rungs = ladder(width, height, FPS, 0)

    assert ", ".join(f"{rung.name} {rung.width}x{rung.height}" for rung in rungs) == expected


def test_eight_thousand_lines_are_brought_down_to_2160() -> None:
    assert ladder(7680, 4320, FPS, 0)[0].name == "2160p"


@given(width=SIDES, height=SIDES, fps=RATES)
def test_no_rung_is_larger_than_its_source_or_odd(width: int, height: int, fps: Fraction) -> None:
    for rung in ladder(width, height, fps, 0):
        assert rung.width <= max(width, 2)
        assert rung.height <= max(height, 2)
        assert rung.width % 2 == rung.height % 2 == 0


@given(width=SIDES, height=SIDES, fps=RATES)
def test_exactly_one_rung_comes_first_and_its_height_is_at_most_720(
    width: int, height: int, fps: Fraction
) -> None:
    rungs = ladder(width, height, fps, 0)

    first = [rung for rung in rungs if rung.group == 1]
    assert len(first) == 1
    assert nominal_height(first[0].width, first[0].height) <= 732


def test_caps_and_levels_follow_size_and_frame_rate() -> None:
    calm = ladder(1920, 1080, FPS, 0)
    quick = ladder(1920, 1080, Fraction(60), 0)

    assert [rung.level for rung in calm] == ["4.0", "3.1", "3.1", "3.0", "2.1"]
    assert quick[0].level == "4.2"
    assert quick[0].maxrate_bps > calm[0].maxrate_bps
    assert [rung.maxrate_bps for rung in calm] == sorted(
        (rung.maxrate_bps for rung in calm), reverse=True
    )


def test_a_source_of_few_bits_gets_few_rungs_and_low_caps() -> None:
    rungs = ladder(1920, 1080, FPS, 13_000)

    assert [rung.name for rung in rungs] == ["1080p", "720p"]
    assert {rung.maxrate_bps for rung in rungs} == {150_000}


def test_no_rung_is_faster_than_sixty_frames() -> None:
    assert {rung.fps for rung in ladder(640, 360, Fraction(120), 0)} == {Fraction(60)}


def test_a_copied_picture_takes_the_place_of_its_size() -> None:
    copy = CopiedRung(1920, 1080, 2_000_000)

    rungs = ladder(1920, 1080, FPS, 2_000_000, copy)

    assert [rung.name for rung in rungs] == ["720p", "480p", "360p", "240p"]
    assert not ladder(320, 240, FPS, 100_000, CopiedRung(320, 240, 100_000))


def test_a_copied_picture_stays_only_while_it_is_cheap() -> None:
    assert copy_stays(CopiedRung(1920, 1080, 2_000_000), FPS)
    assert not copy_stays(CopiedRung(1920, 1080, 3_000_000), FPS)
    assert copy_stays(CopiedRung(1080, 1920, 3_000_000), Fraction(60))


def test_av1_has_the_sizes_of_the_ladder_at_lower_caps() -> None:
    usual = ladder(1920, 1080, FPS, 0)
    hot = av1_ladder(1920, 1080, FPS, 0)

    assert [(rung.name, rung.width, rung.height) for rung in hot] == [
        (rung.name, rung.width, rung.height) for rung in usual
    ]
    assert all(new.maxrate_bps < old.maxrate_bps for new, old in zip(hot, usual, strict=True))


def test_av1_is_never_made_in_haste() -> None:
    assert not any(rung.hasty for rung in av1_ladder(3840, 2160, FPS, 0))


@pytest.mark.parametrize(
    ("size", "light", "expected"),
    [
        ((1920, 1080), True, "480p 854x480"),
        ((3840, 2160), False, "360p 640x360"),
        ((2160, 3840), False, "360p 360x640"),
        ((320, 240), True, "240p 320x240"),
    ],
)
def test_the_air_rung_is_small(size: tuple[int, int], expected: str, *, light: bool) -> None:
    rung = air_rung(*size, Fraction(60), light=light)

    assert f"{rung.name} {rung.width}x{rung.height}" == expected
    assert rung.fps == 30
