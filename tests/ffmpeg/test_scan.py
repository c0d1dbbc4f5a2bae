"""A scan reads every packet and corrects what the probe could only guess."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from antenne.ffmpeg.probe import source_probe
from antenne.ffmpeg.scan import Scan, source_scan
from tests.clips import clip, truncated

pytestmark = pytest.mark.ffmpeg


def scanned(path: Path, folder: Path) -> Scan:
    return source_scan(path, folder=folder, probe=source_probe(path, folder=folder))


def test_all_key_frames_and_frames_are_counted(tmp_path: Path) -> None:
    found = scanned(clip("long"), tmp_path)

    assert (found.duration_ms, found.frames) == (60_000, 1800)
    assert found.keyframes_s == tuple(Fraction(second) for second in range(0, 60, 2))
    assert (found.max_gop_s, found.damaged) == (Fraction(2), False)


def test_the_longest_group_may_be_the_last(tmp_path: Path) -> None:
    assert scanned(clip("one_keyframe"), tmp_path).max_gop_s == 12


def test_the_peak_is_above_the_mean(tmp_path: Path) -> None:
    probe = source_probe(clip("hd"), folder=tmp_path)
    found = source_scan(clip("hd"), folder=tmp_path, probe=probe)

    assert probe.video is not None
    assert probe.video.bit_rate_bps < found.peak_bps < probe.video.bit_rate_bps * 3


def test_key_frames_are_named_on_the_clock_of_the_source(tmp_path: Path) -> None:
    found = scanned(clip("late_start"), tmp_path)

    assert found.keyframes_s[0] > 95_000
    assert found.duration_ms < 4100


def test_a_cut_file_has_the_length_of_what_is_there(tmp_path: Path) -> None:
    found = scanned(truncated("long", 0.5, tmp_path), tmp_path)

    assert 25_000 < found.duration_ms < 35_000


def test_audio_alone_has_a_length_and_no_frames(tmp_path: Path) -> None:
    found = scanned(clip("audio_only"), tmp_path)

    assert (found.duration_ms, found.frames, found.keyframes_s) == (4000, 0, ())


def test_a_scan_survives_storage_as_json(tmp_path: Path) -> None:
    found = scanned(clip("plain"), tmp_path)

    assert Scan.from_json(json.loads(json.dumps(found.to_json()))) == found
