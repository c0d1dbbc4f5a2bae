"""Titles and descriptions of videos in further languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from antenne.catalog.models.videos import Video
from antenne.catalog.states import Audience
from antenne.kernel.ids import uuid7

if TYPE_CHECKING:
    from uuid import UUID


class VideoTranslation(models.Model):
    """What a video is called, and said of it, in one further language."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField(max_length=8)
    audience = models.CharField(max_length=12, choices=Audience)
    video = models.ForeignKey(
        Video, on_delete=models.CASCADE, related_name="translations", db_constraint=False
    )
    language = models.CharField(max_length=8)
    title = models.CharField(max_length=200)
    description = models.TextField(max_length=10_000, blank=True, db_default="", default="")

    video_id: UUID

    class Meta:
        """One translation a language; the languages there are, are found by themselves."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["video", "language", "home"], name="catalog_translation_once"
            ),
        ]
        # Into which languages something is translated, every list asks.
        indexes: ClassVar = [
            models.Index(fields=["language"], name="catalog_translation_language"),
        ]

    def __str__(self) -> str:
        """Return the language."""
        return self.language
