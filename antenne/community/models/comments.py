"""Comments, where they came from, and what was decided about them.

A comment belongs to the person who wrote it and lives in that person's home. Whether it is shown
is decided by the home of what it is about: a `CommentRuling`, without which nothing is shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from antenne.accounts.models import Person
from antenne.catalog.models import Video
from antenne.catalog.states import Audience
from antenne.community.models.posts import Post
from antenne.community.states import Cause, Ruled
from antenne.kernel.clock import now
from antenne.kernel.ids import uuid7

if TYPE_CHECKING:
    from uuid import UUID


class Comment(models.Model):
    """What a person wrote under a video or a post."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField(max_length=8)
    audience = models.CharField(max_length=12, choices=Audience)
    # The video's or post's key: lists go by it, whichever of the two it is.
    subject = models.UUIDField()
    video = models.ForeignKey(
        Video,
        null=True,
        on_delete=models.DO_NOTHING,  # thousands may hang on one: a task clears them
        related_name="comments",
        db_constraint=False,
    )
    post = models.ForeignKey(
        Post,
        null=True,
        on_delete=models.DO_NOTHING,
        related_name="comments",
        db_constraint=False,
    )
    root = models.ForeignKey(
        "self", null=True, on_delete=models.CASCADE, related_name="answers", db_constraint=False
    )
    reply_to = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="+", db_constraint=False
    )
    person = models.ForeignKey(
        Person, null=True, on_delete=models.CASCADE, related_name="comments", db_constraint=False
    )
    body = models.TextField(max_length=5000)
    created_at = models.DateTimeField(default=now)
    edited_at = models.DateTimeField(null=True)
    # Its text and its writer are gone; the row keeps the place of its answers.
    removed = models.BooleanField(db_default=False, default=False)

    person_id: UUID | None
    video_id: UUID | None
    post_id: UUID | None
    root_id: UUID | None
    reply_to_id: UUID | None

    class Meta:
        """A comment is about one thing."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(video__isnull=False) ^ models.Q(post__isnull=False),
                name="community_comment_about_one",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "-created_at"], name="community_comment_of_person"),
            models.Index(fields=["subject"], name="community_comment_subject"),
            models.Index(fields=["root"], name="community_comment_thread"),
        ]

    def __str__(self) -> str:
        """Return the key: what people say does not belong in logs."""
        return str(self.pk)


class CommentOrigin(models.Model):
    """Where a comment came from, for those who fight spam; it never leaves its home."""

    comment = models.OneToOneField(
        Comment,
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="origin",
        db_constraint=False,
    )
    home = models.CharField(max_length=8)
    # A keyed hash of the network address: it tells sameness, not whereabouts.
    address_hash = models.CharField(max_length=32)
    created_at = models.DateTimeField(default=now)

    class Meta:
        """Old rows are forgotten by their date."""

        indexes: ClassVar = [models.Index(fields=["created_at"], name="community_origin_age")]

    def __str__(self) -> str:
        """Return the comment it belongs to."""
        return str(self.comment_id)


class CommentRuling(models.Model):
    """What the home of a video or post decides about one comment on it, and how it ranks there."""

    comment = models.OneToOneField(
        Comment,
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="ruling",
        db_constraint=False,
    )
    home = models.CharField(max_length=8)
    audience = models.CharField(max_length=12, choices=Audience)
    subject = models.UUIDField()
    video = models.ForeignKey(
        Video,
        null=True,
        on_delete=models.DO_NOTHING,
        related_name="comment_rulings",
        db_constraint=False,
    )
    post = models.ForeignKey(
        Post,
        null=True,
        on_delete=models.DO_NOTHING,
        related_name="comment_rulings",
        db_constraint=False,
    )
    root = models.UUIDField(null=True)
    state = models.CharField(max_length=8, choices=Ruled, db_default=Ruled.SHOWN)
    cause = models.CharField(max_length=8, choices=Cause, blank=True, db_default="", default="")
    pinned = models.BooleanField(db_default=False, default=False)
    hearted = models.BooleanField(db_default=False, default=False)
    score = models.BigIntegerField(db_default=0, default=0)
    replies = models.PositiveIntegerField(db_default=0, default=0)
    ruled_at = models.DateTimeField(null=True)

    comment_id: UUID
    video_id: UUID | None
    post_id: UUID | None

    class Meta:
        """One pinned comment a subject; an index for each order that lists have."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject", "home"],
                condition=models.Q(pinned=True),
                name="community_ruling_one_pinned",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["subject", "-pinned", "-score", "-comment"],
                condition=models.Q(root__isnull=True, state=Ruled.SHOWN),
                name="community_ruling_top",
            ),
            models.Index(
                fields=["subject", "-pinned", "-comment"],
                condition=models.Q(root__isnull=True, state=Ruled.SHOWN),
                name="community_ruling_newest",
            ),
            models.Index(
                fields=["root", "comment"],
                condition=models.Q(root__isnull=False),
                name="community_ruling_answers",
            ),
            models.Index(
                fields=["subject", "-comment"],
                condition=~models.Q(state=Ruled.SHOWN),
                name="community_ruling_held",
            ),
        ]

    def __str__(self) -> str:
        """Return the comment and what was decided."""
        return f"{self.comment_id} {self.state}"
