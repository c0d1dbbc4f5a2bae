"""Posters: of a moment, of an image that somebody brings, of sound alone."""

from __future__ import annotations

import subprocess  # noqa: TID251 - a bound on memory holds for a whole process
import sys
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageStat

from antenne.ffmpeg.posters import (
    IMAGE_MAX_BYTES,
    Poster,
    PosterRefused,
    poster_at,
    poster_of,
    poster_read,
)
from antenne.ffmpeg.probe import source_probe
from antenne.ffmpeg.refusals import RefusalCode, SourceRefused
from antenne.ffmpeg.waveform import sound_poster_make
from tests.clips import clip

PORTRAIT = Fraction(9, 16)


def image_of(
    size: tuple[int, int], kind: str = "JPEG", colour: str = "red", **more: object
) -> bytes:
    into = BytesIO()
    mode = "RGBA" if len(colour) == 9 else "RGB"
    Image.new(mode, size, colour).save(into, kind, **more)
    return into.getvalue()


def opened(data: bytes) -> Image.Image:
    picture = Image.open(BytesIO(data))
    picture.load()
    return picture


def sizes(poster: Poster) -> tuple[tuple[int, int], tuple[int, int]]:
    return opened(poster.full).size, opened(poster.small).size


def moment(name: str, at_ms: int, folder: Path) -> Image.Image:
    probe = source_probe(clip(name), folder=folder)
    return opened(poster_at(clip(name), folder=folder, probe=probe, at_ms=at_ms).full)


@pytest.mark.parametrize(
    ("size", "full", "small"),
    [
        ((1920, 1080), (1280, 720), (768, 432)),
        ((1080, 1920), (720, 1280), (720, 1280)),
        ((320, 240), (320, 240), (320, 240)),
    ],
)
def test_a_poster_has_two_sizes_and_is_never_enlarged(
    size: tuple[int, int], full: tuple[int, int], small: tuple[int, int]
) -> None:
    poster = poster_of(Image.new("RGB", size, "blue"))

    assert sizes(poster) == (full, small)
    assert (opened(poster.full).format, opened(poster.small).format) == ("JPEG", "WEBP")


@pytest.mark.ffmpeg
def test_a_moment_is_the_picture_shown_then(tmp_path: Path) -> None:
    before, after = (ImageStat.Stat(moment("cut", at, tmp_path)).mean for at in (0, 3500))

    assert before[2] - before[0] > 150
    assert after[0] - after[2] > 150


@pytest.mark.ffmpeg
def test_a_moment_past_the_end_is_the_last_picture(tmp_path: Path) -> None:
    assert ImageStat.Stat(moment("cut", 3_600_000, tmp_path)).mean[0] > 200


@pytest.mark.ffmpeg
def test_sound_alone_has_a_poster_and_silence_too(tmp_path: Path) -> None:
    source = clip("audio_only")
    probe = source_probe(source, folder=tmp_path)

    poster = sound_poster_make(source, folder=tmp_path, probe=probe)

    picture = opened(poster.full).convert("L")
    assert sizes(poster) == ((1280, 720), (768, 432))
    assert ImageStat.Stat(picture.crop((64, 380, 1216, 420))).mean[0] > 60
    assert ImageStat.Stat(picture.crop((0, 640, 1280, 720))).mean[0] < 40


@pytest.mark.ffmpeg
def test_without_sound_there_is_nothing_to_draw(tmp_path: Path) -> None:
    source = clip("no_audio")
    with pytest.raises(SourceRefused) as caught:
        sound_poster_make(source, folder=tmp_path, probe=source_probe(source, folder=tmp_path))

    assert caught.value.code == RefusalCode.NO_STREAMS


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(
    ("shape", "full"), [(Fraction(16, 9), (1280, 720)), (PORTRAIT, (720, 1280))]
)
def test_an_image_is_cut_to_the_shape_of_the_video(
    kind: str, shape: Fraction, full: tuple[int, int]
) -> None:
    poster = poster_read(image_of((2000, 2000), kind), shape=shape)

    assert opened(poster.full).size == full


def test_nothing_but_pixels_is_kept_and_they_stand_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010F] = "Camera of Alice"
    data = image_of((800, 450), exif=exif)

    poster = poster_read(data, shape=PORTRAIT)

    assert b"Camera" in data
    assert b"Camera" not in poster.full + poster.small
    assert not opened(poster.full).getexif()
    assert opened(poster.full).size == (450, 800)


def test_what_shines_through_stands_on_our_ground() -> None:
    poster = poster_read(image_of((400, 400), "PNG", "#ff000000"))

    assert max(ImageStat.Stat(opened(poster.full)).mean) < 40


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "size"),
        (b"x" * (IMAGE_MAX_BYTES + 1), "size"),
        (b"no image at all", "format"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "format"),
        (image_of((400, 400))[:900], "format"),
        (image_of((400, 400), "GIF"), "format"),
        (image_of((400, 400), "TIFF"), "format"),
        (image_of((20, 400)), "pixels"),
        (image_of((9000, 9000), "PNG"), "pixels"),
        (image_of((16000, 16000), "PNG"), "pixels"),
    ],
    ids=lambda value: f"{len(value)} bytes" if isinstance(value, bytes) else value,
)
def test_what_cannot_be_a_poster_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(PosterRefused) as caught:
        poster_read(data)

    assert caught.value.reason == reason


LITTLE_MEMORY = """
import resource, sys
from fractions import Fraction
from io import BytesIO
from PIL import Image
from antenne.ffmpeg.posters import picture_read
data = sys.stdin.buffer.read()
most = 700_000_000
resource.setrlimit(resource.RLIMIT_AS, (most, most))
made = picture_read(data, shape=Fraction(1), longest_px=320)
print(Image.open(BytesIO(made)).size)
"""


def test_a_large_picture_of_few_bytes_is_read_in_little_memory() -> None:
    data = image_of((6300, 6300), "PNG", "#0ac81e80")
    assert len(data) < 500_000

    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", LITTLE_MEMORY], input=data, capture_output=True, check=False
    )

    assert (done.stdout, done.stderr) == (b"(320, 320)\n", b"")
