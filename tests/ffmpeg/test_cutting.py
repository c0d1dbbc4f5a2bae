"""Cutting parts out of a file: to the picture, wherever decoding begins."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from antenne.ffmpeg.binaries import ffmpeg_path
from antenne.ffmpeg.command import Source
from antenne.ffmpeg.cutting import Ranges, cut_argv
from antenne.ffmpeg.probe import source_probe
from antenne.processes.runner import Sandbox, run
from tests.clips import LIMITS, clip, frame_numbers

pytestmark = pytest.mark.ffmpeg


def cut(name: str, folder: Path, ranges: Ranges, seek_s: Fraction | None = None) -> Path:
    """Cut a clip and return the file that was made."""
    path, made = clip(name), folder / "made.mp4"
    probe = source_probe(path, folder=folder)
    argv = cut_argv(ffmpeg_path(), Source(path, probe), ranges, made, seek_s=seek_s)
    run(argv, sandbox=Sandbox(folder, (path,)), limits=LIMITS)
    return made


@pytest.mark.parametrize("seek_s", [None, Fraction(2)])
def test_exactly_the_pictures_of_the_parts_stay(tmp_path: Path, seek_s: Fraction | None) -> None:
    made = cut("numbered", tmp_path, [(3000, 4000), (8000, 8500)], seek_s)

    assert frame_numbers(made) == [*range(90, 120), *range(240, 255)]


def test_a_rate_of_broadcasters_is_kept(tmp_path: Path) -> None:
    made = cut("numbered_ntsc", tmp_path, [(0, 1001), (5005, 6006)])

    assert frame_numbers(made) == [*range(30), *range(150, 180)]


@pytest.mark.parametrize("name", ["audio_only", "no_audio", "two_languages", "rotated", "vfr"])
def test_any_kind_of_file_is_cut(tmp_path: Path, name: str) -> None:
    before = source_probe(clip(name), folder=tmp_path)
    half_ms = before.duration_ms // 2

    made = source_probe(cut(name, tmp_path, [(0, half_ms)]), folder=tmp_path)

    assert made.duration_ms == pytest.approx(half_ms, abs=60)
    assert [audio.language for audio in made.audios] == [each.language for each in before.audios]
    assert bool(made.video) == bool(before.video)
    if made.video and before.video:
        assert (made.video.width, made.video.height) == (before.video.width, before.video.height)
