"""Quality is judged picture by picture, in the colours that both sides have."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.ladder_quality import ours, subject_of
from tests.ffmpeg.signals import ffmpeg

NEARLY_THE_SAME = 95


@pytest.mark.ffmpeg
def test_a_clip_without_named_colours_whose_sound_begins_earlier_is_as_good_as_its_copy(
    tmp_path: Path,
) -> None:
    inputs = ["-f", "lavfi", "-i", "sine=d=1.2", "-itsoffset", "0.1"]
    inputs += ["-f", "lavfi", "-i", "testsrc2=s=1280x720:r=20:d=1.1"]
    encode = ["-map", "1:v", "-map", "0:a", "-pix_fmt", "yuv420p", "-c:v", "libx264", "-bf", "0"]
    ffmpeg(tmp_path, *inputs, *encode, "-preset", "veryfast", "-crf", "12", "clip.mkv")

    subject = subject_of(tmp_path / "clip.mkv", tmp_path, most_s=1)
    assert subject is not None
    fine = replace(subject.rungs[0], crf=6, maxrate_bps=10**8, bufsize_bits=10**8)
    (point,) = ours(subject, (fine,), tmp_path)

    assert subject.lead == 2
    assert point.quality > NEARLY_THE_SAME
