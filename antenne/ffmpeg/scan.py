"""Read every packet of a source: its exact length, its key frames and its highest rate."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

from antenne.ffmpeg.ffprobe import SCAN_LIMITS, packets_scan
from antenne.ffmpeg.packets import Packet
from antenne.ffmpeg.probe import Probe
from antenne.ffmpeg.refusals import RefusalCode, SourceRefused
from antenne.processes.runner import Limits, ProcessError

PEAK_WINDOW_S = 1
LAST_PACKET_MOST_MS = 100


@dataclass(frozen=True)
class Scan:
    """What all packets say.

    `duration_ms` counts from the probe's `start_s`; `keyframes_s` are times on the source's own
    clock, ascending; `peak_bps` is the video's highest rate over any one second.
    """

    duration_ms: int
    keyframes_s: tuple[Fraction, ...]
    frames: int
    max_gop_s: Fraction
    damaged: bool
    peak_bps: int

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values; fractions become "numerator/denominator"."""
        return {
            "duration_ms": self.duration_ms,
            "keyframes_s": [f"{at.numerator}/{at.denominator}" for at in self.keyframes_s],
            "frames": self.frames,
            "max_gop_s": f"{self.max_gop_s.numerator}/{self.max_gop_s.denominator}",
            "damaged": self.damaged,
            "peak_bps": self.peak_bps,
        }

    @staticmethod
    def from_json(raw: dict[str, Any]) -> Scan:
        """Return the scan that `to_json` wrote; more keys do no harm."""
        return Scan(
            duration_ms=raw["duration_ms"],
            keyframes_s=tuple(Fraction(at) for at in raw["keyframes_s"]),
            frames=raw["frames"],
            max_gop_s=Fraction(raw["max_gop_s"]),
            damaged=raw["damaged"],
            peak_bps=raw["peak_bps"],
        )


@dataclass
class _Track:
    """What is gathered from one stream, packet by packet."""

    time_base: Fraction
    is_video: bool
    frames: int = 0
    last: int | None = None
    last_duration: int = 0
    before_last: int | None = None
    corrupt: bool = False
    keys: list[int] = field(default_factory=list)
    window: deque[tuple[int, int]] = field(default_factory=deque)
    window_bytes: int = 0
    peak_bytes: int = 0

    def add(self, packet: Packet) -> None:
        self.corrupt = self.corrupt or packet.corrupt
        if packet.shown:
            self._end_move(packet)
            self.frames += 1
        if self.is_video:
            self._rate_add(packet)
            if packet.key:
                self.keys.append(packet.pts)

    def end_s(self) -> Fraction | None:
        if self.last is None:
            return None
        usual = self.last - self.before_last if self.before_last is not None else 0
        lasting = self.last_duration if self.last_duration * 2 >= usual else usual
        return (self.last + lasting) * self.time_base

    def _end_move(self, packet: Packet) -> None:
        if self.last is None or packet.pts > self.last:
            self.before_last, self.last = self.last, packet.pts
            self.last_duration = packet.duration
        elif self.before_last is None or self.before_last < packet.pts < self.last:
            self.before_last = packet.pts

    def _rate_add(self, packet: Packet) -> None:
        self.window.append((packet.pts, packet.size_bytes))
        self.window_bytes += packet.size_bytes
        oldest = packet.pts - PEAK_WINDOW_S / self.time_base
        while self.window[0][0] <= oldest:
            self.window_bytes -= self.window.popleft()[1]
        self.peak_bytes = max(self.peak_bytes, self.window_bytes)


def source_scan(
    path: Path, *, folder: Path, probe: Probe, limits: Limits = SCAN_LIMITS, nice: int = 0
) -> Scan:
    """Read every packet of the chosen streams; raise SourceRefused if that takes too long."""
    tracks = {audio.index: _Track(audio.time_base, is_video=False) for audio in probe.audios}
    if probe.video is not None:
        tracks[probe.video.index] = _Track(probe.video.time_base, is_video=True)
    broken = False
    try:
        for index, packet in packets_scan(path, folder=folder, limits=limits, nice=nice):
            if index in tracks:
                tracks[index].add(packet)
    except ProcessError as error:
        if error.kind != "failed":
            raise SourceRefused(RefusalCode.TIMEOUT, str(error)) from error
        broken = True
    return _summary(probe, tracks, broken=broken)


def _summary(probe: Probe, tracks: dict[int, _Track], *, broken: bool) -> Scan:
    ends = [end for track in tracks.values() if (end := track.end_s()) is not None]
    if not ends:
        raise SourceRefused(RefusalCode.DAMAGED, "no packets")
    video = tracks[probe.video.index] if probe.video else None
    keys: tuple[Fraction, ...] = ()
    max_gop_s = Fraction(0)
    if video is not None:
        keys = tuple(at * video.time_base for at in sorted(video.keys))
        bounds = [*keys, video.end_s() or Fraction(0)]
        max_gop_s = max((after - before for before, after in pairwise(bounds)), default=Fraction(0))
    duration_ms = max(1, round((max(ends) - probe.start_s) * 1000))
    return Scan(
        duration_ms=_consistent(duration_ms, probe),
        keyframes_s=keys,
        frames=video.frames if video else 0,
        max_gop_s=max_gop_s,
        damaged=broken or any(track.corrupt for track in tracks.values()),
        peak_bps=video.peak_bytes * 8 // PEAK_WINDOW_S if video else 0,
    )


def _consistent(duration_ms: int, probe: Probe) -> int:
    """Keep the probe's end where it lies inside the last packet: an edit list may cut that.

    Ogg says when its streams end, and of most packets only what may be guessed.
    """
    if probe.container == "ogg":
        return min(duration_ms, probe.duration_ms)
    shorter = 0 < duration_ms - probe.duration_ms <= LAST_PACKET_MOST_MS
    return probe.duration_ms if shorter else duration_ms
