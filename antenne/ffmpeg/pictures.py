"""Poster, storyboard and preview of a video, as bytes; and what else is said in few of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO
from itertools import islice
from pathlib import Path

from PIL import Image, ImageFilter, ImageStat

from antenne.ffmpeg.filters import seconds
from antenne.ffmpeg.loudness import Loudness, loudness_measure
from antenne.ffmpeg.posters import LONGEST_PX, STILL_LIMIT_S, Poster, poster_of
from antenne.ffmpeg.probe import Probe
from antenne.ffmpeg.refusals import RefusalCode, SourceRefused
from antenne.ffmpeg.stills import Job, Taking, stills_take
from antenne.ffmpeg.thumbhash import thumbhash
from antenne.processes.runner import ProcessError

__all__ = [
    "Loudness",
    "Storyboard",
    "loudness_measure",
    "poster_make",
    "preview_make",
    "storyboard_make",
    "thumbhash",
]

POSTER_CANDIDATES = 8

TILE_LONGEST_PX = 160
TILES_ACROSS = TILES_DOWN = 5
SPRITE_QUALITY = 72
INTERVALS_S = ((120, 1), (600, 2), (3600, 5))
INTERVAL_MOST_S = 10
STORYBOARD_LIMIT_S = 3600

PREVIEW_LONGEST_PX = 320
PREVIEW_FPS = 10
PREVIEW_PARTS = 3
PREVIEW_PART_FRAMES = 10
PREVIEW_QUALITY = 55

QUICK = ("-skip_loop_filter", "all", "-skip_frame", "noref")
JUDGED_LONGEST_PX = 320
DARK_LEVEL = 24
FLAT_DEVIATION = 10
EDGES = ImageFilter.Kernel((3, 3), (0, 1, 0, 1, -4, 1, 0, 1, 0), scale=1, offset=128)


@dataclass(frozen=True)
class Storyboard:
    """Sprites of 5 x 5 tiles as (name, WebP), and the WebVTT that says which tile when."""

    sprites: tuple[tuple[str, bytes], ...]
    vtt: str


def poster_make(path: Path, *, folder: Path, probe: Probe, nice: int = 0) -> Poster:
    """Return the sharpest of some moments that is not black or blank."""
    taking = Taking.within(Job(path, folder, nice), probe, LONGEST_PX, STILL_LIMIT_S)
    found = _poster_candidates(taking, probe)
    if not found:
        raise SourceRefused(RefusalCode.DAMAGED, "no picture decodes")
    return poster_of(max(found, key=_worth))


def storyboard_make(
    path: Path, *, folder: Path, probe: Probe, max_gop_s: Fraction | None = None, nice: int = 0
) -> Storyboard:
    """Return a picture every 1, 2, 5 or 10 seconds by length, tiled.

    Key frames alone are decoded where they are as frequent as the tiles; *max_gop_s* (of a scan)
    tells, else the first groups of the probe.
    """
    interval_s = interval_for(probe.duration_ms)
    taking = Taking.within(Job(path, folder, nice), probe, TILE_LONGEST_PX, STORYBOARD_LIMIT_S)
    gop_s = max_gop_s or max((gop.duration_s for gop in probe.first_gops), default=Fraction(0))
    reading = (*QUICK, "-skip_frame", "nokey") if gop_s <= interval_s else QUICK
    count = max(1, -(-probe.duration_ms // (interval_s * 1000)))
    # A tile shows what plays when it begins; the first picture stands for what is before it.
    late_s = taking.video.start_s - probe.start_s
    chain = f"setpts=PTS-STARTPTS+{seconds(late_s)}/TB,fps=fps=1/{interval_s}:start_time=0:round=up"
    tiles = _tiles(stills_take(taking, count, at_s=None, reading=reading, chain=chain), count)
    size = (taking.width_px, taking.height_px)
    sprites = tuple(
        (f"storyboard-{number}.webp", _sprite(batch, size))
        for number, batch in enumerate(_batches(tiles, TILES_ACROSS * TILES_DOWN))
    )
    vtt = _storyboard_vtt(probe.duration_ms, interval_s, size, len(sprites))
    return Storyboard(sprites, vtt)


def preview_make(path: Path, *, folder: Path, probe: Probe, nice: int = 0) -> bytes:
    """Return an animated WebP of about three seconds from three places of the video."""
    taking = Taking.within(Job(path, folder, nice), probe, PREVIEW_LONGEST_PX, STILL_LIMIT_S)
    part_ms = PREVIEW_PART_FRAMES * 1000 // PREVIEW_FPS
    chain = f"fps=fps={PREVIEW_FPS}:round=up"
    if probe.duration_ms < 2 * PREVIEW_PARTS * part_ms:
        most = PREVIEW_PARTS * PREVIEW_PART_FRAMES
        frames = _taken(taking, most, at_s=None, reading=QUICK, chain=chain)
    else:
        places = [Fraction(probe.duration_ms * part, 4000) for part in range(1, PREVIEW_PARTS + 1)]
        frames = [
            frame
            for at_s in places
            for frame in _taken(taking, PREVIEW_PART_FRAMES, at_s=at_s, reading=QUICK, chain=chain)
        ]
    frames = frames or _taken(taking, 1, at_s=None)
    if not frames:
        raise SourceRefused(RefusalCode.DAMAGED, "no picture decodes")
    moving = {"append_images": frames[1:], "duration": 1000 // PREVIEW_FPS, "loop": 0}
    return _saved(frames[0], "WEBP", save_all=True, quality=PREVIEW_QUALITY, method=0, **moving)


def interval_for(duration_ms: int) -> int:
    """Return the seconds between two pictures of a storyboard."""
    fitting = (interval_s for most_s, interval_s in INTERVALS_S if duration_ms <= most_s * 1000)
    return next(fitting, INTERVAL_MOST_S)


def _poster_candidates(taking: Taking, probe: Probe) -> list[Image.Image]:
    """Return the key frames nearest to moments spread over the video; the first frame if none."""
    reading = ("-noaccurate_seek", "-skip_frame", "nokey")
    count = min(POSTER_CANDIDATES, 2 + probe.duration_ms // 2000)
    step = Fraction(probe.duration_ms, 1000 * count)
    found = []
    for number in range(count):
        found += _taken(taking, 1, at_s=step * number or None, reading=reading)
    return found or _taken(taking, 1, at_s=None)


def _taken(
    taking: Taking,
    most: int,
    *,
    at_s: Fraction | None,
    reading: Sequence[str] = (),
    chain: str = "",
) -> list[Image.Image]:
    """Return what decodes; damage after that, or all of it, is no fault of a picture."""
    found = []
    with suppress(ProcessError):
        for picture in stills_take(taking, most, at_s=at_s, reading=reading, chain=chain):
            found.append(picture)  # noqa: PERF402 - what came before a fault is kept
    return found


def _worth(picture: Image.Image) -> float:
    """Return how much detail a picture shows; black and blank ones come last."""
    judged = picture.convert("L")
    judged.thumbnail((JUDGED_LONGEST_PX, JUDGED_LONGEST_PX))
    levels = ImageStat.Stat(judged)
    sharpness = ImageStat.Stat(judged.filter(EDGES)).var[0]
    if levels.mean[0] < DARK_LEVEL or levels.stddev[0] < FLAT_DEVIATION:
        return -1 / (1 + sharpness + levels.mean[0])
    return sharpness


def _tiles(pictures: Iterator[Image.Image], count: int) -> Iterator[Image.Image]:
    """Yield exactly *count* pictures; the last one stands for what did not decode."""
    last: Image.Image | None = None
    made = 0
    with suppress(ProcessError):
        for picture in islice(pictures, count):
            last, made = picture, made + 1
            yield picture
    if last is None:
        raise SourceRefused(RefusalCode.DAMAGED, "no picture decodes")
    for _ in range(count - made):
        yield last


def _batches(tiles: Iterator[Image.Image], size: int) -> Iterator[list[Image.Image]]:
    while batch := list(islice(tiles, size)):
        yield batch


def _sprite(tiles: list[Image.Image], size: tuple[int, int]) -> bytes:
    width, height = size
    rows = -(-len(tiles) // TILES_ACROSS)
    sheet = Image.new("RGB", (width * min(len(tiles), TILES_ACROSS), height * rows))
    for place, tile in enumerate(tiles):
        sheet.paste(tile, (place % TILES_ACROSS * width, place // TILES_ACROSS * height))
    return _saved(sheet, "WEBP", quality=SPRITE_QUALITY, method=3)


def _storyboard_vtt(duration_ms: int, interval_s: int, size: tuple[int, int], sprites: int) -> str:
    lines = ["WEBVTT", ""]
    per_sprite = TILES_ACROSS * TILES_DOWN
    width, height = size
    for number in range(-(-duration_ms // (interval_s * 1000))):
        begin_ms = number * interval_s * 1000
        end_ms = min(begin_ms + interval_s * 1000, duration_ms)
        sprite = min(number // per_sprite, sprites - 1)
        place = number % per_sprite
        x, y = place % TILES_ACROSS * width, place // TILES_ACROSS * height
        lines.append(f"{_stamp(begin_ms)} --> {_stamp(end_ms)}")
        lines += [f"storyboard-{sprite}.webp#xywh={x},{y},{width},{height}", ""]
    return "\n".join(lines)


def _stamp(at_ms: int) -> str:
    at_s, milliseconds = divmod(at_ms, 1000)
    minutes, seconds = divmod(at_s, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}.{milliseconds:03}"


def _saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    into = BytesIO()
    picture.save(into, kind, **options)
    return into.getvalue()
