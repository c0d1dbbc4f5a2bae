"""Playlists, letter for letter, as another library reads them, and as ffmpeg plays them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import m3u8
import pytest

from antenne.ffmpeg.binaries import ffmpeg_path
from antenne.ffmpeg.command import AudioTrack, Chunk, audio_argv, video_chunk_argv
from antenne.ffmpeg.filters import Span
from antenne.ffmpeg.hls import (
    AudioRendition,
    MediaPlaylist,
    MediaSegment,
    SubtitleRendition,
    VideoRendition,
    iframe_playlist,
    iframe_rates,
    master_playlist,
    media_playlist,
    segment_rates,
    subtitle_playlist,
)
from antenne.ffmpeg.ladder import ladder
from tests.ffmpeg.signals import ffmpeg, flash_and_beep_clip
from tests.ffmpeg.stage import hls_write, source_open, tracks_make

SEGMENTS = (
    MediaSegment("0.m4s", 0, 1000, Fraction(1001, 250), 400),
    MediaSegment("0.m4s", 1000, 2002, Fraction(1001, 250), 500),
    MediaSegment("1.m4s", 0, 300, Fraction(1, 2), 300),
)
GROWING = MediaPlaylist("init.mp4", SEGMENTS[:2], 5, ended=False)
ENDED = MediaPlaylist("init.mp4", SEGMENTS, 5, ended=True)
VIDEO = VideoRendition(
    "720p/index.m3u8", "avc1.64001f", 1280, 720, Fraction(30000, 1001), 3_000_000, 2_000_000,
    "720p/iframes.m3u8", 300_000, 200_000,
)  # fmt: skip
FRENCH = AudioRendition("fr.m3u8", "mp4a.40.2", "Français", "fr", 2, False, 130_000, 128_000)  # noqa: FBT003
ENGLISH = replace(
    FRENCH, uri="en.m3u8", name="English", language="en", default=True, peak_bps=140_000
)
CAPTIONS = SubtitleRendition("captions/de.m3u8", "Deutsch", "de")


def test_a_growing_playlist_starts_at_the_beginning_and_has_no_end() -> None:
    assert media_playlist(GROWING) == (
        "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:5\n#EXT-X-MEDIA-SEQUENCE:0\n"
        "#EXT-X-PLAYLIST-TYPE:EVENT\n#EXT-X-INDEPENDENT-SEGMENTS\n"
        "#EXT-X-START:TIME-OFFSET=0,PRECISE=YES\n"
        '#EXT-X-MAP:URI="init.mp4"\n'
        "#EXTINF:4.004000,\n#EXT-X-BYTERANGE:1000@0\n0.m4s\n"
        "#EXTINF:4.004000,\n#EXT-X-BYTERANGE:2002@1000\n0.m4s\n"
    )


def test_a_finished_playlist_is_on_demand_and_keeps_its_target_duration() -> None:
    text = media_playlist(ENDED)

    assert text.startswith(
        "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:5\n#EXT-X-MEDIA-SEQUENCE:0\n"
        '#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-INDEPENDENT-SEGMENTS\n#EXT-X-MAP:URI="init.mp4"\n'
    )
    assert text.endswith("#EXTINF:0.500000,\n#EXT-X-BYTERANGE:300@0\n1.m4s\n#EXT-X-ENDLIST\n")


def test_a_growing_playlist_is_a_prefix_of_the_next_one() -> None:
    later = media_playlist(replace(GROWING, segments=SEGMENTS))

    assert later.startswith(media_playlist(GROWING))


def test_a_segment_longer_than_the_target_duration_is_refused() -> None:
    with pytest.raises(ValueError, match="target duration"):
        media_playlist(replace(GROWING, target_duration_s=3))


def test_key_frames_are_listed_by_their_own_part_of_each_segment() -> None:
    read = m3u8.loads(iframe_playlist(ENDED))

    assert read.is_i_frames_only
    assert [each.byterange for each in read.segments] == ["400@0", "500@1000", "300@0"]


def test_a_master_lists_each_language_the_default_first_and_both_codecs() -> None:
    assert master_playlist([VIDEO], [FRENCH, ENGLISH], [CAPTIONS]) == (
        "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n"
        '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="English",LANGUAGE="en",'
        'DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",URI="en.m3u8"\n'
        '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="Français",LANGUAGE="fr",'
        'DEFAULT=NO,AUTOSELECT=YES,CHANNELS="2",URI="fr.m3u8"\n'
        '#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="text",NAME="Deutsch",LANGUAGE="de",'
        'DEFAULT=NO,AUTOSELECT=YES,FORCED=NO,URI="captions/de.m3u8"\n'
        "#EXT-X-STREAM-INF:BANDWIDTH=3140000,AVERAGE-BANDWIDTH=2128000,"
        'CODECS="avc1.64001f,mp4a.40.2",RESOLUTION=1280x720,FRAME-RATE=29.970,'
        'AUDIO="sound",SUBTITLES="text"\n720p/index.m3u8\n'
        "#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=300000,AVERAGE-BANDWIDTH=200000,"
        'CODECS="avc1.64001f",RESOLUTION=1280x720,URI="720p/iframes.m3u8"\n'
    )


def test_sound_alone_is_a_stream_of_its_own() -> None:
    read = m3u8.loads(master_playlist([], [ENGLISH]))

    assert read.playlists[0].uri == "en.m3u8"
    assert read.playlists[0].stream_info.codecs == "mp4a.40.2"
    assert not read.media


def test_tracks_of_the_same_name_are_told_apart() -> None:
    read = m3u8.loads(master_playlist([VIDEO], [ENGLISH, replace(ENGLISH, uri="2.m3u8")]))

    assert [media.name for media in read.media] == ["English", "English (2)"]
    assert [media.default for media in read.media] == ["YES", "NO"]


def test_a_name_keeps_what_joins_its_letters() -> None:
    persian = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
    read = m3u8.loads(master_playlist([VIDEO], [replace(ENGLISH, name=persian)]))

    assert read.media[0].name == persian


def test_a_name_cannot_break_out_of_its_quotes() -> None:
    bad = replace(ENGLISH, name='x",URI="http://example.org\n#EXTINF')

    read = m3u8.loads(master_playlist([VIDEO], [bad]))

    assert [media.uri for media in read.media] == ["en.m3u8"]
    assert len(read.playlists) == 1


@pytest.mark.parametrize("uri", ["", "#EXT-X-ENDLIST", "a\nb"])
def test_an_address_that_would_be_another_line_is_refused(uri: str) -> None:
    with pytest.raises(ValueError, match="cannot be a line"):
        media_playlist(replace(GROWING, segments=(replace(SEGMENTS[0], uri=uri),)))


def test_rates_are_measured_and_a_last_short_segment_is_no_peak() -> None:
    average_bps = round(8 * 3302 / (2 * 4.004 + 0.5))

    assert segment_rates(SEGMENTS) == (4000, average_bps)
    assert iframe_rates(SEGMENTS[:2]) == (round(4000 / 4.004), round(7200 / 8.008))
    assert segment_rates(()) == (0, 0)


def test_captions_are_one_segment_over_the_whole_duration() -> None:
    read = m3u8.loads(subtitle_playlist("de.vtt", Fraction(25, 2)))

    assert read.target_duration == 13
    assert [(each.uri, each.duration) for each in read.segments] == [("de.vtt", 12.5)]
    assert read.is_endlist


@pytest.mark.ffmpeg
def test_what_is_written_plays_to_its_end(tmp_path: Path) -> None:
    source = source_open(flash_and_beep_clip(tmp_path / "clip.mp4", "30", 30))
    rungs = ladder(320, 184, Fraction(30), 0)
    chunk = Chunk(Span(0, 180), (0, 120))
    pictures = tracks_make(video_chunk_argv(ffmpeg_path(), source, rungs, chunk, 1), 1, source)
    tracks = [AudioTrack(source.probe.audios[0])]
    sounds = tracks_make(audio_argv(ffmpeg_path(), source, tracks), 1, source)

    master = hls_write(tmp_path, pictures, sounds, Fraction(30))

    frames = ffmpeg(tmp_path, "-i", str(master), "-map", "0:v", "-f", "framecrc", "-").decode()
    assert sum(not line.startswith("#") for line in frames.splitlines()) == 180
    keys = m3u8.load(str(tmp_path / "v0-keys.m3u8")).segments
    assert [pictures_in(tmp_path, each.byterange) for each in keys] == [1, 1]


def pictures_in(folder: Path, byterange: str) -> int:
    """Return how many pictures the given part of the only chunk object decodes to."""
    size, start = (int(number) for number in byterange.split("@"))
    part = (folder / "v0-0.m4s").read_bytes()[start : start + size]
    (folder / "key.mp4").write_bytes((folder / "v0-init.mp4").read_bytes() + part)
    raw = ffmpeg(folder, "-i", "key.mp4", "-frames:v", "2", "-f", "rawvideo", "-")
    return len(raw) // (320 * 184 * 3 // 2)
