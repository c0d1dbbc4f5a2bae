"""What of a video can be fetched whole, who takes it, and what a channel hands to others."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from antenne.catalog.models.channels import Channel
from antenne.catalog.models.videos import Video
from antenne.catalog.states import Audience
from antenne.kernel.clock import now
from antenne.kernel.ids import uuid7

if TYPE_CHECKING:
    from uuid import UUID


class MediaFile(models.Model):
    """One file of a video in the object store: picture and sound in one, or the sound alone."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField(max_length=8)
    audience = models.CharField(max_length=12, choices=Audience)
    video = models.ForeignKey(
        Video, on_delete=models.CASCADE, related_name="files", db_constraint=False
    )
    path = models.CharField(max_length=96)
    type = models.CharField(max_length=32)
    size_bytes = models.BigIntegerField()
    width_px = models.PositiveIntegerField(db_default=0, default=0)
    height_px = models.PositiveIntegerField(db_default=0, default=0)
    created_at = models.DateTimeField(default=now)

    video_id: UUID

    class Meta:
        """A path is named once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["video", "path", "home"], name="catalog_file_once"),
        ]

    def __str__(self) -> str:
        """Return the path."""
        return self.path


class ChannelOffer(models.Model):
    """What a channel hands to other sites; a channel without a row offers what the defaults say."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField(max_length=8)
    channel = models.OneToOneField(
        Channel, on_delete=models.CASCADE, related_name="offer", db_constraint=False
    )
    files = models.BooleanField(db_default=True, default=True)
    rights = models.BooleanField(db_default=False, default=False)
    ahead = models.BooleanField(db_default=False, default=False)

    channel_id: UUID

    def __str__(self) -> str:
        """Return the channel it is of."""
        return str(self.channel_id)


class FileWish(models.Model):
    """That files are taken here: those of a video, or of what a channel publishes from then on."""

    subject = models.UUIDField(primary_key=True)
    began_at = models.DateTimeField(default=now)
    asked_at = models.DateTimeField(default=now, db_index=True)

    def __str__(self) -> str:
        """Return whose files they are."""
        return str(self.subject)
