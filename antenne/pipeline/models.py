"""Uploads, the streams made of them, and the units of work that make a stream."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from antenne.accounts.models import Person
from antenne.catalog.models import Video
from antenne.kernel.clock import now
from antenne.kernel.ids import uuid7
from antenne.pipeline.states import (
    DubState,
    RenditionState,
    StreamState,
    UnitKind,
    UnitState,
    UploadState,
    Wave,
)

if TYPE_CHECKING:
    from uuid import UUID


class Upload(models.Model):
    """One file that somebody puts in, from its first byte on.

    It outlives its video, so that the bytes of a removed one are found and deleted.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField(max_length=8)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="uploads")
    video = models.ForeignKey(Video, on_delete=models.SET_NULL, null=True, related_name="uploads")
    video_public_id = models.CharField(max_length=12)
    filename = models.CharField(max_length=255)
    source_url = models.TextField(blank=True, db_default="")
    size_bytes = models.BigIntegerField(null=True)
    state = models.CharField(max_length=12, choices=UploadState, default=UploadState.RECEIVING)
    refusal = models.CharField(max_length=32, blank=True, db_default="")
    refusal_detail = models.TextField(blank=True, db_default="")
    probe = models.JSONField(null=True)
    scan = models.JSONField(null=True)
    # A file that was cut out of another: which one, and {"ranges": [[from_ms, to_ms], …], …}.
    cut_of = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="cuts")
    cut = models.JSONField(null=True)
    created_at = models.DateTimeField(default=now)
    finished_at = models.DateTimeField(null=True)

    video_id: UUID | None
    cut_of_id: UUID | None

    class Meta:
        """Looked up by the video's public id when it is removed."""

        indexes: ClassVar = [
            models.Index(fields=["video_public_id"], name="pipeline_upload_of_video")
        ]

    def __str__(self) -> str:
        """Return the key: a file name may be personal."""
        return str(self.pk)

    @property
    def object_key(self) -> str:
        """Return where the bytes are kept."""
        return f"sources/{self.pk}"


class Stream(models.Model):
    """What people watch of one upload: a folder of objects and a plan."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField(max_length=8)
    video = models.ForeignKey(Video, on_delete=models.CASCADE, related_name="streams")
    upload = models.OneToOneField(Upload, on_delete=models.CASCADE, related_name="stream")
    name = models.CharField(max_length=16)
    state = models.CharField(max_length=12, choices=StreamState, default=StreamState.PLANNED)
    plan = models.JSONField(default=dict)
    duration_ms = models.BigIntegerField(default=0)
    target_duration_s = models.PositiveIntegerField(default=6)
    playable_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=now)

    video_id: UUID

    class Meta:
        """A stream's name is unique in its video."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["video", "name"], name="pipeline_stream_once")
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Rendition(models.Model):
    """One picture size or one sound track of a stream."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    stream = models.ForeignKey(Stream, on_delete=models.CASCADE, related_name="renditions")
    name = models.CharField(max_length=32)
    kind = models.CharField(max_length=8)
    wave = models.CharField(max_length=8, choices=Wave)
    state = models.CharField(max_length=12, choices=RenditionState, default=RenditionState.WAITING)
    rung = models.JSONField(default=dict)
    codec = models.CharField(max_length=64, blank=True, db_default="")
    timescale = models.PositiveIntegerField(default=0)
    init = models.BinaryField(default=bytes)
    language = models.CharField(max_length=16, blank=True, db_default="")
    label = models.CharField(max_length=80, blank=True, db_default="")
    width_px = models.PositiveIntegerField(default=0)
    height_px = models.PositiveIntegerField(default=0)
    frame_rate = models.CharField(max_length=16, blank=True, db_default="")
    channels = models.PositiveSmallIntegerField(default=0)
    cap_bps = models.PositiveBigIntegerField(default=0)
    published_chunks = models.PositiveIntegerField(default=0)

    class Meta:
        """Names are unique in a stream: they are folder names."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["stream", "name"], name="pipeline_rendition_once")
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class Chunk(models.Model):
    """One immutable object of a rendition, holding several segments.

    `segments` is a list of [offset_bytes, size_bytes, start_ticks, duration_ticks].
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    rendition = models.ForeignKey(Rendition, on_delete=models.CASCADE, related_name="chunks")
    index = models.PositiveIntegerField()
    object_name = models.CharField(max_length=48)
    size_bytes = models.BigIntegerField()
    start_ticks = models.BigIntegerField()
    duration_ticks = models.BigIntegerField()
    segments = models.JSONField()

    class Meta:
        """A chunk is stored once, whoever came first."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["rendition", "index"], name="pipeline_chunk_once")
        ]

    def __str__(self) -> str:
        """Return the object's name."""
        return self.object_name


class Unit(models.Model):
    """One piece of work on a stream that one worker does at a time, and may do again."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    stream = models.ForeignKey(Stream, on_delete=models.CASCADE, related_name="units")
    kind = models.CharField(max_length=12, choices=UnitKind)
    wave = models.CharField(max_length=8, choices=Wave)
    index = models.PositiveIntegerField(default=0)
    start_frame = models.PositiveBigIntegerField(default=0)
    frames = models.PositiveBigIntegerField(default=0)
    track = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=12, choices=UnitState, default=UnitState.WAITING)
    attempt = models.PositiveSmallIntegerField(default=0)
    reason = models.TextField(blank=True, db_default="")
    started_at = models.DateTimeField(null=True)
    beat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    wall_ms = models.PositiveBigIntegerField(default=0)
    cpu_ms = models.PositiveBigIntegerField(default=0)

    class Meta:
        """A stream's plan names each unit once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["stream", "kind", "wave", "track", "index"], name="pipeline_unit_once"
            )
        ]

    def __str__(self) -> str:
        """Return what it makes."""
        return f"{self.kind} {self.wave} {self.index}"


class Dub(models.Model):
    """A sound track that somebody added to a video: another language, a commentary."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField(max_length=8)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="dubs")
    video = models.ForeignKey(Video, on_delete=models.CASCADE, related_name="dubs")
    language = models.CharField(max_length=16)
    label = models.CharField(max_length=80)
    filename = models.CharField(max_length=255)
    size_bytes = models.BigIntegerField()
    state = models.CharField(max_length=12, choices=DubState, default=DubState.WAITING)
    probe = models.JSONField(null=True)
    created_at = models.DateTimeField(default=now)

    video_id: UUID

    class Meta:
        """One track a language and label."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["video", "language", "label"], name="pipeline_dub_once")
        ]

    def __str__(self) -> str:
        """Return the label."""
        return self.label

    @property
    def object_key(self) -> str:
        """Return where the bytes are kept: beside the media, to go with them."""
        return f"media/{self.video.public_id}/dubs/{self.pk}"


class Allowance(models.Model):
    """How many source bytes one person may keep, where that differs from everybody's."""

    person = models.OneToOneField(
        Person, primary_key=True, on_delete=models.CASCADE, related_name="allowance"
    )
    quota_bytes = models.BigIntegerField()

    def __str__(self) -> str:
        """Return the bytes."""
        return str(self.quota_bytes)
