"""Take single pictures out of a video: upright, square pixels, in the colours of a screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from PIL import Image

from antenne.ffmpeg.binaries import DECODE_OPTIONS, MEMORY_BYTES, ffmpeg_path
from antenne.ffmpeg.filters import picture_chain, seconds
from antenne.ffmpeg.probe import Probe, VideoStream
from antenne.ffmpeg.refusals import RefusalCode, SourceRefused
from antenne.processes.runner import Limits, Sandbox, stream

BYTES_PER_PIXEL = 3


@dataclass(frozen=True)
class Job:
    """What to read, where to work, how much to yield to others."""

    path: Path
    folder: Path
    nice: int


@dataclass(frozen=True)
class Taking:
    """What to read, where to work, how large the pictures, how long it may take."""

    path: Path
    folder: Path
    video: VideoStream
    width_px: int
    height_px: int
    limit_s: int
    nice: int

    @staticmethod
    def within(job: Job, probe: Probe, longest_px: int, limit_s: int) -> Taking:
        """Return how to take pictures no longer than that; raise SourceRefused without video."""
        if probe.video is None:
            raise SourceRefused(RefusalCode.NO_STREAMS, "no video to take pictures from")
        size = size_within(probe.video, longest_px)
        return Taking(job.path, job.folder, probe.video, *size, limit_s, job.nice)


def size_within(video: VideoStream, longest_px: int) -> tuple[int, int]:
    """Return the displayed size, scaled down to at most *longest_px* on its longer side, even."""
    share = min(Fraction(1), Fraction(longest_px, max(video.width, video.height)))
    return _even(video.width * share), _even(video.height * share)


def stills_take(
    taking: Taking,
    most: int,
    *,
    at_s: Fraction | None,
    reading: Sequence[str] = (),
    chain: str = "",
) -> Iterator[Image.Image]:
    """Yield up to *most* RGB pictures decoded from *at_s* on (None: the start of the file).

    *reading* are options before the input, *chain* filters before those that make the picture.
    Raises ProcessError at a limit or where nothing decodes.
    """
    seek = () if at_s is None else ("-ss", seconds(at_s))
    picture = picture_chain(taking.video, taking.width_px, taking.height_px)
    # One field is a whole moment; both together would show combs.
    fields = ["field=top"] if taking.video.interlaced else []
    graph = ",".join([*filter(None, [chain]), *fields, *picture, "format=rgb24"])
    argv = [
        *(str(ffmpeg_path()), "-hide_banner", "-nostdin", "-nostats", "-v", "error"),
        *("-threads", "2", *reading, *DECODE_OPTIONS, *seek, "-i", str(taking.path)),
        *("-map", f"0:{taking.video.index}", "-vf", graph, "-fps_mode", "passthrough"),
        *("-frames:v", str(most)),
        *("-f", "rawvideo", "pipe:3"),
    ]
    limits = Limits(4 * taking.limit_s, taking.limit_s, MEMORY_BYTES, file_bytes=1)
    sandbox = Sandbox(taking.folder, (taking.path,), taking.nice)
    size = (taking.width_px, taking.height_px)
    with stream(argv, sandbox=sandbox, limits=limits, outputs=1) as running:
        while data := running.pipes[0].read(size[0] * size[1] * BYTES_PER_PIXEL):
            yield Image.frombytes("RGB", size, data)
        running.wait()


def _even(pixels: Fraction) -> int:
    return max(2, round(pixels / 2) * 2)
