"""Stage 5: append to the stream; playlists grow with the chunks that are there."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from django.db import transaction

from antenne.catalog.models import Caption
from antenne.catalog.selectors.captions import captions_of
from antenne.ffmpeg import hls
from antenne.ffmpeg.refusals import RefusalCode
from antenne.kernel.clock import now
from antenne.kernel.environment import environment
from antenne.kernel.events import event_send
from antenne.kernel.facts import Fact, fact_record
from antenne.kernel.storage.opening import storage_open
from antenne.pipeline import playlists
from antenne.pipeline.models import Chunk, Rendition, Stream, Unit
from antenne.pipeline.playlists import Shown, without_holes
from antenne.pipeline.selectors import progress_of
from antenne.pipeline.services.chunks import folder_of
from antenne.pipeline.services.hot import hot_settle, hot_whole
from antenne.pipeline.services.refusing import upload_refuse
from antenne.pipeline.states import (
    RenditionState,
    StreamState,
    UnitKind,
    UnitState,
    Wave,
)

# How much longer than the encode of the rest the watchable part must last before it is announced.
_SPEED_MARGIN = 1.3
# What ffmpeg says of a picture that it could not decode as it should.
_DAMAGE = "corrupt decoded frame"
_MAKERS = {
    "video": (UnitKind.COPY, UnitKind.VIDEO),
    "audio": (UnitKind.COPY, UnitKind.AUDIO, UnitKind.DUB),
}


@dataclass(frozen=True, slots=True)
class Table:
    """Everything of a stream that its playlists are made of."""

    stream: Stream
    units: tuple[Unit, ...]
    shown: tuple[Shown, ...]
    captions: tuple[Caption, ...]

    def of(self, kind: str, *waves: Wave) -> tuple[Shown, ...]:
        """Return the renditions of a kind in some waves (all where none is named)."""
        return tuple(
            shown
            for shown in self.shown
            if shown.rendition.kind == kind and (not waves or shown.rendition.wave in waves)
        )

    def units_of(self, *waves: Wave) -> tuple[Unit, ...]:
        """Return the units that make media in some waves."""
        making = (UnitKind.COPY, UnitKind.VIDEO, UnitKind.AUDIO, UnitKind.DUB)
        return tuple(unit for unit in self.units if unit.wave in waves and unit.kind in making)

    def settled(self, kind: UnitKind) -> bool:
        """Say whether every unit of a kind is done or given up (or none was planned)."""
        return all(
            unit.state in (UnitState.DONE, UnitState.DEAD)
            for unit in self.units
            if unit.kind == kind
        )


@transaction.atomic
def stream_advance(*, stream_id: UUID) -> None:
    """Write the playlists of what is there and record what has become true."""
    rows = Stream.objects.select_for_update(of=("self",)).select_related("video", "upload")
    stream = rows.filter(pk=stream_id).first()
    if stream is None or stream.state in (StreamState.RETIRED, StreamState.REFUSED):
        return
    table = _table_read(stream)
    _renditions_settle(table)
    if _air_is_lost(table):
        _stream_refuse(table)
        return
    hot_settle(stream=stream, shown=table.shown)
    changed = _playlists_write(table)
    if changed:
        _masters_write(table)
    _milestones_note(table)
    # Who watches already need not begin again for a smaller encode of the same.
    if changed - {Wave.HOT}:
        _master_tell(stream)
        _progress_tell(stream)


@transaction.atomic
def masters_renew(*, stream_id: UUID) -> None:
    """Write again what names the caption tracks, after a person has changed them."""
    rows = Stream.objects.select_for_update(of=("self",)).select_related("video", "upload")
    stream = rows.filter(pk=stream_id).exclude(state=StreamState.RETIRED).first()
    if stream is not None:
        _masters_write(_table_read(stream))
        _master_tell(stream)


def _table_read(stream: Stream) -> Table:
    chunks: dict[UUID, list[Chunk]] = defaultdict(list)
    for chunk in Chunk.objects.filter(rendition__stream=stream):
        chunks[chunk.rendition_id].append(chunk)
    renditions = Rendition.objects.filter(stream=stream).exclude(
        state__in=[RenditionState.RETIRED, RenditionState.DEAD]
    )
    shown = []
    for rendition in renditions.order_by("-height_px", "pk"):
        rendition.stream = stream
        made = chunks[rendition.pk]
        shown.append(Shown(rendition, without_holes(made), sum(row.duration_ticks for row in made)))
    return Table(
        stream=stream,
        units=tuple(Unit.objects.filter(stream=stream)),
        shown=tuple(shown),
        captions=tuple(captions_of(stream.video)),
    )


def _renditions_settle(table: Table) -> None:
    """Mark renditions ended or dead by the units that make them."""
    for shown in table.shown:
        rendition = shown.rendition
        if rendition.state == RenditionState.ENDED:
            continue
        makers = [
            unit
            for unit in table.units_of(Wave(rendition.wave))
            if unit.kind in _MAKERS[rendition.kind] and _makes(unit, rendition)
        ]
        states = {unit.state for unit in makers}
        if UnitState.DEAD in states:
            # What is on the air already stays, up to where it broke off.
            kept = rendition.wave == Wave.AIR and bool(shown.chunks)
            rendition.state = RenditionState.ENDED if kept else RenditionState.DEAD
        elif states == {UnitState.DONE}:
            rendition.state = RenditionState.ENDED if shown.chunks else RenditionState.DEAD
        else:
            continue
        rendition.save(update_fields=["state"])


def _makes(unit: Unit, rendition: Rendition) -> bool:
    """Say whether a unit feeds a rendition: copied ones come from the copy, added ones alone."""
    if rendition.wave == Wave.HOT and unit.track != rendition.rung["track"]:
        return False
    if "dub" in rendition.rung or unit.kind == UnitKind.DUB:
        mine = "dub" in rendition.rung and unit.track == rendition.rung["track"]
        return mine and unit.kind == UnitKind.DUB
    return (unit.kind == UnitKind.COPY) == bool(rendition.rung.get("copy"))


def _air_is_lost(table: Table) -> bool:
    """Say whether the air wave was given up before anything could be watched."""
    return table.stream.state == StreamState.PLANNED and any(
        unit.state == UnitState.DEAD for unit in table.units_of(Wave.AIR)
    )


def _stream_refuse(table: Table) -> None:
    """Refuse the upload by the reason of the unit that was given up."""
    dead = next(unit for unit in table.units if unit.state == UnitState.DEAD)
    upload_refuse(
        upload_id=table.stream.upload.pk, code=str(RefusalCode.DAMAGED), detail=dead.reason
    )


def _playlists_write(table: Table) -> set[str]:
    """Write the playlists of segments; return the waves in which the masters' choice changed."""
    changed = set()
    for shown in table.shown:
        rendition = shown.rendition
        watchable = bool(shown.chunks) and (rendition.wave == Wave.AIR or shown.ended)
        written = len(shown.chunks) + (1 if shown.ended else 0)
        if watchable and written != rendition.published_chunks:
            _media_playlists_write(shown, table.stream.target_duration_s)
            rendition.published_chunks = written
            rendition.save(update_fields=["published_chunks"])
            if rendition.wave != Wave.HOT or hot_whole(table.shown):
                changed.add(rendition.wave)
    return changed


