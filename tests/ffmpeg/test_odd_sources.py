"""Files as people really have them: rare formats, mirrored pictures, clocks that lie."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from antenne.ffmpeg.clocks import ClockJumps, clock_even
from antenne.ffmpeg.filters import picture_chain
from antenne.ffmpeg.packets import Packet, rate_estimate
from antenne.ffmpeg.plan import air_plan
from antenne.ffmpeg.probe import source_probe
from antenne.ffmpeg.refusals import RefusalCode, SourceRefused
from antenne.ffmpeg.scan import source_scan
from tests.clips import clip
from tests.ffmpeg.signals import ffmpeg

pytestmark = pytest.mark.ffmpeg

FRAME_MS = 40
PAINT = (
    "color=black:s=64x32:r=10:d=1,drawbox=w=20:h=10:color=white:t=fill,"
    "drawbox=x=50:y=22:w=14:h=10:color=gray:t=fill"
)
LEVELS_APART = 24


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("theora", "theora"),
        ("realmedia", "rv20"),
        ("apng", "apng"),
        ("moving_avif", "av1"),
        ("y4m", "rawvideo"),
    ],
)
def test_moving_pictures_in_rare_formats_are_as_long_as_they_are(
    name: str, codec: str, tmp_path: Path
) -> None:
    found = source_probe(clip(name), folder=tmp_path)

    assert found.video is not None
    assert found.video.codec == codec
    assert found.duration_ms == pytest.approx(2000, abs=FRAME_MS)
    scan = source_scan(clip(name), folder=tmp_path, probe=found)
    assert scan.duration_ms == pytest.approx(2000, abs=FRAME_MS)


@pytest.mark.parametrize("name", ["bare_h264", "bare_h264_in_order", "bare_hevc"])
def test_bare_pictures_are_given_a_clock_and_keep_their_pace(name: str, tmp_path: Path) -> None:
    with pytest.raises(ClockJumps) as needs:
        source_probe(clip(name), folder=tmp_path)
    even = tmp_path / "even.mkv"

    clock_even(clip(name), even, mending=needs.value.mending)

    found = source_probe(even, folder=tmp_path)
    assert found.video is not None
    assert found.video.fps == 30
    assert found.duration_ms == pytest.approx(2000, abs=FRAME_MS)


@pytest.mark.parametrize("data", [b"\0\0\0\1", b"\0\0\1\x67" + bytes(9000), b"\0\0\0\1\x40" * 4000])
def test_what_only_begins_like_bare_pictures_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "source"
    path.write_bytes(data)

    with pytest.raises(SourceRefused):
        source_probe(path, folder=tmp_path)


@pytest.mark.parametrize("name", ["aiff", "wavpack", "true_audio", "sun_audio", "dts"])
def test_sound_in_rare_formats_is_as_long_as_it_is(name: str, tmp_path: Path) -> None:
    found = source_probe(clip(name), folder=tmp_path)

    assert (found.video, len(found.audios)) == (None, 1)
    assert found.duration_ms == pytest.approx(2000, abs=FRAME_MS)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("still_png", RefusalCode.PICTURE),
        ("still_jpeg", RefusalCode.PICTURE),
        ("locked", RefusalCode.ENCRYPTED),
    ],
)
def test_what_cannot_be_shown_is_refused_by_the_name_of_its_fault(
    name: str, code: RefusalCode, tmp_path: Path
) -> None:
    with pytest.raises(SourceRefused) as caught:
        source_probe(clip(name), folder=tmp_path)

    assert caught.value.code == code


def test_sound_that_a_broadcast_begins_late_is_heard_in_its_place(tmp_path: Path) -> None:
    found = source_probe(clip("late_sound"), folder=tmp_path)

    assert [audio.channels for audio in found.audios] == [2]
    assert found.audios[0].start_s - found.start_s == pytest.approx(20, abs=0.1)
    assert not air_plan(found).copy_audio[0]


def test_a_drawing_is_a_picture_and_not_a_playlist(tmp_path: Path) -> None:
    drawing = tmp_path / "drawing.svg"
    drawing.write_text('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>')

    with pytest.raises(SourceRefused) as caught:
        source_probe(drawing, folder=tmp_path)

    assert caught.value.code == RefusalCode.PICTURE


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("flip", [(), ("-display_hflip",)], ids=["plain", "mirrored"])
def test_a_picture_stands_as_players_turn_it(
    turn: int, flip: tuple[str, ...], tmp_path: Path
) -> None:
    ffmpeg(tmp_path, "-f", "lavfi", "-i", PAINT, "-c:v", "mpeg4", "-q:v", "2", "flat.mp4")
    turned = ("-display_rotation", str(turn), *flip, "-i", "flat.mp4", "-c", "copy", "turned.mp4")
    ffmpeg(tmp_path, *turned)
    video = source_probe(tmp_path / "turned.mp4", folder=tmp_path).video
    assert video is not None
    ours = ",".join([*picture_chain(video, video.width, video.height), "format=gray"])

    gray = ("-frames:v", "1", "-f", "rawvideo", "-")
    shown = ffmpeg(tmp_path, "-noautorotate", "-i", "turned.mp4", "-vf", ours, *gray)
    right = ffmpeg(tmp_path, "-i", "turned.mp4", "-vf", "format=gray", *gray)

    assert len(shown) == len(right)
    assert max(abs(one - other) for one, other in zip(shown, right, strict=True)) < LEVELS_APART


def test_dropped_frames_of_a_coarse_clock_do_not_slow_the_rate() -> None:
    times = [0, 3, *range(4, 150)]
    packets = [Packet(pts=at, duration=1, size_bytes=10, key=at == 0, shown=True) for at in times]

    assert rate_estimate(packets, Fraction(1, 30)).fps == 30
