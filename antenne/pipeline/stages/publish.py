"""Stage 6: put a stream on the air as its owner chose, and say when it is complete."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from antenne.catalog.models import Video
from antenne.catalog.services.videos import video_describe
from antenne.catalog.states import State
from antenne.ffmpeg.probe import Probe
from antenne.kernel.facts import Fact, fact_record
from antenne.pipeline.models import Stream
from antenne.pipeline.services.clearing import PATHS_OUTLIVED_S
from antenne.pipeline.services.cuts import times_move
from antenne.pipeline.services.posters import pictures_of, unchosen
from antenne.pipeline.states import StreamState


@transaction.atomic
def video_air(*, stream_id: UUID) -> None:
    """Let a video play this stream; the one it played before is replaced at the same address."""
    stream = Stream.objects.select_related("video", "upload").filter(pk=stream_id).first()
    if stream is None or stream.state == StreamState.RETIRED:
        return
    video = Video.objects.select_for_update().get(pk=stream.video_id)
    if video.stream == stream.name:
        return
    playing = Stream.objects.select_for_update(of=("self",)).select_related("upload")
    replaced = playing.filter(video=video, name=video.stream).first()
    probe = Probe.from_json(stream.upload.probe or {})
    state = State.READY if stream.state == StreamState.COMPLETE else State.ON_AIR
    video_describe(
        video_id=video.pk,
        state=state,
        stream=stream.name,
        duration_ms=stream.duration_ms,
        width_px=probe.video.width if probe.video else None,
        height_px=probe.video.height if probe.video else None,
        **unchosen(video, pictures_of(stream)),
    )
    if state == State.READY:
        _completed_note(video)
    if replaced is not None:
        times_move(video=video, old=replaced.upload, new=stream.upload)
        replaced.state = StreamState.RETIRED
        replaced.save(update_fields=["state"])
        fact_record(
            Fact("stream.replaced", {"stream": str(replaced.pk), "wait_s": PATHS_OUTLIVED_S})
        )


@transaction.atomic
def video_complete(*, stream_id: UUID) -> None:
    """Say that every quality of the stream a video plays is there."""
    stream = Stream.objects.select_related("video").filter(pk=stream_id).first()
    if stream is None:
        return
    video = Video.objects.select_for_update().filter(pk=stream.video_id, stream=stream.name).first()
    if video is not None:
        video_describe(video_id=video.pk, state=State.READY, duration_ms=stream.duration_ms)
        if video.state != State.READY:
            _completed_note(video)


def _completed_note(video: Video) -> None:
    """Record that every quality of what a video plays is there."""
    fact_record(Fact("video.completed", {"video": str(video.pk), "priority": 10}))
