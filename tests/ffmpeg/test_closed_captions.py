"""Captions inside the pictures of broadcasters are found, read from both fields, and said once."""

from __future__ import annotations

from pathlib import Path

import pytest

from antenne.ffmpeg.captions import EMPTY, captions_cues
from antenne.ffmpeg.closed_captions import closed_captions_extract, lines_once
from antenne.ffmpeg.probe import source_probe
from antenne.processes.runner import Limits
from tests.clips import clip
from tests.line21 import captioned, cleared, hidden, rolled, shown

LIMITS = Limits(wall_s=60, cpu_s=60, memory_bytes=4 * 1024**3, file_bytes=1024**3)
POPPED = [(10, hidden("HELLO, WORLD.")), (30, shown()), (75, cleared())]
ROLLED = [
    (90, rolled(">> FIRST LINE")),
    (150, rolled("SECOND <B>LINE")),
    (210, rolled("THIRD LINE")),
    (300, cleared()),
]
SPANISH = [
    (10, hidden("HOLA", second=True)),
    (45, shown(second=True)),
    (120, cleared(second=True)),
]


def read(path: Path, folder: Path) -> tuple[tuple[tuple[int, int, str], ...], ...]:
    """Return the cues of the two fields, to a tenth of a second."""
    probe = source_probe(path, folder=folder)
    texts = closed_captions_extract(path, folder=folder, probe=probe, limits=LIMITS)
    return tuple(
        tuple((round(a, -2), round(b, -2), words) for a, b, words in captions_cues(text))
        for text in texts
    )


@pytest.mark.ffmpeg
@pytest.mark.parametrize(
    ("codec", "to"),
    [("h264", "a.mp4"), ("h264", "a.mkv"), ("h264", "a.ts"), ("mpeg2", "a.ts"), ("mpeg2", "a.mpg")],
)
def test_both_fields_are_read_and_lines_that_roll_up_are_said_once(
    codec: str, to: str, tmp_path: Path
) -> None:
    path = captioned(tmp_path, POPPED + ROLLED, SPANISH, codec=codec, to=to)

    first, second = read(path, tmp_path)

    assert first == (
        (1000, 2500, "HELLO, WORLD."),
        (3100, 5100, ">> FIRST LINE"),
        (5100, 7100, "SECOND LINE"),
        (7100, 10000, "THIRD LINE"),
    )
    assert second == ((1500, 4000, "HOLA"),)


@pytest.mark.ffmpeg
def test_a_file_says_whether_there_is_room_for_captions(tmp_path: Path) -> None:
    with_some = source_probe(captioned(tmp_path, POPPED), folder=tmp_path).video
    without = source_probe(clip("plain"), folder=tmp_path).video

    assert with_some is not None
    assert with_some.closed_captions
    assert without is not None
    assert not without.closed_captions


@pytest.mark.ffmpeg
def test_room_without_captions_is_nothing(tmp_path: Path) -> None:
    path = captioned(tmp_path, [])
    probe = source_probe(path, folder=tmp_path)

    found = closed_captions_extract(path, folder=tmp_path, probe=probe, limits=LIMITS)

    assert found == (EMPTY, EMPTY)


@pytest.mark.ffmpeg
def test_no_name_of_a_file_is_taken_for_a_filter(tmp_path: Path) -> None:
    folder = tmp_path / "it's,a[folder]:with=signs;%5C\\"
    folder.mkdir()

    first, _second = read(captioned(folder, POPPED, to="a,b:c='d'[e].mp4"), folder)

    assert [words for *_times, words in first] == ["HELLO, WORLD."]


@pytest.mark.ffmpeg
def test_the_last_caption_is_read_though_nothing_clears_it(tmp_path: Path) -> None:
    [(start_ms, end_ms, words)], _ = read(captioned(tmp_path, POPPED[:2]), tmp_path)

    assert (start_ms, words) == (1000, "HELLO, WORLD.")
    assert start_ms < end_ms <= 14_000


@pytest.mark.ffmpeg
def test_a_file_that_breaks_off_gives_what_it_has(tmp_path: Path) -> None:
    whole = captioned(tmp_path, POPPED + ROLLED, to="a.ts")
    half = tmp_path / "half.ts"
    half.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])

    first, _ = read(half, tmp_path)

    assert [words for *_times, words in first][:2] == ["HELLO, WORLD.", ">> FIRST LINE"]


def test_lines_that_come_at_once_are_shown_together() -> None:
    screens = [(0, 400, "One"), (400, 5000, "One\ntwo"), (5000, 8000, "two\nthree")]

    assert list(lines_once(screens)) == [(0, 5000, "One\ntwo"), (5000, 8000, "three")]


def test_the_same_words_after_a_pause_are_said_again() -> None:
    screens = [(0, 1000, "No."), (2000, 3000, "No.")]

    assert list(lines_once(screens)) == screens


def test_a_caption_of_many_rows_stays_whole() -> None:
    rows = "\n".join("abcdef")

    assert list(lines_once([(0, 1000, rows), (1000, 2000, "g")])) == [
        (0, 1000, rows),
        (1000, 2000, "g"),
    ]


def test_a_screen_that_is_forgotten_goes_dark() -> None:
    assert list(lines_once([(0, 90_000, "Music")])) == [(0, 16_000, "Music")]
