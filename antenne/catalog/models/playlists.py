"""Playlists: videos in an order that somebody chose. Every table here holds public columns only."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from antenne.accounts.models import Person
from antenne.catalog.models.videos import Video
from antenne.catalog.states import Audience, PlaylistKind, PlaylistVisibility
from antenne.kernel.clock import now
from antenne.kernel.ids import uuid7

if TYPE_CHECKING:
    from uuid import UUID


class Playlist(models.Model):
    """A list of videos with a name; each person also has one for later."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    public_id = models.CharField(max_length=12, editable=False)
    home = models.CharField(max_length=8)
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="playlists", db_constraint=False
    )
    kind = models.CharField(max_length=8, choices=PlaylistKind, db_default=PlaylistKind.NAMED)
    title = models.CharField(max_length=150)
    description = models.TextField(max_length=5000, blank=True, db_default="")
    visibility = models.CharField(max_length=12, choices=PlaylistVisibility)
    audience = models.CharField(max_length=12, choices=Audience)
    created_at = models.DateTimeField(default=now)
    updated_at = models.DateTimeField(default=now)

    person_id: UUID

    class Meta:
        """Public names are unique in their region, as is each person's list for later."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["public_id", "home"], name="catalog_playlist_public_once"
            ),
            models.UniqueConstraint(
                fields=["person", "home"],
                condition=models.Q(kind=PlaylistKind.LATER),
                name="catalog_playlist_later_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-updated_at"], name="catalog_playlist_of_person"),
        ]

    def __str__(self) -> str:
        """Return the public id."""
        return self.public_id

    @property
    def name(self) -> str:
        """Return what it is called; the list for later is called so in the reader's language."""
        return str(PlaylistKind.LATER.label) if self.for_later else self.title

    @property
    def for_later(self) -> bool:
        """Say whether it is somebody's list for later."""
        return self.kind == PlaylistKind.LATER


class PlaylistItem(models.Model):
    """One video in a playlist; who sees it depends on the video and on the list, both kept here."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField(max_length=8)
    audience = models.CharField(max_length=12, choices=Audience)
    list_audience = models.CharField(max_length=12, choices=Audience)
    playlist = models.ForeignKey(
        Playlist, on_delete=models.CASCADE, related_name="items", db_constraint=False
    )
    video = models.ForeignKey(
        Video, on_delete=models.CASCADE, related_name="listings", db_constraint=False
    )
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="listings", db_constraint=False
    )
    # A key of catalog.positions, compared byte by byte.
    position = models.CharField(max_length=200, db_collation="C")
    created_at = models.DateTimeField(default=now)

    playlist_id: UUID
    video_id: UUID
    person_id: UUID

    class Meta:
        """A video stands once in a list; two never at one place."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["playlist", "video", "home"], name="catalog_playlist_item_once"
            ),
            models.UniqueConstraint(
                fields=["playlist", "position", "home"],
                name="catalog_playlist_place_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        """Return its place."""
        return self.position


class PlaylistEditor(models.Model):
    """Somebody who may add to another person's playlist, order it and take from it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField(max_length=8)
    playlist = models.ForeignKey(
        Playlist, on_delete=models.CASCADE, related_name="editors", db_constraint=False
    )
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="edited_playlists", db_constraint=False
    )
    created_at = models.DateTimeField(default=now)

    person_id: UUID

    class Meta:
        """Once a person."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["playlist", "person", "home"], name="catalog_playlist_editor_once"
            ),
        ]

    def __str__(self) -> str:
        """Return its key."""
        return str(self.pk)
