"""Fragments as they come from a pipe: read, moved, grouped; and bytes that are none."""

from __future__ import annotations

import io
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antenne.ffmpeg.binaries import ffmpeg_path
from antenne.ffmpeg.boxes import BoxError, audio_specific_config, codec_name
from antenne.ffmpeg.cmaf import (
    CmafError,
    Fragment,
    Track,
    fragment_shift,
    segments_group,
)
from antenne.ffmpeg.command import AudioTrack, Chunk, audio_argv, video_chunk_argv
from antenne.ffmpeg.filters import Span
from antenne.ffmpeg.ladder import ladder
from tests.ffmpeg.signals import counter_clip, ffmpeg, flash_and_beep_clip
from tests.ffmpeg.stage import Made, source_open, tracks_make


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Three segments of 30 frames, with B-frames."""
    source = source_open(counter_clip(tmp_path_factory.mktemp("clip") / "clip.mp4", "30", 3))
    chunk = Chunk(Span(0, 90), (0, 30, 60))
    argv = video_chunk_argv(ffmpeg_path(), source, ladder(320, 184, Fraction(30), 0), chunk, 1)
    return tracks_make(argv, 1, source)[0]


@pytest.mark.ffmpeg
def test_a_track_names_its_codec_and_size(made: Made) -> None:
    assert made.init.kind == "video"
    assert made.init.codec == "avc1.64000d"
    assert (made.init.width_px, made.init.height_px) == (320, 184)
    assert made.init.timescale == 90_000
    assert made.init.configuration[:4].hex() == "0164000d"


@pytest.mark.ffmpeg
def test_fragments_count_from_zero_and_begin_with_key_frames(made: Made) -> None:
    assert [fragment.start_ticks for fragment in made.fragments] == [0, 90_000, 180_000]
    assert [fragment.samples for fragment in made.fragments] == [30, 30, 30]
    assert all(fragment.sync for fragment in made.fragments)


@pytest.mark.ffmpeg
def test_the_key_part_of_a_fragment_decodes_to_its_first_picture(
    made: Made, tmp_path: Path
) -> None:
    first = made.fragments[0]
    (tmp_path / "key.mp4").write_bytes(made.init.data + first.data[: first.key_bytes])

    one = ["-i", "key.mp4", "-frames:v", "1", "-f", "rawvideo", "-"]

    assert len(ffmpeg(tmp_path, *one)) == 320 * 184 * 3 // 2


@pytest.mark.ffmpeg
def test_a_shifted_fragment_differs_in_its_decode_time_alone(made: Made) -> None:
    second = made.fragments[1]

    moved = fragment_shift(second, 900_000)

    assert moved.start_ticks == 990_000
    assert fragment_shift(moved, -900_000) == second
    changed = [
        n for n, pair in enumerate(zip(moved.data, second.data, strict=True)) if pair[0] != pair[1]
    ]
    assert changed
    assert changed[-1] - changed[0] < 8


@pytest.mark.ffmpeg
def test_a_fragment_is_never_moved_before_the_timeline(made: Made) -> None:
    with pytest.raises(CmafError, match="before the timeline"):
        fragment_shift(made.fragments[0], -1)


@pytest.mark.ffmpeg
def test_a_sound_track_starts_at_zero_without_an_edit_list(tmp_path: Path) -> None:
    source = source_open(flash_and_beep_clip(tmp_path / "clip.mp4", "30", 30))
    tracks = [AudioTrack(source.probe.audios[0])]

    (sound,) = tracks_make(audio_argv(ffmpeg_path(), source, tracks), 1, source)

    assert sound.init.codec == "mp4a.40.2"
    assert (sound.init.sample_rate_hz, sound.init.reorder_ticks) == (48_000, 0)
    assert sound.fragments[0].start_ticks == 0
    assert b"elst" not in sound.init.data


@pytest.mark.ffmpeg
@pytest.mark.parametrize("kept", [0, 20, 700, 1200])
def test_a_stream_cut_before_its_first_fragment_is_refused(made: Made, kept: int) -> None:
    whole = made.init.data + made.fragments[0].data
    with pytest.raises(CmafError):
        Track(io.BytesIO(whole[:kept]))


@pytest.mark.ffmpeg
@given(noise=st.binary(max_size=400))
def test_noise_is_refused_by_name(noise: bytes) -> None:
    with pytest.raises(CmafError):
        Track(io.BytesIO(noise))


def test_a_huge_box_is_refused_before_it_is_read() -> None:
    with pytest.raises(CmafError, match="claims"):
        Track(io.BytesIO(b"\xff\xff\xff\xffmoov"))


def fragments_of(*lengths: int) -> Iterator[Fragment]:
    """Yield empty fragments of these lengths in ticks."""
    start = 0
    for length in lengths:
        yield Fragment(b"x", start, start, length, length, sync=True, key_bytes=1)
        start += length


@pytest.mark.parametrize(
    ("lengths", "expected"),
    [
        ((4, 4, 4), [4, 4, 4]),
        ((1, 1, 1, 1, 1), [3, 2]),
        ((2, 2, 2), [4, 2]),
        ((2, 9, 2), [2, 9, 2]),
        ((10,), [10]),
        ((), []),
    ],
)
def test_fragments_are_grouped_into_segments(lengths: tuple[int, ...], expected: list[int]) -> None:
    segments = list(segments_group(fragments_of(*lengths), goal_ticks=4, most_ticks=10))

    assert [segment.duration_ticks for segment in segments] == expected
    assert [segment.start_ticks for segment in segments] == [
        sum(expected[:n]) for n in range(len(expected))
    ]


def test_segments_of_an_object_do_not_touch() -> None:
    segment, *_ = segments_group(fragments_of(4), goal_ticks=4, most_ticks=4)

    assert segment.data[: segment.size_bytes] == b"x"
    assert segment.data[segment.size_bytes :] == b"\0\0\0\x08free"


def test_a_fragment_that_no_segment_may_hold_is_refused() -> None:
    with pytest.raises(CmafError, match="longer"):
        list(segments_group(fragments_of(4, 11), goal_ticks=4, most_ticks=10))


@pytest.mark.parametrize(
    ("kind", "configuration", "name"),
    [
        ("avc1", "01640028ff", "avc1.640028"),
        ("hvc1", "01016000000090000000000078", "hvc1.1.6.L120.90"),
        ("av01", "81090c00", "av01.0.09M.08"),
        ("mp4a", "00000000031900010004114015000000000000000000000005021190060102", "mp4a.40.2"),
    ],
)
def test_codecs_are_named_from_their_configuration(
    kind: str, configuration: str, name: str
) -> None:
    assert codec_name(kind, bytes.fromhex(configuration)) == name


def test_a_sound_configuration_cut_short_is_refused() -> None:
    with pytest.raises(BoxError):
        audio_specific_config(b"\0\0\0\0\x03")
