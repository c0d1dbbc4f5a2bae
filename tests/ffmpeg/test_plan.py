"""What is copied, what is encoded, and how the work is cut."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from antenne.ffmpeg.plan import (
    AirPlan,
    Unit,
    air_plan,
    audio_copies,
    quality_plan,
    seek_time_s,
)
from antenne.ffmpeg.scan import Scan
from tests.ffmpeg.sources import AUDIO, GOPS, PROBE, probe_with

SCAN = Scan(
    duration_ms=60_000, keyframes_s=tuple(Fraction(2 * n) for n in range(30)), frames=1800,
    max_gop_s=Fraction(2), damaged=False, peak_bps=4_000_000,
)  # fmt: skip
LEAN = replace(PROBE, size_bytes=12_000_000)


def test_a_plain_file_is_copied() -> None:
    plan = air_plan(PROBE)

    assert plan == AirPlan(
        copy_video=True, copy_audio=(True,), why_not="", rung=None,
        segment_frames=0, target_duration_s=10,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"codec": "hevc"}, "codec"),
        ({"profile": "High 4:4:4 Predictive"}, "codec"),
        ({"bit_depth": 10}, "format"),
        ({"chroma": "422"}, "format"),
        ({"full_range": True}, "format"),
        ({"interlaced": True}, "interlaced"),
        ({"hdr": "pq"}, "high dynamic range"),
        ({"rotation": 90}, "shape"),
        ({"sar": Fraction(4, 3)}, "shape"),
        ({"width": 2560, "height": 1440}, "size"),
        ({"extradata_sets": 2}, "parameter sets"),
        ({"closed_gop": False}, "open groups of pictures"),
        ({"closed_gop": None}, "open groups of pictures"),
        ({"bit_rate_bps": 9_000_000}, "bit rate"),
        ({"start_s": Fraction(1, 2)}, "late start"),
    ],
)
def test_a_picture_that_not_every_player_shows_is_encoded(
    changes: dict[str, object], reason: str
) -> None:
    plan = air_plan(probe_with(**changes))

    assert not plan.copy_video
    assert plan.why_not == reason
    assert plan.rung is not None
    assert plan.segment_frames == 60
    assert plan.target_duration_s == 5


def test_long_or_heavy_groups_of_pictures_are_encoded() -> None:
    long = replace(GOPS[0], duration_s=Fraction(7))
    heavy = replace(GOPS[0], size_bytes=3_000_000)

    assert air_plan(replace(PROBE, first_gops=(long,))).why_not == "long groups of pictures"
    assert air_plan(replace(PROBE, first_gops=(heavy,))).why_not == "bit rate"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, True),
        ({"codec": "opus"}, False),
        ({"profile": "HE-AAC"}, False),
        ({"channels": 6}, False),
        ({"sample_rate_hz": 96_000}, False),
        ({"start_s": Fraction(1, 2)}, False),
        ({"bit_rate_bps": 512_000}, False),
    ],
)
def test_sound_is_copied_where_every_player_plays_it(
    *, changes: dict[str, object], expected: bool
) -> None:
    assert audio_copies(replace(AUDIO, **changes), PROBE) is expected  # type: ignore[arg-type]


def test_sound_alone_has_neither_copy_nor_rung() -> None:
    plan = air_plan(replace(PROBE, video=None))

    assert (plan.copy_video, plan.rung, plan.copy_audio) == (False, None, (True,))


def test_units_are_whole_segments_of_at_least_twenty_seconds() -> None:
    plan = quality_plan(PROBE, SCAN, air_plan(PROBE))

    assert plan.segment_starts_frames == tuple(range(0, 1800, 120))
    assert plan.units == tuple(Unit(group, n, 600 * n, 600) for group in (1, 2) for n in range(3))
    assert [rung.name for rung in plan.rungs if rung.group == 1] == ["720p"]
    last = [rung.name for rung in plan.rungs if rung.group != 1]
    assert last == ["1080p", "480p", "360p", "240p"]


def test_a_short_rest_belongs_to_the_last_unit() -> None:
    scan = replace(SCAN, duration_ms=45_000)

    plan = quality_plan(PROBE, scan, air_plan(PROBE))

    assert [unit.frames for unit in plan.units if unit.group == 1] == [600, 750]
    assert plan.frames == 1350


def test_one_picture_is_one_unit_of_one_frame() -> None:
    plan = quality_plan(PROBE, replace(SCAN, duration_ms=1), air_plan(PROBE))

    assert {unit.frames for unit in plan.units} == {1}
    assert plan.segment_starts_frames == (0,)


def test_a_cheap_copy_stays_and_the_others_cut_where_it_does() -> None:
    starts = tuple(range(0, 1800, 90))

    plan = quality_plan(LEAN, SCAN, air_plan(LEAN), starts)

    assert plan.keep_copy
    assert "1080p" not in [rung.name for rung in plan.rungs]
    assert plan.segment_starts_frames == starts
    assert all(unit.start_frame in starts for unit in plan.units)


@pytest.mark.parametrize("worse", [{"peak_bps": 9_000_000}, {"max_gop_s": Fraction(12)}])
def test_a_copy_that_turns_out_unfit_goes(worse: dict[str, object]) -> None:
    scan = replace(SCAN, **worse)  # type: ignore[arg-type]

    plan = quality_plan(LEAN, scan, air_plan(LEAN), (0, 90))

    assert not plan.keep_copy
    assert plan.rungs[0].name == "1080p"
    assert plan.segment_starts_frames[:2] == (0, 120)


@pytest.mark.parametrize(
    ("container", "closed", "expected"),
    [
        ("mov,mp4,m4a,3gp,3g2,mj2", True, 20),
        ("mov,mp4,m4a,3gp,3g2,mj2", False, 18),
        ("mpegts", True, 18),
        ("gif", True, None),
    ],
)
def test_where_a_search_is_vague_it_begins_earlier(
    *, container: str, closed: bool, expected: int | None
) -> None:
    probe = replace(probe_with(closed_gop=closed), container=container)

    assert seek_time_s(probe, SCAN, Fraction(20)) == expected
    assert seek_time_s(probe, SCAN, Fraction(1)) is None
