"""Stage 4: encode one unit of a plan; every rung of a wave comes from one decode."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import BinaryIO
from uuid import UUID

from antenne.ffmpeg import command
from antenne.ffmpeg.binaries import ffmpeg_path
from antenne.ffmpeg.cmaf import (
    CmafError,
    StreamEmpty,
    Track,
    fragment_shift,
    segment_join,
    segments_group,
)
from antenne.ffmpeg.dubbing import dub_argv
from antenne.ffmpeg.filters import Span, timeline_zero_s
from antenne.ffmpeg.plan import seek_time_s
from antenne.ffmpeg.probe import Probe
from antenne.pipeline.models import Dub, Rendition, Unit, Upload
from antenne.pipeline.plans import rung_of, scan_of, seek_blind_s, segment_starts
from antenne.pipeline.services.chunks import Made, chunk_store, segments_gather
from antenne.pipeline.services.dubs import dub_of, parts_of, probe_of, rendition_of
from antenne.pipeline.services.units import Cost, UnitLost, Work, copy_give_up, unit_do
from antenne.pipeline.services.workplace import (
    QUALITY_NICE,
    Workplace,
    limits_for,
    workplace,
)
from antenne.pipeline.states import UnitKind, Wave
from antenne.processes.pipes import pipes_read
from antenne.processes.runner import stream

_FURTHER_BACK_S = 20


@dataclass(frozen=True, slots=True)
class Job:
    """One run of ffmpeg: its arguments, and the rendition that each of its pipes feeds."""

    argv: list[str]
    renditions: tuple[Rendition, ...]
    media_ms: int
    fps: Fraction = Fraction(0)


def unit_run(*, unit_id: UUID) -> None:
    """Do one unit: what it stored before it was interrupted is kept and not stored again."""
    unit_do(unit_id=unit_id, work=_encode)


def _encode(work: Work) -> Cost:
    try:
        return _job_do(work)
    except CmafError as error:
        if work.unit.kind != UnitKind.COPY:
            raise
        # Only its first seconds were looked at: what follows cannot be cut into segments.
        copy_give_up(claim=work.claim, reason=str(error))
        raise UnitLost(str(work.unit.pk)) from error


def _job_do(work: Work) -> Cost:
    unit = work.unit
    with workplace(_file_of(unit)) as place:
        job = _job_of(unit, place)
        nice = 0 if unit.wave == Wave.AIR else QUALITY_NICE
        with stream(
            job.argv,
            sandbox=place.sandbox(nice=nice),
            limits=limits_for(media_ms=job.media_ms),
            outputs=len(job.renditions),
        ) as running:
            work.on_loss(running.kill)
            with closing(pipes_read(running, partial(_chunks_of, unit, job))) as chunks:
                for number, made in chunks:
                    chunk_store(claim=work.claim, rendition=job.renditions[number], made=made)
            done = running.wait()
    return Cost(
        wall_ms=round(done.wall_s * 1000),
        cpu_ms=round(done.cpu_s * 1000),
        complaint=done.stderr,
    )


def _file_of(unit: Unit) -> Upload | Dub:
    """Return the file that a unit reads: its stream's, or that of an added sound track."""
    if unit.kind != UnitKind.DUB:
        return unit.stream.upload
    dub = dub_of(unit)
    if dub is None:
        raise UnitLost(str(unit.pk))
    return dub


def _dub_job(unit: Unit, place: Workplace) -> Job:
    """Return what to run for an added sound track."""
    dub, rendition = dub_of(unit), rendition_of(unit)
    if dub is None or rendition is None:
        raise UnitLost(str(unit.pk))
    video = Probe.from_json(unit.stream.upload.probe or {}).video
    source = command.Source(path=place.source, probe=probe_of(dub))
    parts = parts_of(unit.stream)
    argv = dub_argv(ffmpeg_path(), source, parts, video.fps if video else None)
    return Job(argv, (rendition,), unit.stream.duration_ms)


def _job_of(unit: Unit, place: Workplace) -> Job:
    """Return what to run for a unit of pictures, sound, or both copied."""
    if unit.kind == UnitKind.DUB:
        return _dub_job(unit, place)
    probe = Probe.from_json(unit.stream.upload.probe or {})
    source = command.Source(path=place.source, probe=probe)
    if unit.kind == UnitKind.VIDEO:
        return _video_job(unit, source)
    sounds = tuple(_of_wave(unit, "audio"))
    if unit.kind == UnitKind.COPY:
        copied = tuple(rendition for rendition in sounds if rendition.rung.get("copy"))
        pictures = tuple(each for each in _of_wave(unit, "video") if each.rung.get("copy"))
        argv = command.copy_argv(
            ffmpeg_path(), source, _tracks(copied, probe), video=bool(pictures)
        )
        return Job(argv, (*pictures, *copied), probe.duration_ms)
    encoded = tuple(rendition for rendition in sounds if not rendition.rung.get("copy"))
    argv = command.audio_argv(ffmpeg_path(), source, _tracks(encoded, probe))
    return Job(argv, encoded, probe.duration_ms)


