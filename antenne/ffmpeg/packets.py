"""What packets say: frame rate, first and last moment, groups of pictures. Pure arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil
from statistics import median

from antenne.ffmpeg.streams import Gop

FPS_MAX = Fraction(60)
FPS_LEAST = Fraction(5)
FPS_DEFAULT = Fraction(25)
_PLAIN_RATES = (5, 6, 8, 10, 12, 12.5, 15, 18, 20, 24, 25, 30, 48, 50, 60, 90, 100, 120, 240)
_TELEVISION_RATES = (24, 30, 60, 120)
FPS_STANDARD = (
    *(Fraction(rate) for rate in _PLAIN_RATES),
    *(Fraction(rate * 1000, 1001) for rate in _TELEVISION_RATES),
)
FPS_USUAL = tuple(fps for fps in FPS_STANDARD if 10 <= fps <= FPS_MAX)  # noqa: PLR2004
SNAP_SHARE = Fraction(6, 1000)
IRREGULAR_SHARE_MAX = 0.02


@dataclass(frozen=True)
class Packet:
    """One packet of one stream; times and duration count in the stream's time base."""

    pts: int
    duration: int
    size_bytes: int
    key: bool
    shown: bool
    corrupt: bool = False


@dataclass(frozen=True)
class Rate:
    """A frame rate that makes sense for the output, and whether the source keeps to one."""

    fps: Fraction
    vfr: bool


def shown_times(packets: Sequence[Packet]) -> list[int]:
    """Return the distinct times of the frames that a person sees, in order."""
    return sorted({packet.pts for packet in packets if packet.shown})


def rate_estimate(packets: Sequence[Packet], time_base: Fraction) -> Rate:
    """Estimate the frame rate from the distances between frames, never from headers."""
    times = shown_times(packets)
    steps = [later - earlier for earlier, later in pairwise(times)]
    if not steps:
        return Rate(_lone_frame_rate(packets, time_base), vfr=False)
    usual = median(steps)
    # A rounded clock (milliseconds in FLV and Matroska) moves a frame by up to one tick each side.
    slack = min(max(2.0, usual * 0.05), usual * 0.5)
    regular = [step for step in steps if abs(step - usual) <= slack]
    vfr = len(steps) - len(regular) > len(steps) * IRREGULAR_SHARE_MAX
    if vfr:
        quick = 1 / (sorted(steps)[len(steps) // 4] * time_base)
        return Rate(_grid_below(quick), vfr=True)
    return Rate(fps_tame(len(regular) / (sum(regular) * time_base)), vfr=False)


def fps_tame(fps: Fraction) -> Fraction:
    """Snap to a standard rate that is near, halve until at most 60, show slow frames repeatedly.

    An encoder needs a few frames in each segment to order them alike in all.
    """
    nearest = min(FPS_STANDARD, key=lambda standard: abs(standard - fps))
    if abs(nearest - fps) <= nearest * SNAP_SHARE:
        fps = nearest
    while fps > FPS_MAX:
        fps = FPS_MAX if fps > 1000 else fps / 2  # noqa: PLR2004 - a clock's rate, not a camera's
    return (fps * max(1, ceil(FPS_LEAST / fps))).limit_denominator(1001)


def _grid_below(fps: Fraction) -> Fraction:
    """Return the fastest usual rate that is not above one that is itself only a guess."""
    fitting = [usual for usual in FPS_USUAL if usual <= fps * Fraction(102, 100)]
    return max(fitting, default=FPS_USUAL[0])


def _lone_frame_rate(packets: Sequence[Packet], time_base: Fraction) -> Fraction:
    durations = [packet.duration for packet in packets if packet.duration > 0]
    if not durations:
        return FPS_DEFAULT
    fps = fps_tame(1 / (durations[0] * time_base))
    return fps if fps >= 1 else FPS_DEFAULT


def end_s(packets: Sequence[Packet], time_base: Fraction) -> Fraction | None:
    """Return the moment at which the last shown frame ends, in the source's own time."""
    times = shown_times(packets)
    if not times:
        return None
    steps = [later - earlier for earlier, later in pairwise(times)]
    usual = median(steps) if steps else 0
    last = max(packet.duration for packet in packets if packet.pts == times[-1] and packet.shown)
    # Some demuxers give one tick, or nothing, as the duration of a frame.
    lasting = last if last >= usual / 2 else usual
    return (times[-1] + Fraction(lasting)) * time_base


def start_s(packets: Sequence[Packet], time_base: Fraction) -> Fraction:
    """Return the moment of the first shown frame, in the source's own time."""
    times = shown_times(packets)
    return times[0] * time_base if times else Fraction(0)


def bit_rate_bps(packets: Sequence[Packet], time_base: Fraction) -> int:
    """Return the mean rate over these packets, 0 if they last no time."""
    until = end_s(packets, time_base)
    lasting = until - start_s(packets, time_base) if until is not None else Fraction(0)
    return int(sum(packet.size_bytes for packet in packets) * 8 / lasting) if lasting > 0 else 0


def gops(packets: Sequence[Packet], time_base: Fraction, *, to_the_end: bool) -> tuple[Gop, ...]:
    """Cut packets, in decoding order, into groups that begin with a key frame."""
    starts = [place for place, packet in enumerate(packets) if packet.key]
    groups = [packets[start:end] for start, end in zip(starts, [*starts[1:], None], strict=True)]
    made = []
    for number, group in enumerate(groups):
        begin = group[0].pts
        is_last = number == len(groups) - 1
        until = end_s(group, time_base) if is_last else groups[number + 1][0].pts * time_base
        made.append(
            Gop(
                start_s=begin * time_base,
                duration_s=max((until or Fraction(0)) - begin * time_base, Fraction(0)),
                frames=len(group),
                size_bytes=sum(packet.size_bytes for packet in group),
                complete=to_the_end or not is_last,
            )
        )
    return tuple(made)


def closed(packets: Sequence[Packet]) -> bool | None:
    """Tell whether no frame is shown before the key frame that it follows; None without any.

    A group is open when frames decoded after its key frame are shown before it: they lean on the
    group before, so a cut there breaks them.
    """
    key_pts: int | None = None
    for packet in packets:
        if packet.key:
            key_pts = packet.pts
        elif key_pts is not None and packet.pts < key_pts:
            return False
    return None if key_pts is None else True
