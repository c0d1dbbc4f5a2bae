"""Sound tracks that people add to a video: planned on each stream that the video has."""

from __future__ import annotations

from typing import Final

from antenne.ffmpeg.probe import Probe
from antenne.pipeline.models import Dub, Rendition, Stream, Unit
from antenne.pipeline.ranges import Ranges
from antenne.pipeline.services.cuts import ranges_of
from antenne.pipeline.services.units import unit_add
from antenne.pipeline.states import DubState, RenditionState, UnitKind, Wave

# Tracks of the file itself come first in the menu.
FIRST_TRACK: Final = 1000
_CAP_BPS: Final = 160_000
_PRIORITY: Final = 70


def dubs_plan(stream: Stream) -> None:
    """Plan every added sound track that a stream has not got yet."""
    ready = Dub.objects.filter(video=stream.video_id, state=DubState.READY).order_by("pk")
    for dub in ready:
        dub_plan(stream, dub)


def dub_plan(stream: Stream, dub: Dub) -> None:
    """Plan one added sound track on a stream; planning it twice adds nothing."""
    there = Rendition.objects.filter(stream=stream, kind="audio")
    if there.filter(rung__dub=str(dub.pk)).exists():
        return
    used = [row.rung.get("track", 0) for row in there]
    track = max([FIRST_TRACK - 1, *used]) + 1
    Rendition.objects.create(
        stream=stream,
        name=f"dub-{dub.pk.hex[-12:]}",
        label=dub.label,
        kind="audio",
        wave=Wave.REST,
        rung={"track": track, "dub": str(dub.pk)},
        language=dub.language,
        cap_bps=_CAP_BPS,
    )
    unit_add(stream=stream, kind=UnitKind.DUB, wave=Wave.REST, priority=_PRIORITY, track=track)


def dub_of(unit: Unit) -> Dub | None:
    """Return the added sound track that a unit makes, or None where it has been removed."""
    rendition = rendition_of(unit)
    return Dub.objects.filter(pk=rendition.rung["dub"]).first() if rendition else None


def rendition_of(unit: Unit) -> Rendition | None:
    """Return what a unit of an added sound track feeds."""
    rows = Rendition.objects.filter(stream=unit.stream, rung__track=unit.track)
    return rows.filter(rung__has_key="dub").select_related("stream__video").first()


def parts_of(stream: Stream) -> Ranges:
    """Return the parts of the whole that a stream shows."""
    return ranges_of(stream.upload) or ((0, max(1, stream.duration_ms)),)


def dub_withdraw(dub: Dub) -> list[Stream]:
    """Take an added track out of every stream; return those whose masters named it."""
    rows = Rendition.objects.filter(stream__video=dub.video_id, rung__dub=str(dub.pk))
    streams = []
    for rendition in rows.select_related("stream"):
        Unit.objects.filter(
            stream=rendition.stream, kind=UnitKind.DUB, track=rendition.rung["track"]
        ).delete()
        rendition.state = RenditionState.RETIRED
        rendition.save(update_fields=["state"])
        streams.append(rendition.stream)
    return streams


def probe_of(dub: Dub) -> Probe:
    """Return what was found out about an added track's file."""
    return Probe.from_json(dub.probe or {})