def _tracks(renditions: tuple[Rendition, ...], probe: Probe) -> list[command.AudioTrack]:
    return [
        command.AudioTrack(
            stream=probe.audios[rendition.rung["track"]],
            copy=bool(rendition.rung.get("copy")),
            gain_db=rendition.rung.get("gain_db", 0.0),
        )
        for rendition in renditions
    ]


def _of_wave(unit: Unit, kind: str) -> Iterator[Rendition]:
    rows = Rendition.objects.filter(stream=unit.stream, wave=unit.wave, kind=kind)
    if unit.wave == Wave.HOT:
        rows = rows.filter(rung__track=unit.track)
    yield from rows.select_related("stream__video").order_by("pk")


def _video_job(unit: Unit, source: command.Source) -> Job:
    renditions = tuple(_of_wave(unit, "video"))
    rungs = [rung_of(rendition.rung) for rendition in renditions]
    fps = rungs[0].fps
    chunk = command.Chunk(
        span=Span(
            start=unit.start_frame,
            frames=unit.frames or None,
            pad_end=bool(unit.frames) and (unit.attempt > 1 or _is_last(unit)),
            pad_start=unit.attempt > 1 or _is_before(unit, source.probe, fps),
        ),
        keys=_keys_of(unit),
        seek_s=_seek_of(unit, source.probe, fps),
    )
    argv = command.video_chunk_argv(ffmpeg_path(), source, rungs, chunk, threads=0)
    frames = unit.frames or round(Fraction(source.probe.duration_ms, 1000) * fps)
    return Job(argv, renditions, media_ms=round(frames * 1000 / fps), fps=fps)


def _is_before(unit: Unit, probe: Probe, fps: Fraction) -> bool:
    """Say whether a unit begins before the first picture, where sound begins earlier."""
    first_s = probe.video.start_s - timeline_zero_s(probe) if probe.video else Fraction(0)
    return unit.start_frame < first_s * fps


def _is_last(unit: Unit) -> bool:
    """Say whether no unit of the wave follows: the source may end a little before its plan."""
    later = Unit.objects.filter(
        stream=unit.stream, kind=unit.kind, wave=unit.wave, track=unit.track, index__gt=unit.index
    )
    return not later.exists()


def _keys_of(unit: Unit) -> tuple[int, ...]:
    """Return the frames of the unit's span at which a segment begins."""
    starts = segment_starts(unit.stream, wave=unit.wave, start=unit.start_frame, frames=unit.frames)
    return tuple(frame - unit.start_frame for frame in starts)


def _seek_of(unit: Unit, probe: Probe, fps: Fraction) -> Fraction | None:
    """Return where decoding begins, on the source's clock; None is the beginning of the file.

    A second attempt begins further back, and a third at the beginning: an index may lie.
    """
    if unit.start_frame == 0 or unit.attempt > 2:  # noqa: PLR2004 - the third attempt
        return None
    at_s = unit.start_frame / fps
    scan = scan_of(unit.stream.upload)
    if unit.attempt == 1 and scan is not None:
        return seek_time_s(probe, scan, at_s)
    return seek_blind_s(probe, at_s - (unit.attempt - 1) * _FURTHER_BACK_S)


def _chunks_of(unit: Unit, job: Job, pipe: BinaryIO) -> Iterator[Made]:
    try:
        track = Track(pipe)
    except StreamEmpty:
        if _may_be_empty(unit):
            return
        raise
    scale = track.init.timescale
    if unit.kind == UnitKind.VIDEO:
        yield _chunk_of_span(unit, job.fps, track)
        return
    most = unit.stream.target_duration_s * scale
    goal = min(4 * scale, most)
    yield from segments_gather(track.init, segments_group(track, goal_ticks=goal, most_ticks=most))


def _may_be_empty(unit: Unit) -> bool:
    """Say whether nothing is left for a unit: the picture ended before the sound.

    The first attempt may only have sought too far.
    """
    return unit.kind == UnitKind.VIDEO and unit.start_frame > 0 == unit.frames and unit.attempt > 1


def _chunk_of_span(unit: Unit, fps: Fraction, track: Track) -> Made:
    """Return the one chunk of a span: a fragment a segment, moved to the span's place."""
    shift = unit.start_frame * command.frame_ticks(fps)
    segments = tuple(segment_join([fragment_shift(each, shift)]) for each in track)
    frames = sum(segment.samples for segment in segments)
    if unit.frames and frames != unit.frames:
        msg = f"the chunk has {frames} frames instead of {unit.frames}"
        raise CmafError(msg)
    return Made(track.init, unit.index, segments)
