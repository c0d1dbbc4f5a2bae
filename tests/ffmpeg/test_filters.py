"""Whatever a source looks like, its rungs are upright, square, of BT.709 and on the grid."""

from __future__ import annotations

import csv
import os
import re
import shutil
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from antenne.ffmpeg.binaries import ffmpeg_path
from antenne.ffmpeg.command import Chunk, video_chunk_argv
from antenne.ffmpeg.filters import Span, timeline_zero_s
from antenne.ffmpeg.ladder import ladder
from tests.ffmpeg.signals import ffmpeg
from tests.ffmpeg.sources import PROBE, VIDEO
from tests.ffmpeg.stage import source_open, tracks_make

RED, GREEN, BLUE = (192, 48, 32), (32, 160, 64), (48, 64, 192)
COLOUR_TOLERANCE = 6
# The sources' sizes are rounded down to even ones, and odd shapes by one more line.
SIZE_TOLERANCE_PX = 2
CORPUS = os.environ.get("ANTENNE_CORPUS", "")
STRIPES = ",".join(
    [
        "color=0xC03020:s=128x96:d=1:r=25[a];color=0x20A040:s=128x96:d=1:r=25[b]"
        ";color=0x3040C0:s=128x96:d=1:r=25[c];[a][b][c]hstack=3",
        "format=gbrp",
    ]
)
SD = ["-colorspace", "smpte170m", "-color_primaries", "smpte170m", "-color_trc", "smpte170m"]
HD = ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"]
COLOURS = {
    "sd": ("scale=out_color_matrix=bt601:out_range=tv,format=yuv420p", SD),
    "full_range_444": ("scale=out_color_matrix=bt709:out_range=pc,format=yuvj444p", HD),
    "hd": ("scale=1280:720:out_color_matrix=bt709:out_range=tv,format=yuv420p", HD),
}


def picture(clip: Path, width: int, height: int) -> list[tuple[int, ...]]:
    """Return the first picture of the clip's largest rung, as a player shows it, in RGB pixels."""
    source = source_open(clip)
    video = source.probe.video
    assert video is not None
    rung = ladder(video.width, video.height, video.fps, 0)[0]
    sharp = replace(rung, crf=8, maxrate_bps=20_000_000, bufsize_bits=40_000_000)
    chunk = Chunk(Span(0, 5), (0,))
    argv = video_chunk_argv(ffmpeg_path(), source, [sharp], chunk, 1)
    (made,) = tracks_make(argv, 1, source)
    clip.with_name("rung.mp4").write_bytes(made.init.data + made.fragments[0].data)
    size = f"scale={width}:{height}:flags=area:in_color_matrix=bt709:in_range=tv,format=rgb24"
    one = ["-i", "rung.mp4", "-frames:v", "1", "-vf", size, "-f", "rawvideo", "-"]
    raw = ffmpeg(clip.parent, *one)
    return [tuple(raw[at : at + 3]) for at in range(0, len(raw), 3)]


@pytest.mark.ffmpeg
@pytest.mark.parametrize("name", COLOURS)
def test_colours_are_converted_and_not_only_tagged_anew(name: str, tmp_path: Path) -> None:
    chain, tags = COLOURS[name]
    encode = ["-vf", chain, "-c:v", "libx264", "-crf", "8", *tags]
    ffmpeg(tmp_path, "-f", "lavfi", "-i", STRIPES, *encode, str(tmp_path / "clip.mp4"))

    shown = picture(tmp_path / "clip.mp4", 9, 1)

    for seen, expected in zip(shown[1::3], (RED, GREEN, BLUE), strict=True):
        assert seen == pytest.approx(expected, abs=COLOUR_TOLERANCE)


# Where the red of red, green and blue stripes comes to lie, by degrees turned anticlockwise.
RED_LIES = {"0": "left", "90": "bottom", "180": "right", "270": "top"}


@pytest.mark.ffmpeg
@pytest.mark.parametrize("turn", RED_LIES)
def test_a_turned_clip_is_made_upright_once(turn: str, tmp_path: Path) -> None:
    encode = ["-pix_fmt", "yuv420p", "-c:v", "libx264"]
    ffmpeg(tmp_path, "-f", "lavfi", "-i", STRIPES, *encode, str(tmp_path / "flat.mp4"))
    turned = ["-display_rotation", turn, "-i", str(tmp_path / "flat.mp4"), "-c", "copy"]
    ffmpeg(tmp_path, *turned, str(tmp_path / "clip.mp4"))

    shown = picture(tmp_path / "clip.mp4", 9, 9)

    places = {"left": shown[37], "right": shown[43], "top": shown[13], "bottom": shown[67]}
    reddest = max(places, key=lambda place: places[place][0] - places[place][1])
    assert reddest == RED_LIES[turn]


def test_the_timeline_begins_less_than_a_frame_after_the_source() -> None:
    probe = replace(PROBE, start_s=Fraction(10))

    for late_ms in (0, 1, 20, 33, 34, 500):
        start_s = 10 + Fraction(late_ms, 1000)
        zero_s = timeline_zero_s(replace(probe, video=replace(VIDEO, start_s=start_s)))
        assert 0 <= zero_s - 10 < Fraction(1, 30)
        assert ((start_s - zero_s) * 30).denominator == 1


def test_sound_alone_begins_where_it_begins() -> None:
    assert timeline_zero_s(replace(PROBE, video=None, start_s=Fraction(3, 7))) == Fraction(3, 7)


def manifest_sizes() -> list[tuple[str, int, int]]:
    """Return file, width and height for each clip that the corpus says is to be accepted."""
    if not CORPUS:
        return []
    with (Path(CORPUS) / "MANIFEST.tsv").open() as lines:
        rows = list(csv.DictReader(lines, delimiter="\t"))
    sizes = [
        (row["file"], re.match(r"accept; display (\d+)x(\d+)", row["expected"])) for row in rows
    ]
    return [(file, int(size[1]), int(size[2])) for file, size in sizes if size]


@pytest.mark.corpus
@pytest.mark.ffmpeg
@pytest.mark.skipif(not CORPUS, reason="ANTENNE_CORPUS names no folder of real clips")
@pytest.mark.parametrize(("file", "width", "height"), manifest_sizes())
def test_a_real_clip_is_shown_in_its_own_size(
    file: str, width: int, height: int, tmp_path: Path
) -> None:
    source = source_open(Path(shutil.copy(Path(CORPUS) / file, tmp_path)))
    video = source.probe.video
    assert video is not None
    top = ladder(video.width, video.height, video.fps, 0)[0]
    chunk = Chunk(Span(0, 3, pad_end=True), (0,))

    quick = replace(top, preset="ultrafast")
    (made,) = tracks_make(video_chunk_argv(ffmpeg_path(), source, [quick], chunk, 1), 1, source)

    assert made.fragments[0].samples == 3
    assert made.init.width_px == pytest.approx(width, abs=SIZE_TOLERANCE_PX)
    assert made.init.height_px == pytest.approx(height, abs=SIZE_TOLERANCE_PX)
    assert b"elst" not in made.init.data or made.init.reorder_ticks > 0
