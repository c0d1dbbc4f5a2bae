"""Sources whose clock jumps or is missing are given an even one.

Broadcast recordings are found by their packets; bare H.264 and HEVC have no timestamps at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Final

from antenne.ffmpeg.binaries import INPUT_OPTIONS, MEMORY_BYTES, ffmpeg_path
from antenne.ffmpeg.ffprobe import PROBE_LIMITS, packets_scan
from antenne.ffmpeg.packets import Packet, bit_rate_bps
from antenne.processes.runner import Limits, ProcessError, Sandbox, run

JUMPING_FORMATS: Final = frozenset({"mpegts", "mpeg"})
"""Formats made for broadcasts: clips joined byte by byte still play, each with its own clock."""
CLOCKLESS_FORMATS: Final = frozenset({"h264", "hevc"})
"""Bare coded pictures, one after the other."""
_PLAUSIBLE: Final = (Fraction(2, 3), Fraction(3, 2))
_PLAUSIBLE_S: Final = 2
_FORWARD_S: Final = 10
# Frames are decoded in another order than shown, but not by that much.
_BACK_S: Final = 1
_EVEN_LIMITS: Final = Limits(
    wall_s=3600, cpu_s=1800, memory_bytes=MEMORY_BYTES, file_bytes=64 * 1024**3
)


class Mending(StrEnum):
    """What a source needs to get an even clock."""

    COPY = "copy"
    COUNT = "count"
    DECODE = "decode"


class ClockJumps(Exception):
    """The timestamps of a source jump, or it has none; `clock_even` writes one that is even."""

    def __init__(self, mending: Mending = Mending.COPY) -> None:
        super().__init__(mending)
        self.mending = mending


_MENDING: Final[dict[Mending, tuple[str, ...]]] = {
    Mending.COPY: ("-map", "0:v?", "-map", "0:a?", "-c", "copy"),
    Mending.COUNT: ("-map", "0:v:0", "-c", "copy", "-bsf:v", "dts2pts"),
    # So fine that what is made of it looks as if made of the source.
    Mending.DECODE: (
        *("-map", "0:v:0", "-fps_mode", "passthrough"),
        *("-c:v", "libx264", "-preset", "ultrafast", "-crf", "12", "-g", "50"),
    ),
}


Head = Sequence[tuple[Sequence[Packet], Fraction]]


def length_is_plausible(duration_s: Fraction, size_bytes: int, head: Head) -> bool:
    """Say whether a file of this size may be as long as its last timestamp says.

    *head* holds the first packets of each stream, with its time base.
    """
    rate_bps = sum(bit_rate_bps(packets, time_base) for packets, time_base in head if packets)
    if not rate_bps:
        return True
    expected_s = Fraction(size_bytes * 8, rate_bps)
    if abs(duration_s - expected_s) <= _PLAUSIBLE_S:
        return True
    return expected_s * _PLAUSIBLE[0] <= duration_s <= expected_s * _PLAUSIBLE[1]


def clock_jumps(path: Path, *, folder: Path, index: int, time_base: Fraction) -> bool:
    """Say whether the timestamps of one stream jump; no, where reading them takes too long."""
    last: int | None = None
    try:
        for packet in _packets_of(path, folder, index):
            step_s = Fraction(0) if last is None else (packet.pts - last) * time_base
            if step_s > _FORWARD_S or step_s < -_BACK_S:
                return True
            last = packet.pts
    except ProcessError:
        return False
    return False


def _packets_of(path: Path, folder: Path, index: int) -> Iterator[Packet]:
    for number, packet in packets_scan(path, folder=folder, limits=PROBE_LIMITS):
        if number == index:
            yield packet


def clock_even(path: Path, into: Path, *, mending: Mending = Mending.COPY) -> None:
    """Write pictures and sounds of *path* to *into*, a Matroska file, with one even clock.

    Nothing is encoded but bare pictures that are coded in another order than they are shown in:
    the order is in none but the decoder's hands. Raises ProcessError.
    """
    argv = [
        *(str(ffmpeg_path()), "-nostdin", "-hide_banner", "-loglevel", "error", "-y"),
        *(*INPUT_OPTIONS, "-i", str(path), *_MENDING[mending]),
        *("-map_metadata", "-1", "-f", "matroska", str(into)),
    ]
    run(argv, sandbox=Sandbox(into.parent, readable=(path,)), limits=_EVEN_LIMITS)
