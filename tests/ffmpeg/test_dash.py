"""The DASH manifest: aligned sets, exact ranges, and what ffmpeg plays of it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from mpegdash.parser import MPEGDASHParser

from antenne.ffmpeg.binaries import ffmpeg_path
from antenne.ffmpeg.command import Chunk, video_chunk_argv
from antenne.ffmpeg.dash import DashAudio, DashText, DashTrack, DashVideo, manifest
from antenne.ffmpeg.filters import Span
from antenne.ffmpeg.hls import MediaSegment
from antenne.ffmpeg.ladder import ladder
from tests.ffmpeg.signals import ffmpeg, flash_and_beep_clip
from tests.ffmpeg.stage import Made, rendition_write, source_open, tracks_make

SEGMENTS = tuple(MediaSegment("v/0.m4s", 1000 * n, 1000, Fraction(4), 100) for n in range(3))
TRACK = DashTrack("720p", "avc1.64001f", "v/init.mp4", 90_000, SEGMENTS)
VIDEO = DashVideo(TRACK, 1280, 720, Fraction(30000, 1001))
SMALL = DashVideo(
    replace(TRACK, name="360p", init_uri="s/init.mp4"), 640, 360, Fraction(30000, 1001)
)
SOUND = replace(TRACK, name="fr", codec="mp4a.40.2", init_uri="a/init.mp4", timescale=48_000)
FRENCH = DashAudio(SOUND, "fr", "Français", 2, 48_000, default=False)
ENGLISH = replace(FRENCH, track=replace(SOUND, name="en"), language="en", default=True)
TEXT = DashText("captions/de.vtt", "de", "Deutsch <1>")


def test_a_manifest_has_one_set_of_rungs_and_one_per_language() -> None:
    read = MPEGDASHParser.parse(manifest(Fraction(12), [VIDEO, SMALL], [FRENCH, ENGLISH], [TEXT]))

    sets = read.periods[0].adaptation_sets
    assert [each.content_type for each in sets] == ["video", "audio", "audio", "text"]
    assert [each.lang for each in sets] == [None, "en", "fr", "de"]
    assert [each.id for each in sets[0].representations] == ["720p", "360p"]
    assert sets[0].segment_alignment is True
    assert read.media_presentation_duration == "PT12.000S"
    assert read.type == "static"


def test_each_segment_is_a_range_of_its_object() -> None:
    read = MPEGDASHParser.parse(manifest(Fraction(12), [VIDEO]))

    segments = read.periods[0].adaptation_sets[0].representations[0].segment_lists[0]
    assert [each.media_range for each in segments.segment_urls] == [
        "0-999", "1000-1999", "2000-2999",
    ]  # fmt: skip
    assert segments.duration == 360_000
    assert segments.initializations[0].source_url == "v/init.mp4"


def test_segments_of_unequal_length_are_told_by_a_timeline() -> None:
    lengths = (Fraction(3), Fraction(3), Fraction(5), Fraction(1))
    uneven = tuple(replace(SEGMENTS[0], duration_s=length) for length in lengths)

    text = manifest(Fraction(12), [replace(VIDEO, track=replace(TRACK, segments=uneven))])

    assert '<S t="0" d="270000" r="1" />' in text
    assert '<S d="450000" r="0" />' in text
    assert " duration=" not in text.split("<SegmentList")[1].split(">")[0]


def test_a_manifest_escapes_what_people_wrote() -> None:
    assert "Deutsch &lt;1&gt;" in manifest(Fraction(12), [VIDEO], [], [TEXT])


@pytest.mark.ffmpeg
def test_the_ranges_of_a_manifest_are_the_whole_picture(tmp_path: Path) -> None:
    source = source_open(flash_and_beep_clip(tmp_path / "clip.mp4", "30", 30))
    rungs = ladder(320, 184, Fraction(30), 0)
    argv = video_chunk_argv(ffmpeg_path(), source, rungs, Chunk(Span(0, 180), (0, 120)), 1)
    (made,) = tracks_make(argv, 1, source)
    video = DashVideo(track_of(tmp_path, "v", made), 320, 184, Fraction(30))

    read = MPEGDASHParser.parse(manifest(Fraction(6), [video]))

    listed = read.periods[0].adaptation_sets[0].representations[0].segment_lists[0]
    data = (tmp_path / listed.initializations[0].source_url).read_bytes()
    for each in listed.segment_urls:
        first, last = (int(number) for number in each.media_range.split("-"))
        data += (tmp_path / each.media).read_bytes()[first : last + 1]
    (tmp_path / "joined.mp4").write_bytes(data)
    lines = ffmpeg(tmp_path, "-i", "joined.mp4", "-f", "framecrc", "-").decode().splitlines()
    assert sum(not line.startswith("#") for line in lines) == 180


def track_of(folder: Path, name: str, made: Made) -> DashTrack:
    """Write a track and return its entry."""
    segments = rendition_write(folder, name, made).segments
    return DashTrack(name, made.init.codec, f"{name}-init.mp4", made.init.timescale, segments)