def _media_playlists_write(shown: Shown, target_duration_s: int) -> None:
    storage = storage_open(environment())
    folder = folder_of(shown.rendition)
    text = playlists.media_playlist_of(shown, target_duration_s=target_duration_s)
    storage.put(f"{folder}/{playlists.PLAYLIST_NAME}", text.encode())
    if shown.ended and shown.rendition.kind == "video":
        text = playlists.iframe_playlist_of(shown, target_duration_s=target_duration_s)
        storage.put(f"{folder}/{playlists.IFRAMES_NAME}", text.encode())


def choose(table: Table) -> tuple[tuple[Shown, ...], tuple[Shown, ...]]:
    """Return the pictures and sounds that the master names now.

    While the air wave grows it stands alone; then everything that has ended: growing and ended
    playlists are never mixed. Better sound replaces the air wave's of the same track. AV1 comes
    as a whole ladder: a player that has chosen it finds every size.
    """
    air_videos, air_audios = table.of("video", Wave.AIR), table.of("audio", Wave.AIR)
    if not all(_over(shown) for shown in (*air_videos, *air_audios)):
        return _with_chunks(air_videos), _with_chunks(air_audios)
    late = () if hot_whole(table.shown) else table.of("video", Wave.HOT)
    videos = tuple(shown for shown in table.of("video") if shown.ended and shown not in late)
    sounds = {shown.rendition.rung["track"]: shown for shown in air_audios}
    for shown in table.of("audio", Wave.MID, Wave.REST):
        if shown.ended:
            sounds[shown.rendition.rung["track"]] = shown
    return videos, tuple(sounds[track] for track in sorted(sounds))


def _over(shown: Shown) -> bool:
    return shown.rendition.state in (RenditionState.ENDED, RenditionState.RETIRED)


def _with_chunks(shown: tuple[Shown, ...]) -> tuple[Shown, ...]:
    return tuple(each for each in shown if each.chunks)


