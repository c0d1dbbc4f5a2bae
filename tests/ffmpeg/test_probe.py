"""A source is what its packets and frames say, and nothing outside its folder is opened."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from antenne.ffmpeg.binaries import ffmpeg_path
from antenne.ffmpeg.probe import Probe, VideoStream, source_probe
from antenne.ffmpeg.refusals import RefusalCode, SourceRefused
from antenne.processes.runner import ProcessError, Sandbox, confinement_report, run
from tests.clips import JOINED, LATE_AUDIO_S, LIMITS, clip, truncated

pytestmark = pytest.mark.ffmpeg

AAC_PRIMING_S = 0.03
FRAME_MS = 34


def probed(name: str, folder: Path) -> Probe:
    return source_probe(clip(name), folder=folder)


def video_of(name: str, folder: Path) -> VideoStream:
    video = probed(name, folder).video
    assert video is not None
    return video


def refusal(path: Path, folder: Path) -> RefusalCode:
    with pytest.raises(SourceRefused) as caught:
        source_probe(path, folder=folder)
    return caught.value.code


def test_a_plain_clip_is_described_exactly(tmp_path: Path) -> None:
    found = probed("plain", tmp_path)

    assert found.video is not None
    assert (found.video.codec, found.video.width, found.video.height) == ("h264", 320, 180)
    assert (found.video.fps, found.video.vfr) == (Fraction(30), False)
    assert not found.video.interlaced
    assert (found.video.bit_depth, found.video.chroma, found.video.hdr) == (8, "420", "")
    assert (found.video.extradata_sets, found.video.closed_gop) == (1, True)
    assert [(gop.frames, gop.duration_s) for gop in found.first_gops] == [(60, Fraction(2))] * 2
    assert [(audio.codec, audio.channels) for audio in found.audios] == [("aac", 2)]
    assert (found.duration_ms, found.start_s) == (4000, Fraction(0))


def test_what_was_found_survives_storage_as_json(tmp_path: Path) -> None:
    found = probed("two_languages", tmp_path)

    assert Probe.from_json(json.loads(json.dumps(found.to_json()))) == found


@pytest.mark.parametrize(
    ("name", "size", "rotation"),
    [
        ("rotated", (180, 320), 90),
        ("portrait", (180, 320), 0),
        ("anamorphic", (427, 180), 0),
        ("sd_601", (640, 480), 0),
        ("odd_size", (321, 181), 0),
    ],
)
def test_the_size_is_the_one_a_person_sees(
    name: str, size: tuple[int, int], rotation: int, tmp_path: Path
) -> None:
    video = video_of(name, tmp_path)

    assert (video.width, video.height) == size
    assert video.rotation == rotation


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("numbered_ntsc", (Fraction(30000, 1001), False)),
        ("fast_120", (Fraction(60), False)),
        ("vfr", (Fraction(30), True)),
        ("one_frame", (Fraction(30), False)),
        ("interlaced", (Fraction(25), False)),
    ],
)
def test_the_frame_rate_comes_from_packets(
    name: str, expected: tuple[Fraction, bool], tmp_path: Path
) -> None:
    video = video_of(name, tmp_path)

    assert (video.fps, video.vfr) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("plain", ("", "bt709", False)),
        ("pq", ("pq", "smpte2084", False)),
        ("hlg", ("hlg", "arib-std-b67", False)),
        ("full_range", ("", "bt709", True)),
        ("sd_601", ("", "smpte170m", False)),
    ],
)
def test_colour_is_read_from_frames(
    name: str, expected: tuple[str, str, bool], tmp_path: Path
) -> None:
    video = video_of(name, tmp_path)

    assert (video.hdr, video.transfer, video.full_range) == expected


def test_fields_are_told_from_frames(tmp_path: Path) -> None:
    assert video_of("interlaced", tmp_path).interlaced
    assert not video_of("hd", tmp_path).interlaced


def test_open_groups_are_told_from_closed_ones(tmp_path: Path) -> None:
    assert video_of("open_gop", tmp_path).closed_gop is False
    assert video_of("plain", tmp_path).closed_gop is True


@pytest.mark.parametrize(
    ("name", "duration_ms"),
    [("long", 60_000), ("fragmented", 60_000), ("no_index", 60_000), ("one_keyframe", 12_000)],
)
def test_the_end_is_found_wherever_it_is(name: str, duration_ms: int, tmp_path: Path) -> None:
    assert probed(name, tmp_path).duration_ms == pytest.approx(duration_ms, abs=FRAME_MS)


def test_time_begins_with_the_first_packet(tmp_path: Path) -> None:
    found = probed("late_start", tmp_path)

    assert found.start_s > 95_000
    assert found.duration_ms == pytest.approx(4000, abs=FRAME_MS)


def test_audio_that_begins_late_is_not_moved(tmp_path: Path) -> None:
    found = probed("late_audio", tmp_path)

    assert found.start_s == 0
    assert float(found.audios[0].start_s) == pytest.approx(LATE_AUDIO_S, abs=AAC_PRIMING_S)


def test_the_better_of_two_videos_is_chosen(tmp_path: Path) -> None:
    video = video_of("two_videos", tmp_path)

    assert (video.index, video.width) == (2, 320)


def test_every_language_is_kept(tmp_path: Path) -> None:
    audios = probed("two_languages", tmp_path).audios

    assert [audio.language for audio in audios] == ["en", "fr"]
    assert audios[1].title == JOINED


@pytest.mark.parametrize("name", ["audio_only", "cover_art"])
def test_a_cover_is_not_a_video(name: str, tmp_path: Path) -> None:
    found = probed(name, tmp_path)

    assert found.video is None
    assert len(found.audios) == 1


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.touch()

    assert refusal(source, tmp_path) == RefusalCode.EMPTY


def test_text_is_not_media(tmp_path: Path) -> None:
    source = tmp_path / "source.mp4"
    source.write_text("<!doctype html><script>alert(1)</script>" * 100)

    assert refusal(source, tmp_path) == RefusalCode.NOT_MEDIA


def test_a_cut_upload_without_its_index_is_named_truncated(tmp_path: Path) -> None:
    source = truncated("pq", 0.5, tmp_path)

    assert refusal(source, tmp_path) == RefusalCode.TRUNCATED


def test_a_cut_upload_with_its_index_has_its_true_length(tmp_path: Path) -> None:
    source = truncated("long", 0.5, tmp_path)

    assert 25_000 < source_probe(source, folder=tmp_path).duration_ms < 35_000


@pytest.mark.parametrize(
    "text",
    [
        "#EXTM3U\n#EXTINF:4,\nother.mp4\n#EXT-X-ENDLIST\n",
        "\ufeff#EXTM3U\n#EXTINF:4,\nhttp://127.0.0.1/other.mp4\n",
        "ffconcat version 1.0\nfile other.mp4\n",
        '<?xml version="1.0"?><MPD></MPD>',
    ],
)
def test_a_list_of_other_files_is_refused_whatever_its_name(text: str, tmp_path: Path) -> None:
    source = tmp_path / "source.mp4"
    source.write_text(text)

    assert refusal(source, tmp_path) == RefusalCode.PLAYLIST


@pytest.mark.skipif(not confinement_report()["landlock"], reason="this kernel has no Landlock")
def test_even_a_program_told_to_follow_a_list_cannot_read_beside_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "job"
    folder.mkdir()
    other = tmp_path / "other.mp4"
    other.write_bytes(clip("plain").read_bytes())
    listed = folder / "source.txt"
    listed.write_text(f"ffconcat version 1.0\nfile {other}\n")
    reading = ("-f", "concat", "-safe", "0", "-i", str(listed), "-c", "copy", "-f", "null", "-")
    argv = [str(ffmpeg_path()), "-v", "error", *reading]

    with pytest.raises(ProcessError) as caught:
        run(argv, sandbox=Sandbox(folder), limits=LIMITS)

    assert "Permission denied" in caught.value.tail
    run(argv, sandbox=Sandbox(folder, readable=(other,)), limits=LIMITS)
