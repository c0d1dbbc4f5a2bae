"""Posts: text and photos of a channel, and the discussions of a group."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from antenne.accounts.models import Person, Reach
from antenne.catalog.models import Channel, Playlist, Video
from antenne.catalog.states import Audience, Commenting
from antenne.community.models.groups import Group
from antenne.kernel.clock import now
from antenne.kernel.ids import uuid7

if TYPE_CHECKING:
    from uuid import UUID


class Post(models.Model):
    """Something written by a person for a channel or a group."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    public_id = models.CharField(max_length=12, editable=False)
    home = models.CharField(max_length=8)
    audience = models.CharField(
        max_length=12, choices=Audience, db_default=Audience.EVERYBODY, default=Audience.EVERYBODY
    )
    channel = models.ForeignKey(
        Channel,
        null=True,
        on_delete=models.DO_NOTHING,  # pictures and comments hang on each: a task clears them
        related_name="posts",
        db_constraint=False,
    )
    group = models.ForeignKey(
        Group, null=True, on_delete=models.CASCADE, related_name="posts", db_constraint=False
    )
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="posts", db_constraint=False
    )
    title = models.CharField(max_length=200, blank=True, db_default="", default="")
    body = models.TextField(max_length=10_000, blank=True, db_default="", default="")
    # Hidden from Video: who may see the post does not change with the video it shows.
    video = models.ForeignKey(
        Video, null=True, on_delete=models.SET_NULL, related_name="+", db_constraint=False
    )
    commenting = models.CharField(
        max_length=8, choices=Commenting, db_default=Commenting.OPEN, default=Commenting.OPEN
    )
    # Its words and pictures are gone; the row keeps the place of what others said to it.
    removed = models.BooleanField(db_default=False, default=False)
    # Photos are addressed like the media of a video; raised, the old addresses are refused.
    epoch = models.PositiveIntegerField(db_default=1, default=1)
    reach = models.CharField(max_length=8, choices=Reach, db_default=Reach.HOME)
    created_at = models.DateTimeField(default=now)
    edited_at = models.DateTimeField(null=True)

    channel_id: UUID | None
    group_id: UUID | None
    person_id: UUID
    video_id: UUID | None

    class Meta:
        """A post stands in one place."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["public_id", "home"], name="community_post_public_once"
            ),
            models.CheckConstraint(
                condition=models.Q(channel__isnull=False) ^ models.Q(group__isnull=False),
                name="community_post_in_one_place",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["channel", "-created_at"], name="community_post_of_channel"),
            models.Index(fields=["group", "-created_at"], name="community_post_of_group"),
        ]

    def __str__(self) -> str:
        """Return the public id."""
        return self.public_id


class PostPhoto(models.Model):
    """One picture of a post, and what it shows in words."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField(max_length=8)
    post = models.ForeignKey(
        Post, on_delete=models.CASCADE, related_name="photos", db_constraint=False
    )
    position = models.PositiveSmallIntegerField()
    path = models.CharField(max_length=96)
    width_px = models.PositiveIntegerField()
    height_px = models.PositiveIntegerField()
    alt = models.CharField(max_length=500, blank=True, db_default="", default="")

    post_id: UUID

    class Meta:
        """One picture a place of the gallery."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["post", "position", "home"], name="community_photo_once"
            ),
        ]

    def __str__(self) -> str:
        """Return its file."""
        return self.path


class LinkCard(models.Model):
    """What the first page that a post links to says of itself, and its picture kept here.

    One of our own pages is pointed at instead, and says what it says when the card is shown.
    """

    post = models.OneToOneField(
        Post, primary_key=True, on_delete=models.CASCADE, related_name="link", db_constraint=False
    )
    home = models.CharField(max_length=8)
    url = models.CharField(max_length=2000)
    title = models.CharField(max_length=200, blank=True, db_default="", default="")
    about = models.CharField(max_length=300, blank=True, db_default="", default="")
    path = models.CharField(max_length=96, blank=True, db_default="", default="")
    width_px = models.PositiveIntegerField(db_default=0, default=0)
    height_px = models.PositiveIntegerField(db_default=0, default=0)
    video = models.ForeignKey(
        Video, null=True, on_delete=models.CASCADE, related_name="+", db_constraint=False
    )
    channel = models.ForeignKey(
        Channel, null=True, on_delete=models.CASCADE, related_name="+", db_constraint=False
    )
    playlist = models.ForeignKey(
        Playlist, null=True, on_delete=models.CASCADE, related_name="+", db_constraint=False
    )
    made_at = models.DateTimeField(default=now)

    post_id: UUID
    video_id: UUID | None
    channel_id: UUID | None
    playlist_id: UUID | None

    def __str__(self) -> str:
        """Return the address."""
        return self.url
