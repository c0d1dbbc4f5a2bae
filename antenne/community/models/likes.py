"""Likes: they live with the person who likes; only their count is public."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from antenne.accounts.models import Person
from antenne.catalog.models import Video
from antenne.community.models.comments import Comment
from antenne.community.models.posts import Post
from antenne.kernel.clock import now
from antenne.kernel.ids import uuid7

if TYPE_CHECKING:
    from uuid import UUID


class Like(models.Model):
    """That a person likes a video, a comment or a post."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField(max_length=8)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="likes")
    subject = models.UUIDField()
    video = models.ForeignKey(
        Video, null=True, on_delete=models.DO_NOTHING, related_name="liked", db_constraint=False
    )
    comment = models.ForeignKey(
        Comment, null=True, on_delete=models.DO_NOTHING, related_name="liked", db_constraint=False
    )
    post = models.ForeignKey(
        Post, null=True, on_delete=models.DO_NOTHING, related_name="liked", db_constraint=False
    )
    created_at = models.DateTimeField(default=now)

    person_id: UUID
    comment_id: UUID | None

    class Meta:
        """One like a person and thing; the videos that a person likes are found by their date."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "subject", "home"], name="community_like_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["person", "-created_at"],
                condition=models.Q(video__isnull=False),
                name="community_like_of_person",
            ),
            models.Index(fields=["subject"], name="community_like_of_subject"),
        ]

    def __str__(self) -> str:
        """Return what is liked."""
        return str(self.subject)
