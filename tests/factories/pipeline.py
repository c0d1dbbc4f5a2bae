"""Uploads, and work that was given up."""

from __future__ import annotations

from antenne.catalog.models import Channel, Video
from antenne.pipeline.models import Chunk, Rendition, Stream, Unit, Upload
from antenne.pipeline.services.receiving import upload_finish
from antenne.pipeline.services.units import ATTEMPTS_MAX, unit_add, unit_claim, unit_fail
from antenne.pipeline.stages.upload import upload_begin
from antenne.pipeline.states import RenditionState, UnitKind, Wave


def upload_make(channel: Channel, *, filename: str = "swans.mp4") -> Upload:
    """Announce a file of a thousand bytes."""
    return upload_begin(channel=channel, filename=filename, size_bytes=1000).upload


def stream_make(channel: Channel) -> Stream:
    """Make a planned stream of a file that has come in."""
    upload = upload_make(channel)
    upload_finish(upload_id=upload.pk, size_bytes=1000)
    assert upload.video is not None
    return Stream.objects.create(home=upload.home, video=upload.video, upload=upload, name="s1")


def unit_given_up(channel: Channel, *, reason: str = "it broke") -> Unit:
    """Make a unit of work that failed as often as it may."""
    unit = unit_add(stream=stream_make(channel), kind=UnitKind.VIDEO, wave=Wave.AIR, priority=1)
    for _attempt in range(ATTEMPTS_MAX):
        claim = unit_claim(unit_id=unit.pk)
        assert claim is not None
        unit_fail(claim=claim, reason=reason)
    return unit


def tracks_make(video: Video) -> None:
    """Give a complete video a picture of 8,000 bytes and a sound of 1,000, without objects."""
    upload = upload_make(video.channel)
    stream = Stream.objects.create(home=video.home, video=video, upload=upload, name=video.stream)
    for kind, codec, size_bytes, size in (
        ("video", "avc1.640028", 8_000, {"width_px": 1920, "height_px": 1080}),
        ("audio", "mp4a.40.2", 1_000, {"rung": {"track": 0}}),
    ):
        row = Rendition.objects.create(
            stream=stream, name=kind, kind=kind, codec=codec, wave=Wave.AIR,
            state=RenditionState.ENDED, **size,
        )  # fmt: skip
        Chunk.objects.create(
            rendition=row, index=0, object_name="00000-1.m4s", size_bytes=size_bytes,
            start_ticks=0, duration_ticks=1, segments=[],
        )  # fmt: skip
