"""Chunks: immutable objects of several segments each, stored before they are named anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from antenne.ffmpeg.cmaf import Init, Segment
from antenne.kernel.environment import environment
from antenne.kernel.facts import Fact, fact_record
from antenne.kernel.storage.opening import storage_open
from antenne.pipeline.models import Chunk, Rendition, Unit
from antenne.pipeline.services.units import Claim, UnitLost
from antenne.pipeline.states import RenditionState, UnitState

# Small first, so that something can be watched at once; then larger, so that objects stay few.
CHUNK_GOALS_S: Final = (1, 4, 8, 16, 30)
CHUNK_MOST_BYTES: Final = 64 * 1024 * 1024


class ChunkMismatch(Exception):
    """A chunk cannot follow the first one of its rendition: the encoder's configuration differs."""


@dataclass(frozen=True, slots=True)
class Made:
    """Segments that belong into one object; *index* is the chunk's place in its rendition."""

    init: Init
    index: int
    segments: tuple[Segment, ...]


def segments_gather(init: Init, segments: Iterable[Segment]) -> Iterator[Made]:
    """Group the segments of a continuous run into chunks, the same way at every run."""
    held: list[Segment] = []
    index = 0
    for segment in segments:
        held.append(segment)
        goal_s = CHUNK_GOALS_S[min(index, len(CHUNK_GOALS_S) - 1)]
        long_enough = sum(each.duration_ticks for each in held) >= goal_s * init.timescale
        if long_enough or sum(len(each.data) for each in held) >= CHUNK_MOST_BYTES:
            yield Made(init, index, tuple(held))
            held, index = [], index + 1
    if held:
        yield Made(init, index, tuple(held))


def chunk_store(*, claim: Claim, rendition: Rendition, made: Made) -> None:
    """Store a chunk and say so; one that is there already, from an attempt before, stays.

    Raises `ChunkMismatch`, and `UnitLost` where the unit is ours no more.
    """
    if Chunk.objects.filter(rendition=rendition, index=made.index).exists():
        return
    name = f"{made.index:05d}-{claim.attempt}.m4s"
    key = f"{folder_of(rendition)}/{name}"
    storage = storage_open(environment())
    storage.put(key, b"".join(segment.data for segment in made.segments))
    try:
        _chunk_name(claim=claim, rendition=rendition, made=made, name=name)
    except Exception:
        storage.delete(key)
        raise


def folder_of(rendition: Rendition) -> str:
    """Return the folder of a rendition's objects."""
    stream = rendition.stream
    return f"media/{stream.video.public_id}/{stream.name}/{rendition.name}"


@transaction.atomic
def _chunk_name(*, claim: Claim, rendition: Rendition, made: Made, name: str) -> None:
    ours = Unit.objects.select_for_update(of=("self",)).filter(
        pk=claim.unit_id, attempt=claim.attempt, state=UnitState.RUNNING
    )
    if not ours.exists():
        raise UnitLost(str(claim.unit_id))
    _init_hold(rendition, made.init)
    Chunk.objects.create(
        rendition=rendition,
        index=made.index,
        object_name=name,
        size_bytes=sum(len(segment.data) for segment in made.segments),
        start_ticks=made.segments[0].start_ticks,
        duration_ticks=sum(segment.duration_ticks for segment in made.segments),
        segments=_table_of(made.segments),
    )
    fact_record(Fact("chunk.encoded", {"stream": str(rendition.stream.pk), "priority": 85}))


def _table_of(segments: tuple[Segment, ...]) -> list[list[int]]:
    """Return [offset, size, start, duration, key size] of each segment."""
    table, offset = [], 0
    for segment in segments:
        table.append(
            [
                offset,
                segment.size_bytes,
                segment.start_ticks,
                segment.duration_ticks,
                segment.key_bytes,
            ]
        )
        offset += len(segment.data)
    return table


def _init_hold(rendition: Rendition, init: Init) -> None:
    """Keep the first chunk's initialisation; every other must be the same byte for byte."""
    row = Rendition.objects.select_for_update(of=("self",)).get(pk=rendition.pk)
    if bytes(row.init):
        if bytes(row.init) != init.data:
            raise ChunkMismatch(rendition.name)
        return
    storage_open(environment()).put(f"{folder_of(rendition)}/init.mp4", init.data)
    row.init = init.data
    row.codec = init.codec
    row.timescale = init.timescale
    row.channels = init.channels
    row.state = RenditionState.GROWING
    if init.kind == "video" and not row.width_px:
        row.width_px, row.height_px = init.width_px, init.height_px
    row.save()
