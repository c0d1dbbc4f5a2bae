"""Headers are read for what frames and packets cannot say."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from antenne.ffmpeg.frames import Look
from antenne.ffmpeg.packets import Packet
from antenne.ffmpeg.refusals import RefusalCode, SourceRefused
from antenne.ffmpeg.streams import VideoStream
from antenne.ffmpeg.video_stream import (
    bit_depth,
    chroma,
    displayed_size,
    extradata_sets,
    rotation_read,
    video_build,
)

HEVC: dict[str, Any] = {
    "index": 0,
    "codec_name": "hevc",
    "width": 1920,
    "height": 1080,
    "time_base": "1/30",
}
FRAMES = [Packet(pts=at, duration=1, size_bytes=10, key=at == 0, shown=True) for at in range(30)]


def built(transfer: str = "", size: tuple[int, int] = (1920, 1080), **more: object) -> VideoStream:
    look = Look(
        *(size[0], size[1], "yuv420p10le", Fraction(1), transfer),
        *("bt2020", "bt2020nc"),
        full_range=False,
        interlaced=False,
    )
    return video_build({**HEVC, **more}, look, FRAMES, b"")


def dolby_vision(profile: int, base: int) -> list[dict[str, int]]:
    return [{"dv_profile": profile, "dv_bl_signal_compatibility_id": base}]


@pytest.mark.parametrize(("profile", "base"), [(5, 0), (10, 0)])
def test_dolby_vision_without_a_usual_base_is_refused_by_name(profile: int, base: int) -> None:
    with pytest.raises(SourceRefused) as caught:
        built(side_data_list=dolby_vision(profile, base))

    assert caught.value.code == RefusalCode.DOLBY_VISION_5


def test_dolby_vision_over_a_usual_base_is_that_base() -> None:
    assert built("smpte2084", side_data_list=dolby_vision(8, 1)).hdr == "pq"
    assert built("arib-std-b67", side_data_list=dolby_vision(8, 4)).hdr == "hlg"
    assert built(side_data_list=dolby_vision(8, 4)).hdr == "dolbyvision"


def test_more_pixels_than_8k_are_refused() -> None:
    assert built(size=(7680, 4320)).width == 7680
    with pytest.raises(SourceRefused) as caught:
        built(size=(8192, 8192))

    assert caught.value.code == RefusalCode.TOO_MANY_PIXELS


def test_an_aspect_that_makes_no_sense_is_ignored() -> None:
    assert built(sample_aspect_ratio="1000:1").width == 1920


@pytest.mark.parametrize(("said", "clockwise"), [(-90, 90), (90, 270), (180, 180), (-180, 180)])
def test_the_display_matrix_turns_counterclockwise(said: int, clockwise: int) -> None:
    assert rotation_read({"side_data_list": [{"rotation": said}]}) == clockwise


def test_the_shape_is_squared_before_it_is_turned() -> None:
    assert displayed_size(720, 576, Fraction(59, 54), 0) == (787, 576)
    assert displayed_size(720, 576, Fraction(59, 54), 90) == (576, 787)


@pytest.mark.parametrize(
    ("pix_fmt", "depth", "sampling"),
    [
        ("yuv420p", 8, "420"),
        ("yuvj422p", 8, "422"),
        ("yuv420p10le", 10, "420"),
        ("yuv444p12be", 12, "444"),
        ("p010le", 10, "420"),
        ("gray10le", 10, "gray"),
        ("gbrp", 8, "rgb"),
        ("bgra", 8, "rgb"),
    ],
)
def test_depth_and_sampling_are_read_from_the_format(
    pix_fmt: str, depth: int, sampling: str
) -> None:
    assert (bit_depth(pix_fmt), chroma(pix_fmt)) == (depth, sampling)


def test_parameter_sets_are_counted_in_both_wrappings() -> None:
    one_each = bytes.fromhex("0164001fffe10003676400010002 68e9".replace(" ", ""))
    two_sps = bytes.fromhex("0164001fffe2000267640002676401000268e9")
    start_codes = bytes.fromhex("0000000167640000000168e90000000168ea")

    assert extradata_sets(one_each) == 1
    assert extradata_sets(two_sps) == 2
    assert extradata_sets(start_codes) == 2
    assert extradata_sets(b"") == 0
