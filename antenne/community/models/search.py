"""What posts and groups are found by: tables that each installation computes from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from antenne.catalog.models import Channel
from antenne.catalog.states import Audience
from antenne.community.models.groups import Group
from antenne.community.models.posts import Post
from antenne.kernel.clock import now

if TYPE_CHECKING:
    from uuid import UUID


class PostSearch(models.Model):
    """The words of a post or discussion: title A, where it stands and who wrote B, the text C.

    `words` are those that complete and correct what people type: none of what is for members.
    """

    post = models.OneToOneField(
        Post, primary_key=True, on_delete=models.CASCADE, related_name="found", db_constraint=False
    )
    audience = models.CharField(max_length=12, choices=Audience)
    channel = models.ForeignKey(
        Channel, null=True, on_delete=models.CASCADE, related_name="+", db_constraint=False
    )
    group = models.ForeignKey(
        Group, null=True, on_delete=models.CASCADE, related_name="+", db_constraint=False
    )
    posted_at = models.DateTimeField()
    words = models.TextField(blank=True, db_default="")
    head = SearchVectorField()
    made_at = models.DateTimeField(default=now)

    post_id: UUID

    class Meta:
        """Found by their words, the newest first."""

        indexes: ClassVar = [
            GinIndex(fields=["head"], name="community_postsearch_head"),
            models.Index(fields=["-posted_at", "-post"], name="community_postsearch_new"),
        ]

    def __str__(self) -> str:
        """Return the post's key."""
        return str(self.post_id)


class GroupSearch(models.Model):
    """The words of a group: its name A, what it is about C."""

    group = models.OneToOneField(
        Group, primary_key=True, on_delete=models.CASCADE, related_name="found", db_constraint=False
    )
    words = models.TextField(blank=True, db_default="")
    head = SearchVectorField()
    made_at = models.DateTimeField(default=now)

    group_id: UUID

    class Meta:
        """Found by their words."""

        indexes: ClassVar = [GinIndex(fields=["head"], name="community_groupsearch_head")]

    def __str__(self) -> str:
        """Return the group's key."""
        return str(self.group_id)
