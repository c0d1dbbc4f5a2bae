"""Videos and what hangs on one. Every table here but `VideoLock` holds public columns only."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from antenne.accounts.models import Reach
from antenne.catalog.models.channels import Channel
from antenne.catalog.states import (
    AUDIENCE_OF,
    Audience,
    Category,
    Commenting,
    Embedding,
    Geo,
    Licence,
    State,
    Visibility,
)
from antenne.kernel.clock import now
from antenne.kernel.ids import uuid7

if TYPE_CHECKING:
    from uuid import UUID

POSTERS_CHOSEN = "posters"
"""The folder of the posters that people chose, beside those of the streams."""


class Video(models.Model):
    """One work: what it is called, who may watch it, how far it has come."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    public_id = models.CharField(max_length=12, editable=False)
    home = models.CharField(max_length=8)
    channel = models.ForeignKey(
        Channel, on_delete=models.CASCADE, related_name="videos", db_constraint=False
    )
    title = models.CharField(max_length=200)
    description = models.TextField(max_length=10_000, blank=True, db_default="")
    language = models.CharField(max_length=8, blank=True, db_default="")
    visibility = models.CharField(max_length=12, choices=Visibility)
    audience = models.CharField(max_length=12, choices=Audience)
    publish_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    embedding = models.CharField(max_length=8, choices=Embedding, db_default=Embedding.ALL)
    embed_sites = models.JSONField(default=list, blank=True)
    category = models.CharField(max_length=16, choices=Category, blank=True, db_default="")
    tags = ArrayField(models.CharField(max_length=48), default=list, blank=True)
    licence = models.CharField(max_length=24, choices=Licence, blank=True, db_default="")
    sensitive = models.BooleanField(db_default=False, default=False)
    commenting = models.CharField(
        max_length=8, choices=Commenting, db_default=Commenting.OPEN, default=Commenting.OPEN
    )
    slow_mode_s = models.PositiveIntegerField(db_default=0, default=0)
    downloadable = models.BooleanField(db_default=False, default=False)
    premiere = models.BooleanField(db_default=False, default=False)
    geo = models.CharField(max_length=8, choices=Geo, db_default=Geo.ALL, default=Geo.ALL)
    geo_countries = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    # Rows of {"start_ms", "title"}; where empty, the description's time stamps serve.
    chapters = models.JSONField(default=list, blank=True)
    reach = models.CharField(max_length=8, choices=Reach, db_default=Reach.HOME)
    created_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)

    # What the pipeline found out; written by services.video_describe alone.
    state = models.CharField(max_length=12, choices=State, db_default=State.AWAITING)
    refusal = models.CharField(max_length=32, blank=True, db_default="")
    stream = models.CharField(max_length=16, blank=True, db_default="")
    duration_ms = models.BigIntegerField(null=True)
    width_px = models.PositiveIntegerField(null=True)
    height_px = models.PositiveIntegerField(null=True)
    thumbhash = models.CharField(max_length=64, blank=True, db_default="")
    poster = models.CharField(max_length=96, blank=True, db_default="")
    poster_small = models.CharField(max_length=96, blank=True, db_default="")
    poster_tiny = models.CharField(max_length=96, blank=True, db_default="")
    preview = models.CharField(max_length=96, blank=True, db_default="")
    storyboard = models.CharField(max_length=96, blank=True, db_default="")

    # Raised at each change of visibility or media; paths signed for an older one are refused.
    epoch = models.PositiveIntegerField(db_default=1, default=1)

    channel_id: UUID

    class Meta:
        """Constraints are the last line of defence."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["public_id", "home"], name="catalog_video_public_once"),
            models.CheckConstraint(
                condition=models.Q(visibility__in=Visibility.values),
                name="catalog_video_visibility_known",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=State.values), name="catalog_video_state_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(visibility=Visibility.SCHEDULED)
                | models.Q(publish_at__isnull=False),
                name="catalog_video_schedule_dated",
            ),
            *(
                models.CheckConstraint(
                    condition=~models.Q(visibility=visibility) | models.Q(audience=audience),
                    name=f"catalog_video_audience_{visibility}",
                )
                for visibility, audience in AUDIENCE_OF.items()
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["-published_at", "-id"],
                condition=models.Q(
                    visibility=Visibility.PUBLIC, state__in=[State.ON_AIR, State.READY]
                ),
                name="catalog_video_shown",
            ),
            models.Index(fields=["channel", "-created_at"], name="catalog_video_of_channel"),
            # Few videos are limited to some countries; whether any is, every list asks.
            models.Index(
                fields=["geo"], condition=~models.Q(geo=Geo.ALL), name="catalog_video_limited"
            ),
        ]

    def __str__(self) -> str:
        """Return the public id."""
        return self.public_id

    @property
    def playable(self) -> bool:
        """Say whether there is something to play."""
        return self.state in (State.ON_AIR, State.READY)

    @property
    def poster_chosen(self) -> bool:
        """Say whether a person chose the poster; the pipeline leaves such a one alone."""
        return self.poster.startswith(f"{POSTERS_CHOSEN}/")

    @property
    def portrait(self) -> bool:
        """Say whether it is taller than wide."""
        return bool(self.width_px and self.height_px and self.height_px > self.width_px)


class VideoLock(models.Model):
    """The password of a video, hashed; it never leaves this installation."""

    video = models.OneToOneField(
        Video, primary_key=True, on_delete=models.CASCADE, related_name="lock"
    )
    password = models.CharField(max_length=160)

    def __str__(self) -> str:
        """Return the video it belongs to."""
        return str(self.video_id)


class Withdrawal(models.Model):
    """Why a video is off the air by a decision of those who run the site; its owner reads it.

    `visibility` is what it had before; one row a cause, the first one knows.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField(max_length=8)
    video = models.ForeignKey(Video, on_delete=models.CASCADE, related_name="withdrawals")
    cause = models.CharField(max_length=40)
    visibility = models.CharField(max_length=12, choices=Visibility)
    reason = models.TextField(max_length=2000, blank=True, db_default="")
    created_at = models.DateTimeField(default=now)

    class Meta:
        """A cause withdraws a video once."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["video", "cause", "home"], name="catalog_withdrawal_once"
            ),
        ]

    def __str__(self) -> str:
        """Return the cause."""
        return self.cause


class Epoch(models.Model):
    """The least epoch that edges serve for a video; a row only where it was ever raised.

    It outlives the video: a removed one stays refused.
    """

    video = models.CharField(primary_key=True, max_length=12)
    epoch = models.PositiveIntegerField()

    class Meta:
        """The name of the table is known to the edge, which reads it without Django."""

        db_table = "delivery_epoch"

    def __str__(self) -> str:
        """Return the video's public id."""
        return self.video


class Caption(models.Model):
    """One track of captions of a video, as WebVTT in the object store."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField(max_length=8)
    audience = models.CharField(max_length=12, choices=Audience)
    video = models.ForeignKey(
        Video, on_delete=models.CASCADE, related_name="captions", db_constraint=False
    )
    language = models.CharField(max_length=16)
    label = models.CharField(max_length=80)
    path = models.CharField(max_length=96)
    origin = models.CharField(max_length=12)
    created_at = models.DateTimeField(default=now)

    class Meta:
        """One track a language and label."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["video", "language", "label", "home"], name="catalog_caption_once"
            ),
        ]

    def __str__(self) -> str:
        """Return the label."""
        return self.label
