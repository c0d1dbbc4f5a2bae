"""What search, trends and lists read: tables that each installation computes from the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from antenne.catalog.models.channels import Channel
from antenne.catalog.models.playlists import Playlist
from antenne.catalog.models.videos import Caption, Video
from antenne.catalog.states import Audience, Geo
from antenne.kernel.clock import now
from antenne.kernel.ids import uuid7

if TYPE_CHECKING:
    from uuid import UUID

_SHOWN = models.Q(audience=Audience.EVERYBODY)


class VideoSearch(models.Model):
    """What a video is found by: its words, and what lists are narrowed and ordered by.

    `head` are the words that rank (title A, tags and channel B, description C); `vector` are
    those, and whatever is said in it; `words` are the unstemmed ones of title, tags and channel.
    `views` lags behind the counter by at most a fiftieth.
    """

    video = models.OneToOneField(
        Video, primary_key=True, on_delete=models.CASCADE, related_name="found", db_constraint=False
    )
    channel = models.ForeignKey(
        Channel, on_delete=models.CASCADE, related_name="+", db_constraint=False
    )
    audience = models.CharField(max_length=12, choices=Audience)
    language = models.CharField(max_length=8, blank=True, db_default="")
    category = models.CharField(max_length=16, blank=True, db_default="")
    tags = ArrayField(models.CharField(max_length=48), default=list, blank=True)
    spoken = ArrayField(models.CharField(max_length=16), default=list, blank=True)
    duration_ms = models.BigIntegerField(db_default=0, default=0)
    side_px = models.PositiveIntegerField(db_default=0, default=0)
    published_at = models.DateTimeField(null=True)
    geo = models.CharField(max_length=8, choices=Geo, db_default=Geo.ALL, default=Geo.ALL)
    geo_countries = ArrayField(
        models.CharField(max_length=2), default=list, blank=True, db_default=[]
    )
    sensitive = models.BooleanField(db_default=False, default=False)
    views = models.BigIntegerField(db_default=0, default=0)
    words = models.TextField(blank=True, db_default="")
    head = SearchVectorField()
    vector = SearchVectorField()
    made_at = models.DateTimeField(default=now)

    video_id: UUID
    channel_id: UUID

    class Meta:
        """What everybody may find has indexes of its own."""

        indexes: ClassVar = [
            GinIndex(fields=["vector"], condition=_SHOWN, name="catalog_found_vector"),
            GinIndex(fields=["head"], condition=_SHOWN, name="catalog_found_head"),
            GinIndex(fields=["tags"], condition=_SHOWN, name="catalog_found_tags"),
            models.Index(
                fields=["-published_at", "-video"], condition=_SHOWN, name="catalog_found_new"
            ),
            models.Index(
                fields=["-views", "-video"], condition=_SHOWN, name="catalog_found_viewed"
            ),
            models.Index(
                fields=["category", "-published_at", "-video"],
                condition=_SHOWN,
                name="catalog_found_category",
            ),
            models.Index(
                fields=["language", "-published_at", "-video"],
                condition=_SHOWN,
                name="catalog_found_language",
            ),
        ]

    def __str__(self) -> str:
        """Return the video's key."""
        return str(self.video_id)


class CaptionLine(models.Model):
    """A few seconds of a caption track, found by what is said in them."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    audience = models.CharField(max_length=12, choices=Audience)
    video = models.ForeignKey(
        Video, on_delete=models.CASCADE, related_name="lines", db_constraint=False
    )
    caption = models.ForeignKey(
        Caption, on_delete=models.CASCADE, related_name="lines", db_constraint=False
    )
    start_ms = models.BigIntegerField()
    text = models.TextField()
    vector = SearchVectorField()

    video_id: UUID

    class Meta:
        """Found by their words; taken away by their track."""

        indexes: ClassVar = [
            GinIndex(fields=["vector"], condition=_SHOWN, name="catalog_line_vector"),
        ]

    def __str__(self) -> str:
        """Return what is said."""
        return self.text


class PlaylistSearch(models.Model):
    """What a public playlist is found by: its title A, what it says of itself C.

    Any other has no row, so that no word of it is found, completed or corrected.
    """

    playlist = models.OneToOneField(
        Playlist,
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="found",
        db_constraint=False,
    )
    words = models.TextField(blank=True, db_default="")
    head = SearchVectorField()
    made_at = models.DateTimeField(default=now)

    playlist_id: UUID

    class Meta:
        """Found by their words."""

        indexes: ClassVar = [GinIndex(fields=["head"], name="catalog_playlistsearch_head")]

    def __str__(self) -> str:
        """Return the playlist's key."""
        return str(self.playlist_id)


class ChannelSearch(models.Model):
    """What a channel is found by, and how many follow it and stand in it."""

    channel = models.OneToOneField(
        Channel,
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="found",
        db_constraint=False,
    )
    head = SearchVectorField()
    followers = models.BigIntegerField(db_default=0, default=0)
    videos = models.PositiveIntegerField(db_default=0, default=0)
    made_at = models.DateTimeField(default=now)

    channel_id: UUID

    class Meta:
        """Found by the words of its name and description."""

        indexes: ClassVar = [GinIndex(fields=["head"], name="catalog_channel_head")]

    def __str__(self) -> str:
        """Return the channel's key."""
        return str(self.channel_id)


class SearchWord(models.Model):
    """A word that titles, tags or channels use, and how many of them: for typos and completion.

    The index of their trigrams is made by the migration where the database has `pg_trgm`.
    """

    word = models.CharField(primary_key=True, max_length=48)
    uses = models.PositiveIntegerField(db_default=0, default=0)

    def __str__(self) -> str:
        """Return the word."""
        return self.word


class Trend(models.Model):
    """How warm a public video is: a logarithm that only what happens to the video changes.

    `heat` is log2 of everything that happened to it, each thing weighted by 2 to the number of
    half-lives since a fixed day: what is old fades against what is new without being rewritten.
    """

    video = models.OneToOneField(
        Video, primary_key=True, on_delete=models.CASCADE, related_name="trend", db_constraint=False
    )
    audience = models.CharField(max_length=12, choices=Audience)
    language = models.CharField(max_length=8, blank=True, db_default="")
    category = models.CharField(max_length=16, blank=True, db_default="")
    heat = models.FloatField()
    counted = models.BigIntegerField(db_default=0, default=0)

    video_id: UUID

    class Meta:
        """The warmest of all, of a language and of a category."""

        indexes: ClassVar = [
            models.Index(fields=["-heat", "-video"], condition=_SHOWN, name="catalog_trend_heat"),
            models.Index(
                fields=["language", "-heat", "-video"],
                condition=_SHOWN,
                name="catalog_trend_language",
            ),
            models.Index(
                fields=["category", "-heat", "-video"],
                condition=_SHOWN,
                name="catalog_trend_category",
            ),
        ]

    def __str__(self) -> str:
        """Return the video's key."""
        return str(self.video_id)
