"""Posters, storyboards and previews show the video; loudness is what people hear."""

from __future__ import annotations

import base64
import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageStat

from antenne.ffmpeg.pictures import (
    Loudness,
    Storyboard,
    interval_for,
    loudness_measure,
    poster_make,
    preview_make,
    storyboard_make,
    thumbhash,
)
from antenne.ffmpeg.probe import source_probe
from antenne.ffmpeg.refusals import RefusalCode, SourceRefused
from tests.clips import clip, truncated

pytestmark = pytest.mark.ffmpeg

LOUDNESS_TOLERANCE_LU = 0.5
A_TWENTIETH_DB = 26.0


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def poster(name: str, folder: Path) -> Image.Image:
    probe = source_probe(clip(name), folder=folder)
    return opened(poster_make(clip(name), folder=folder, probe=probe).full)


def storyboard(name: str, folder: Path) -> Storyboard:
    return storyboard_make(clip(name), folder=folder, probe=source_probe(clip(name), folder=folder))


def loudness(name: str, folder: Path) -> Loudness:
    probe = source_probe(clip(name), folder=folder)
    return loudness_measure(clip(name), folder=folder, probe=probe, audio=probe.audios[0])


def colour(picture: Image.Image) -> tuple[float, ...]:
    return tuple(ImageStat.Stat(picture.convert("RGB")).mean)


def test_the_poster_is_not_the_black_beginning(tmp_path: Path) -> None:
    assert ImageStat.Stat(poster("black_start", tmp_path).convert("L")).mean[0] > 60


@pytest.mark.parametrize(
    ("name", "size"),
    [("rotated", (180, 320)), ("anamorphic", (428, 180)), ("hlg", (640, 360)), ("hd", (1280, 720))],
)
def test_the_poster_has_the_shape_a_person_sees(
    name: str, size: tuple[int, int], tmp_path: Path
) -> None:
    assert poster(name, tmp_path).size == size


def test_one_frame_is_enough_for_every_picture(tmp_path: Path) -> None:
    source = clip("one_frame")
    probe = source_probe(source, folder=tmp_path)

    assert poster("one_frame", tmp_path).size == (320, 180)
    assert len(storyboard("one_frame", tmp_path).sprites) == 1
    assert opened(preview_make(source, folder=tmp_path, probe=probe)).size == (320, 180)


def test_what_has_no_pictures_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceRefused) as caught:
        poster("audio_only", tmp_path)

    assert caught.value.code == RefusalCode.NO_STREAMS


def test_a_storyboard_names_a_tile_for_every_second(tmp_path: Path) -> None:
    board = storyboard("long", tmp_path)

    cues = re.findall(r"(\S+) --> (\S+)\n(\S+)#xywh=(\d+),(\d+),(\d+),(\d+)", board.vtt)
    assert board.vtt.startswith("WEBVTT\n")
    assert len(cues) == 60
    assert cues[0] == ("00:00:00.000", "00:00:01.000", "storyboard-0.webp", "0", "0", "160", "90")
    assert cues[31] == (
        *("00:00:31.000", "00:00:32.000"),
        *("storyboard-1.webp", "160", "90", "160", "90"),
    )
    assert [opened(data).size for _, data in board.sprites] == [(800, 450), (800, 450), (800, 180)]


def test_a_tile_shows_what_plays_at_its_time(tmp_path: Path) -> None:
    sprite = opened(storyboard("cut", tmp_path).sprites[0][1])

    tiles = [colour(sprite.crop((place * 160, 0, place * 160 + 160, 90))) for place in range(4)]
    blue = [red < 40 and blue > 200 for red, _, blue in tiles]
    assert blue == [True, False, False, False]


def test_portrait_tiles_are_upright(tmp_path: Path) -> None:
    board = storyboard("rotated", tmp_path)

    assert "storyboard-0.webp#xywh=0,0,90,160" in board.vtt


@pytest.mark.parametrize(("minutes", "interval_s"), [(1, 1), (5, 2), (30, 5), (180, 10)])
def test_longer_videos_have_sparser_storyboards(minutes: int, interval_s: int) -> None:
    assert interval_for(minutes * 60_000) == interval_s


def test_the_preview_lasts_about_three_seconds(tmp_path: Path) -> None:
    probe = source_probe(clip("long"), folder=tmp_path)

    preview = opened(preview_make(clip("long"), folder=tmp_path, probe=probe))

    assert 25 <= getattr(preview, "n_frames", 1) <= 30
    assert preview.size == (320, 180)


def test_half_a_file_still_has_pictures_for_its_whole_length(tmp_path: Path) -> None:
    source = truncated("long", 0.5, tmp_path)
    probe = source_probe(source, folder=tmp_path)

    board = storyboard_make(source, folder=tmp_path, probe=probe)

    assert board.vtt.count("-->") == -(-probe.duration_ms // 1000)


def test_a_thumbhash_carries_the_mean_colour() -> None:
    into = BytesIO()
    Image.new("RGB", (160, 90), (255, 0, 0)).save(into, "PNG")

    found = base64.b64decode(thumbhash(into.getvalue()))

    header = int.from_bytes(found[:3], "little")
    brightness, yellow, reddish = header & 63, header >> 6 & 63, header >> 12 & 63
    assert (brightness, yellow, reddish) == (21, 47, 63)
    assert found[4] >> 7 == 1


def test_a_tone_is_as_loud_as_it_should_be(tmp_path: Path) -> None:
    plain, quiet = loudness("plain", tmp_path), loudness("quiet", tmp_path)

    assert plain.integrated_lufs == pytest.approx(-21.8, abs=LOUDNESS_TOLERANCE_LU)
    assert plain.true_peak_dbtp == pytest.approx(-20.9, abs=LOUDNESS_TOLERANCE_LU)
    assert plain.integrated_lufs - quiet.integrated_lufs == pytest.approx(
        A_TWENTIETH_DB, abs=LOUDNESS_TOLERANCE_LU
    )


def test_silence_is_measured_as_silence(tmp_path: Path) -> None:
    found = loudness("silent", tmp_path)

    assert found.integrated_lufs <= -70
    assert found.true_peak_dbtp < -80
