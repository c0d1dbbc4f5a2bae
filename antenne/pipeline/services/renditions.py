"""Renditions of the picture and the units that make them, as a plan names them."""

from __future__ import annotations

from typing import Final

from antenne.ffmpeg.ladder import Rung
from antenne.ffmpeg.plan import Unit as Span
from antenne.pipeline.models import Rendition, Stream
from antenne.pipeline.plans import rung_to_json
from antenne.pipeline.services.units import unit_add
from antenne.pipeline.states import UnitKind, Wave

# The beginning of a video comes first, but a long one does not wait for ever.
_LATER_MOST: Final = 20


def picture_add(*, stream: Stream, rung: Rung, wave: Wave, name: str) -> Rendition:
    """Name a rung of a stream that is to be encoded."""
    return Rendition.objects.create(
        stream=stream,
        name=name,
        label=rung.name,
        kind="video",
        wave=wave,
        rung=rung_to_json(rung),
        width_px=rung.width,
        height_px=rung.height,
        frame_rate=str(rung.fps),
        cap_bps=rung.maxrate_bps,
    )


def span_add(*, stream: Stream, unit: Span, wave: Wave, priority: int, track: int = 0) -> None:
    """Plan the encoding of a span of pictures; the first spans come before the later ones."""
    unit_add(
        stream=stream,
        kind=UnitKind.VIDEO,
        wave=wave,
        priority=priority - min(unit.index, _LATER_MOST),
        track=track,
        index=unit.index,
        start_frame=unit.start_frame,
        frames=unit.frames,
    )