def _masters_write(table: Table) -> None:
    stream = table.stream
    videos, audios = choose(table)
    if not videos and not audios:
        return
    ended = all(shown.ended for shown in (*videos, *audios))
    storage = storage_open(environment())
    folder = f"media/{stream.video.public_id}/{stream.name}"
    for caption in table.captions if ended else ():
        text = hls.subtitle_playlist(
            caption.path.rpartition("/")[2], Fraction(max(stream.duration_ms, 1), 1000)
        )
        name = caption.path.removesuffix(".vtt")
        storage.put(f"media/{stream.video.public_id}/{name}.m3u8", text.encode())
    master = playlists.master_of(videos, audios, table.captions, ended=ended)
    storage.put(f"{folder}/master.m3u8", master.encode())
    if ended:
        # A rung that will be replaced cuts its segments elsewhere than those that stay.
        replaced = stream.plan.get("replaced", [])
        aligned = tuple(each for each in videos if each.rendition.name not in replaced) or videos
        mpd = playlists.manifest_of(aligned, audios, table.captions, stream.duration_ms)
        storage.put(f"{folder}/manifest.mpd", mpd.encode())


def _milestones_note(table: Table) -> None:
    """Record each milestone once: playable, the air wave whole, complete."""
    stream = table.stream
    if stream.playable_at is None and _plays_without_stall(table):
        stream.playable_at = now()
        stream.state = StreamState.PLAYABLE
        stream.save(update_fields=["playable_at", "state"])
        fact_record(Fact("stream.playable", {"stream": str(stream.pk), "priority": 95}))
    air_whole = all(shown.ended for shown in table.shown if shown.rendition.wave == Wave.AIR)
    planned = bool(table.units_of(Wave.AIR))
    if planned and air_whole and table.settled(UnitKind.SCAN) and "asked" not in stream.plan:
        stream.plan["asked"] = True
        stream.save(update_fields=["plan"])
        fact_record(Fact("stream.air_ended", {"stream": str(stream.pk)}))
    if stream.playable_at and stream.completed_at is None and _is_complete(table):
        _replaced_retire(table)
        stream.completed_at = now()
        stream.state = StreamState.COMPLETE
        stream.save(update_fields=["completed_at", "state"])
        fact_record(Fact("stream.completed", {"stream": str(stream.pk)}))


def _replaced_retire(table: Table) -> None:
    """Take what a better rendition replaces out of the master; its objects stay for a while."""
    replaced: list[str] = table.stream.plan.get("replaced", [])
    if any(_DAMAGE in unit.reason for unit in table.units_of(Wave.MID, Wave.REST)):
        # A copy carries the damage on, and browsers stop at it; an encode does not.
        replaced = [*replaced, "air"]
    videos, audios = choose(table)
    if all(shown.rendition.name in replaced for shown in videos):
        return
    heard = {shown.rendition.name for shown in audios}
    for shown in table.shown:
        rendition = shown.rendition
        silent = rendition.kind == "audio" and rendition.name not in heard
        if silent or rendition.name in replaced:
            rendition.state = RenditionState.RETIRED
            rendition.save(update_fields=["state"])
    _masters_write(table)


def _plays_without_stall(table: Table) -> bool:
    """Say whether a player that starts now, at 1 x, will not catch up with the encoder.

    With speed *s* < 1 (media seconds a second) what is left must be made while what is there and
    what is left are watched: there >= left * (1 / s - 1).
    """
    air = [shown for shown in table.shown if shown.rendition.wave == Wave.AIR]
    if not air or not all(shown.chunks for shown in air):
        return False
    if all(shown.ended for shown in air):
        return True
    there_ms = min(shown.watchable_ms for shown in air)
    left_ms = max(0, table.stream.duration_ms - there_ms)
    units = [unit for unit in table.units_of(Wave.AIR) if unit.kind == UnitKind.VIDEO]
    begun = [unit.started_at for unit in units if unit.started_at is not None]
    if not begun:
        return not units
    # Over the clock, not over the units: several run at once, and each takes a moment to start.
    spent_ms = (now() - min(begun)).total_seconds() * 1000
    made_ms = min(shown.made_ms for shown in air if shown.rendition.kind == "video")
    return there_ms >= left_ms * (_SPEED_MARGIN * spent_ms / made_ms - 1)


def _is_complete(table: Table) -> bool:
    """Say whether every planned unit is done or given up, and the quality waves were planned."""
    return "quality" in table.stream.plan and all(
        unit.state in (UnitState.DONE, UnitState.DEAD) for unit in table.units
    )


def _master_tell(stream: Stream) -> None:
    """Tell the players that there is more to choose from."""
    if stream.playable_at is not None:
        event_send(f"video:{stream.video.public_id}", "master")


def _progress_tell(stream: Stream) -> None:
    event_send(
        f"video:{stream.video.public_id}",
        "progress",
        renditions=[
            {
                "name": row.name,
                "label": row.label,
                "done_ms": row.done_ms,
                "total_ms": row.total_ms,
                "state": row.state,
            }
            for row in progress_of(stream)
        ],
    )
