"""The picture of something that has only sound: its loudness from beginning to end, as bars."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

from antenne.ffmpeg.binaries import INPUT_OPTIONS, MEMORY_BYTES, ffmpeg_path
from antenne.ffmpeg.posters import GROUND, Poster, poster_of
from antenne.ffmpeg.probe import Probe
from antenne.ffmpeg.refusals import RefusalCode, SourceRefused
from antenne.processes.runner import Limits, ProcessError, Sandbox, run

WIDTH_PX, HEIGHT_PX = 1280, 720
BARS = 96
LEVELS = 256
PAPER = "#f0f0e8"
ACCENT = "#ff6c3f"
MARGIN_PX = 64
MIDDLE_PX = 400
TALLEST_PX = 400
BAR_SHARE = 0.56
LEAST_PX = 6
OVERSAMPLING = 2
SLOWEST_SPEED = 10
START_S = 30
# The mark in its own grid of 32: two arcs about one centre, and the dot in it.
MARK_PX = 88
MARK_AT_PX = (MARGIN_PX - 8, 48)
MARK_GRID = 32
MARK_CENTRE = (16, 22)
MARK_RADII = (6, 12.5)
MARK_STROKE = 3
MARK_DOT = 2.75


def sound_poster_make(path: Path, *, folder: Path, probe: Probe, nice: int = 0) -> Poster:
    """Return a poster of the first sound track; raise SourceRefused where none decodes."""
    if not probe.audios:
        raise SourceRefused(RefusalCode.NO_STREAMS, "no sound to draw")
    return poster_of(_drawn(_levels(path, folder=folder, probe=probe, nice=nice)))


def _levels(path: Path, *, folder: Path, probe: Probe, nice: int) -> list[float]:
    """Return how loud each of the bars' shares of the track gets, from 0 to 1 of its loudest."""
    chain = (
        "aresample=8000:out_chlayout=mono,"
        f"showwavespic=size={BARS}x{LEVELS}:split_channels=0:scale=sqrt:draw=full:colors=white,"
        "format=gray"
    )
    argv = [
        *(str(ffmpeg_path()), "-hide_banner", "-nostdin", "-nostats", "-v", "error"),
        *(*INPUT_OPTIONS, "-vn", "-sn", "-dn", "-i", str(path)),
        *("-filter_complex", f"[0:{probe.audios[0].index}]{chain}[picture]"),
        *("-map", "[picture]", "-frames:v", "1", "-f", "rawvideo", "pipe:1"),
    ]
    most_s = START_S + probe.duration_ms // 1000 // SLOWEST_SPEED
    limits = Limits(wall_s=4 * most_s, cpu_s=most_s, memory_bytes=MEMORY_BYTES, file_bytes=1)
    try:
        data = run(argv, sandbox=Sandbox(folder, (path,), nice), limits=limits).stdout
    except ProcessError as error:
        raise SourceRefused(RefusalCode.DAMAGED, str(error)) from error
    if len(data) != BARS * LEVELS:
        raise SourceRefused(RefusalCode.DAMAGED, "no sound decodes")
    heights = [sum(1 for value in data[bar::BARS] if value) for bar in range(BARS)]
    loudest = max(*heights, 1)
    return [height / loudest for height in heights]


def _drawn(levels: list[float]) -> Image.Image:
    """Return the bars and the mark, drawn large and scaled down so that edges are smooth."""
    size = (WIDTH_PX * OVERSAMPLING, HEIGHT_PX * OVERSAMPLING)
    picture = Image.new("RGB", size, GROUND)
    draw = ImageDraw.Draw(picture)
    step = (WIDTH_PX - 2 * MARGIN_PX) / len(levels)
    width = step * BAR_SHARE
    for number, level in enumerate(levels):
        left = MARGIN_PX + number * step
        half = max(LEAST_PX, level * TALLEST_PX) / 2
        box = _scaled(left, MIDDLE_PX - half, left + width, MIDDLE_PX + half)
        draw.rounded_rectangle(box, radius=width / 2 * OVERSAMPLING, fill=PAPER)
    _mark_draw(draw)
    return picture.resize((WIDTH_PX, HEIGHT_PX), Image.Resampling.LANCZOS)


def _mark_draw(draw: ImageDraw.ImageDraw) -> None:
    unit = MARK_PX / MARK_GRID
    x, y = (at + unit * centre for at, centre in zip(MARK_AT_PX, MARK_CENTRE, strict=True))
    for grid_radius in MARK_RADII:
        radius = unit * (grid_radius + MARK_STROKE / 2)
        box = _scaled(x - radius, y - radius, x + radius, y + radius)
        draw.arc(box, 180, 360, fill=PAPER, width=round(unit * MARK_STROKE * OVERSAMPLING))
    dot = unit * MARK_DOT
    draw.ellipse(_scaled(x - dot, y - dot, x + dot, y + dot), fill=ACCENT)


def _scaled(*places_px: float) -> tuple[float, float, float, float]:
    left, top, right, bottom = (place * OVERSAMPLING for place in places_px)
    return left, top, right, bottom
