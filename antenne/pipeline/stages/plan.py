"""Stage 3: plan what goes on the air at once, and later in which qualities."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import accumulate
from typing import Final
from uuid import UUID

from django.db import transaction

from antenne.ffmpeg.closed_captions import CLOSED_CODEC
from antenne.ffmpeg.ladder import FPS_MOST
from antenne.ffmpeg.plan import AirPlan, QualityPlan, air_plan, quality_plan
from antenne.ffmpeg.probe import AudioStream, Probe
from antenne.kernel.facts import Fact, fact_record
from antenne.kernel.languages import language_name
from antenne.pipeline.models import Chunk, Rendition, Stream, Unit, Upload
from antenne.pipeline.plans import rung_to_json, scan_of
from antenne.pipeline.services.clearing import ENCODED_AFTER_ALL
from antenne.pipeline.services.dubs import dubs_plan
from antenne.pipeline.services.renditions import picture_add, span_add
from antenne.pipeline.services.units import unit_add
from antenne.pipeline.states import StreamState, UnitKind, UnitState, UploadState, Wave

# The first chunk is short so that it is there soon; a chunk lost to a killed worker is one minute.
_AIR_CHUNK_SEGMENTS: Final = (1, 2, 4, 8, 15)
_AUDIO_CAP_BPS: Final = 160_000
_COPY_PEAK: Final = 2
_GAIN_LEAST_DB: Final = 1.0
_PRIORITY: Final = {Wave.AIR: 90, Wave.MID: 60, Wave.REST: 30}
_SURVEY_PRIORITY: Final = 75
# Behind the first good picture, before the others.
_CLOSED_PRIORITY: Final = 45
_WAVES: Final = {1: Wave.MID, 2: Wave.REST}


@transaction.atomic
def air_plan_make(*, upload_id: UUID) -> None:
    """Plan the air wave of an accepted upload; planning it twice changes nothing."""
    upload = Upload.objects.select_for_update(of=("self",)).filter(pk=upload_id).first()
    if upload is None or upload.video is None or upload.state != UploadState.FINISHED:
        return
    if Stream.objects.filter(upload=upload).exists():
        return
    probe = Probe.from_json(upload.probe or {})
    air = air_plan(probe)
    stream = Stream.objects.create(
        home=upload.home,
        video=upload.video,
        upload=upload,
        name=_name_next(upload),
        duration_ms=probe.duration_ms,
        target_duration_s=air.target_duration_s,
        plan={
            "fps": str(air.rung.fps if air.rung else probe.video.fps if probe.video else 0),
            "segment_frames": air.segment_frames,
            "why_not_copied": air.why_not,
        },
    )
    _air_renditions_add(stream, probe, air)
    _air_units_add(stream, probe, air)
    _survey_units_add(stream, probe)


def _name_next(upload: Upload) -> str:
    """Return a name that no stream of the video has; those of cleared ones may be gone."""
    names = Stream.objects.filter(video=upload.video).values_list("name", flat=True)
    used = [int(name[1:].removesuffix(ENCODED_AFTER_ALL)) for name in names]
    return f"s{max(used, default=0) + 1}"


@transaction.atomic
def air_encode_plan(*, stream_id: UUID) -> None:
    """Plan the air wave again, without copying, under a new name: what was written stays whole."""
    rows = Stream.objects.select_for_update(of=("self",)).select_related("upload", "video")
    stream = rows.filter(pk=stream_id).first()
    if stream is None or Unit.objects.filter(stream=stream, wave=Wave.AIR).exists():
        return
    probe = replace(Probe.from_json(stream.upload.probe or {}), first_gops=())
    air = replace(air_plan(probe), copy_audio=(False,) * len(probe.audios))
    stream.name = stream.name + ENCODED_AFTER_ALL
    stream.playable_at = None
    stream.state = StreamState.PLANNED
    stream.target_duration_s = air.target_duration_s
    if air.rung is not None:
        stream.plan["fps"] = str(air.rung.fps)
    stream.plan["segment_frames"] = air.segment_frames
    stream.save()
    _air_renditions_add(stream, probe, air)
    _air_units_add(stream, probe, air)


def _air_renditions_add(stream: Stream, probe: Probe, air: AirPlan) -> None:
    video = probe.video
    if video is not None:
        rung = rung_to_json(air.rung) if air.rung else {"copy": True}
        Rendition.objects.create(
            stream=stream,
            name="air",
            label=air.rung.name if air.rung else f"{min(video.width, video.height)}p",
            kind="video",
            wave=Wave.AIR,
            rung=rung,
            width_px=air.rung.width if air.rung else video.width,
            height_px=air.rung.height if air.rung else video.height,
            frame_rate=str(air.rung.fps if air.rung else video.fps),
            cap_bps=air.rung.maxrate_bps if air.rung else _COPY_PEAK * video.bit_rate_bps,
        )
    for track, audio in enumerate(probe.audios):
        _sound_add(stream, Wave.AIR, track, audio, {"copy": air.copy_audio[track]})


def _sound_add(
    stream: Stream, wave: Wave, track: int, audio: AudioStream, how: dict[str, object]
) -> None:
    Rendition.objects.create(
        stream=stream,
        name=f"sound{track}-{wave}",
        label=audio.title or language_name(audio.language) or str(track + 1),
        kind="audio",
        wave=wave,
        rung={"track": track, **how},
        language=audio.language,
        cap_bps=_AUDIO_CAP_BPS,
    )


def _air_units_add(stream: Stream, probe: Probe, air: AirPlan) -> None:
    priority = _priority_of(stream, Wave.AIR)
    if air.copy_video or any(air.copy_audio):
        unit_add(stream=stream, kind=UnitKind.COPY, wave=Wave.AIR, priority=priority)
    if not all(air.copy_audio):
        unit_add(stream=stream, kind=UnitKind.AUDIO, wave=Wave.AIR, priority=priority)
    if air.rung is None:
        return
    frames = max(1, round(Fraction(probe.duration_ms, 1000) * air.rung.fps))
    spans = _air_spans(frames, air.segment_frames)
    for index, (start, length) in enumerate(spans):
        unit_add(
            stream=stream,
            kind=UnitKind.VIDEO,
            wave=Wave.AIR,
            priority=priority - min(index, 20),
            index=index,
            start_frame=start,
            frames=0 if index == len(spans) - 1 else length,
        )


def _air_spans(frames: int, segment_frames: int) -> list[tuple[int, int]]:
    """Return (start, frames) of the chunks of the air wave; a short rest joins the one before."""
    lengths: list[int] = []
    while sum(lengths) < frames:
        step = _AIR_CHUNK_SEGMENTS[min(len(lengths), len(_AIR_CHUNK_SEGMENTS) - 1)]
        lengths.append(step * segment_frames)
    starts = [0, *accumulate(lengths)]
    # The last one runs to the end. By itself it might hold a frame or two, which an encoder orders
    # unlike others, or none: sound is often a little longer than the picture.
    if len(lengths) > 1 and frames - starts[-2] < segment_frames:
        lengths.pop()
    return list(zip(starts, lengths, strict=False))


def _survey_units_add(stream: Stream, probe: Probe) -> None:
    unit_add(stream=stream, kind=UnitKind.PICTURES, wave=Wave.MID, priority=_SURVEY_PRIORITY + 1)
    unit_add(stream=stream, kind=UnitKind.SCAN, wave=Wave.MID, priority=_SURVEY_PRIORITY)
    if any(subtitle.text for subtitle in probe.subtitles):
        unit_add(stream=stream, kind=UnitKind.CAPTIONS, wave=Wave.MID, priority=_SURVEY_PRIORITY)


def _priority_of(stream: Stream, wave: Wave) -> int:
    """Return the priority of a stream's units: whoever has much running waits a little."""
    running = Unit.objects.filter(
        stream__upload__person=stream.upload.person,
        wave=wave,
        state__in=[UnitState.WAITING, UnitState.RUNNING],
    ).exclude(stream=stream)
    return _PRIORITY[wave] - min(running.count(), 9)


