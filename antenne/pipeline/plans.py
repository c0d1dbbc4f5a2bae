"""What a stream's plan holds, between JSON in its row and values, as pure functions."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import asdict, fields
from fractions import Fraction
from typing import Any, Final

from antenne.ffmpeg.filters import timeline_zero_s
from antenne.ffmpeg.ladder import Rung
from antenne.ffmpeg.probe import Probe
from antenne.ffmpeg.scan import Scan
from antenne.pipeline.models import Stream, Upload
from antenne.pipeline.states import Wave

# Segments planned beyond the provisional end, where the last unit runs to the real one.
_BEYOND_SEGMENTS: Final = 30
# Longer than nearly every group of pictures.
_BLIND_S: Final = 12


def rung_to_json(rung: Rung) -> dict[str, Any]:
    """Return a rung as plain JSON values."""
    return {**asdict(rung), "fps": str(rung.fps)}


def rung_of(raw: dict[str, Any]) -> Rung:
    """Return the rung that `rung_to_json` wrote, without what a row adds to it."""
    named = {field.name: raw[field.name] for field in fields(Rung) if field.name in raw}
    return Rung(**{**named, "fps": Fraction(raw["fps"])})


def segment_starts(stream: Stream, *, wave: str, start: int, frames: int) -> tuple[int, ...]:
    """Return the frames within a span (to the end where *frames* is 0) that begin a segment."""
    listed: list[int] | None = None if wave == Wave.AIR else stream.plan.get("segment_starts")
    if listed is not None:
        end = bisect_left(listed, start + frames) if frames else len(listed)
        return tuple(listed[bisect_left(listed, start) : end])
    step = int(stream.plan["segment_frames"])
    fps = Fraction(stream.plan["fps"])
    whole = int(stream.duration_ms * fps / 1000) + _BEYOND_SEGMENTS * step
    return tuple(range(start, start + frames if frames else max(whole, start + 1), step))


def scan_of(upload: Upload) -> Scan | None:
    """Return what the survey of the source found, or None before it."""
    return Scan.from_json(upload.scan["packets"]) if upload.scan else None


def seek_blind_s(probe: Probe, at_s: Fraction) -> Fraction | None:
    """Return where decoding begins while no key frames are known: well before *at_s*.

    The answer is on the source's own clock; None is the beginning of the file.
    """
    before_s = at_s - _BLIND_S
    return timeline_zero_s(probe) + before_s if before_s > 0 else None
