"""Posters in three sizes: of a moment of a video, or of an image that somebody brings."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from threading import Lock

from PIL import Image, ImageOps, UnidentifiedImageError

from antenne.ffmpeg.probe import Probe
from antenne.ffmpeg.refusals import RefusalCode, SourceRefused
from antenne.ffmpeg.stills import Job, Taking, stills_take
from antenne.processes.runner import ProcessError

LONGEST_PX = 1280
# As wide as most phones show a card at two pixels a point: a larger one would be loaded else.
SMALL_WIDTH_PX = 768
# As wide as a card beside others, or a row of a list, at one to two.
TINY_WIDTH_PX = 384
QUALITY = 84
SMALL_QUALITY = 74
TINY_QUALITY = 70
STILL_LIMIT_S = 30
# Where nothing decodes at a moment (the last one, a damaged one), earlier ones are tried.
EARLIER_MS = (0, 500, 2000, 8000)

IMAGE_MAX_BYTES = 5_000_000
IMAGE_MAX_PIXELS = 40_000_000
IMAGE_LEAST_PX = 64
IMAGE_FORMATS = ("JPEG", "PNG", "WEBP")
LANDSCAPE = Fraction(16, 9)
GROUND = "#15160f"
# Palettes are not: their numbers mean nothing between two colours.
_SCALED = frozenset({"L", "LA", "RGB", "RGBA"})
# A few kilobytes can be a picture of 160 MB: of two that are sent at once the second waits.
_ONE_AT_A_TIME = Lock()


class PosterRefused(Exception):
    """An image cannot be a poster; `reason` is `size`, `format` or `pixels`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Poster:
    """A JPEG of at most 1280 px on its longer side, for all; two WebP of it, for lists.

    They are at most 768 and 384 px wide.
    """

    full: bytes
    small: bytes
    tiny: bytes


def poster_of(picture: Image.Image) -> Poster:
    """Return an RGB picture as a poster; it is scaled down where it is larger, never up."""
    full = _within(picture, LONGEST_PX)
    return Poster(
        full=_saved(full, "JPEG", quality=QUALITY, optimize=True, progressive=True),
        small=_saved(_at_most(full, SMALL_WIDTH_PX), "WEBP", quality=SMALL_QUALITY, method=5),
        tiny=_saved(_at_most(full, TINY_WIDTH_PX), "WEBP", quality=TINY_QUALITY, method=5),
    )


def poster_at(path: Path, *, folder: Path, probe: Probe, at_ms: int, nice: int = 0) -> Poster:
    """Return the picture shown *at_ms* of the video's own time; raise SourceRefused if none is."""
    taking = Taking.within(Job(path, folder, nice), probe, LONGEST_PX, STILL_LIMIT_S)
    wished_ms = max(0, min(at_ms, probe.duration_ms - 1))
    for earlier_ms in EARLIER_MS:
        moment_ms = max(0, wished_ms - earlier_ms)
        with suppress(ProcessError):
            at_s = Fraction(moment_ms, 1000) if moment_ms else None
            for picture in stills_take(taking, 1, at_s=at_s):
                return poster_of(picture)
    raise SourceRefused(RefusalCode.DAMAGED, "no picture decodes")


def poster_read(data: bytes, *, shape: Fraction = LANDSCAPE) -> Poster:
    """Return an image file as a poster, cut in the middle to *shape* (width over height).

    It is decoded and written anew: nothing but its pixels is kept. Raises PosterRefused.
    """
    picture = _picture_read(data, LONGEST_PX)
    return poster_of(ImageOps.fit(picture, _cut_size(picture, shape), Image.Resampling.LANCZOS))


def picture_read(data: bytes, *, shape: Fraction, longest_px: int) -> bytes:
    """Return an image file as a WebP, cut in the middle to *shape*, read as a poster is.

    Raises PosterRefused.
    """
    picture = _picture_read(data, longest_px)
    size = _cut_size(picture, shape, longest_px)
    fitted = ImageOps.fit(picture, size, Image.Resampling.LANCZOS)
    return _saved(fitted, "WEBP", quality=QUALITY, method=5)


@dataclass(frozen=True)
class Photo:
    """A WebP in the shape it was brought in, and its size."""

    data: bytes
    width_px: int
    height_px: int


def photo_read(data: bytes, *, longest_px: int) -> Photo:
    """Return an image file whole, as a WebP, read as a poster is. Raises PosterRefused."""
    picture = _within(_picture_read(data, longest_px), longest_px)
    kept = _saved(picture, "WEBP", quality=QUALITY, method=4)
    return Photo(kept, picture.width, picture.height)


def _picture_read(data: bytes, longest_px: int) -> Image.Image:
    if not 0 < len(data) <= IMAGE_MAX_BYTES:
        raise PosterRefused("size")
    try:
        with _ONE_AT_A_TIME, Image.open(BytesIO(data), formats=IMAGE_FORMATS) as opened:
            _pixels_check(opened)
            opened.draft("RGB", (longest_px, longest_px))  # a JPEG is decoded no larger than needed
            _shrink(opened, longest_px)
            return _on_ground(ImageOps.exif_transpose(opened))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise PosterRefused("format") from error
    except Image.DecompressionBombError as error:
        raise PosterRefused("pixels") from error


def _pixels_check(picture: Image.Image) -> None:
    width, height = picture.size
    if min(width, height) < IMAGE_LEAST_PX or width * height > IMAGE_MAX_PIXELS:
        raise PosterRefused("pixels")


def _shrink(picture: Image.Image, longest_px: int) -> None:
    """Make a picture smaller in its place before it is copied, yet not so small that it shows."""
    least, enough = min(picture.size), 2 * longest_px
    if least > enough and picture.mode in _SCALED:
        width, height = (max(1, side * enough // least) for side in picture.size)
        picture.thumbnail((width, height), Image.Resampling.BOX, reducing_gap=None)


def _on_ground(picture: Image.Image) -> Image.Image:
    """Return a picture without transparency, over our ink."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    layered = picture.convert("RGBA")
    ground = Image.new("RGBA", layered.size, GROUND)
    return Image.alpha_composite(ground, layered).convert("RGB")


def _cut_size(
    picture: Image.Image, shape: Fraction, longest_px: int = LONGEST_PX
) -> tuple[int, int]:
    """Return the largest size of *shape* within a picture and within a poster."""
    longest = longest_px if shape >= 1 else longest_px * shape
    width = min(Fraction(picture.width), picture.height * shape, Fraction(longest))
    return max(2, round(width)), max(2, round(width / shape))


def _within(picture: Image.Image, longest_px: int) -> Image.Image:
    share = Fraction(longest_px, max(picture.size))
    if share >= 1:
        return picture
    size = (max(2, round(picture.width * share)), max(2, round(picture.height * share)))
    return picture.resize(size, Image.Resampling.LANCZOS)


def _at_most(picture: Image.Image, width_px: int) -> Image.Image:
    height_px = round(Fraction(picture.height, picture.width) * width_px)
    return _within(picture, max(width_px, height_px))


def _saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    into = BytesIO()
    picture.save(into, kind, **options)
    return into.getvalue()