@transaction.atomic
def quality_plan_make(*, stream_id: UUID) -> None:
    """Plan the quality waves of a stream whose air wave is whole and whose source was surveyed."""
    rows = Stream.objects.select_for_update(of=("self",)).select_related("upload", "video")
    stream = rows.filter(pk=stream_id).first()
    if stream is None or "quality" in stream.plan:
        return
    probe = Probe.from_json(stream.upload.probe or {})
    scan = scan_of(stream.upload)
    if scan is not None:
        stream.duration_ms = scan.duration_ms
    if probe.video is not None and scan is not None:
        starts = _copied_starts(stream, min(probe.video.fps, FPS_MOST))
        air = replace(air_plan(probe), copy_video=bool(starts))
        _quality_add(stream, quality_plan(probe, scan, air, starts))
    _better_sound_add(stream, probe)
    _closed_captions_add(stream, probe)
    dubs_plan(stream)
    stream.plan["quality"] = True
    stream.save(update_fields=["plan", "duration_ms"])
    fact_record(Fact("quality.planned", {"stream": str(stream.pk)}))


def _copied_starts(stream: Stream, fps: Fraction) -> tuple[int, ...]:
    """Return the frames at which the segments of a copied picture begin; none where encoded."""
    chunks = Chunk.objects.filter(
        rendition__stream=stream, rendition__name="air", rendition__rung__copy=True
    ).select_related("rendition")
    return tuple(
        round(segment[2] * fps / chunk.rendition.timescale)
        for chunk in chunks.order_by("index")
        for segment in chunk.segments
    )


def _quality_add(stream: Stream, quality: QualityPlan) -> None:
    """Plan the rungs of the quality waves and their units; note what they replace."""
    stream.plan["segment_starts"] = list(quality.segment_starts_frames)
    if quality.rungs and not quality.keep_copy:
        stream.plan["replaced"] = ["air"]
    for rung in quality.rungs:
        picture_add(stream=stream, rung=rung, wave=_WAVES[rung.group], name=f"v{rung.name}")
    for unit in quality.units:
        wave = _WAVES[unit.group]
        span_add(stream=stream, unit=unit, wave=wave, priority=_priority_of(stream, wave))


def _better_sound_add(stream: Stream, probe: Probe) -> None:
    """Plan each track whose loudness is off once more, with one linear gain."""
    gains: dict[str, float] = (stream.upload.scan or {}).get("gains_db", {})
    wanted = {int(track): gain for track, gain in gains.items() if abs(gain) >= _GAIN_LEAST_DB}
    for track, gain in wanted.items():
        _sound_add(stream, Wave.MID, track, probe.audios[track], {"gain_db": gain})
    if wanted:
        unit_add(
            stream=stream,
            kind=UnitKind.AUDIO,
            wave=Wave.MID,
            priority=_priority_of(stream, Wave.MID) + 1,
        )


def _closed_captions_add(stream: Stream, probe: Probe) -> None:
    """Plan to look for captions inside the pictures; a cut has those of the whole, moved."""
    apart = any(subtitle.codec == CLOSED_CODEC for subtitle in probe.subtitles)
    inside = probe.video is not None and probe.video.closed_captions and not apart
    if inside and stream.upload.cut_of_id is None:
        unit_add(stream=stream, kind=UnitKind.CAPTIONS, wave=Wave.REST, priority=_CLOSED_PRIORITY)
