"""Notifications, and what each person wants to be told."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Video
from antenne.community.models.comments import Comment
from antenne.community.models.groups import Group
from antenne.community.models.posts import Post
from antenne.community.states import Kind, MailPace
from antenne.kernel.clock import now
from antenne.kernel.ids import uuid7

if TYPE_CHECKING:
    from uuid import UUID


class Notification(models.Model):
    """Something that one person is told."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField(max_length=8)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=12, choices=Kind)
    # Names what happened: telling it again changes nothing.
    key = models.CharField(max_length=80)
    actor = models.ForeignKey(
        Person, null=True, on_delete=models.CASCADE, related_name="+", db_constraint=False
    )
    channel = models.ForeignKey(
        Channel, null=True, on_delete=models.CASCADE, related_name="+", db_constraint=False
    )
    video = models.ForeignKey(
        Video, null=True, on_delete=models.DO_NOTHING, related_name="told", db_constraint=False
    )
    comment = models.ForeignKey(
        Comment, null=True, on_delete=models.CASCADE, related_name="told", db_constraint=False
    )
    post = models.ForeignKey(
        Post, null=True, on_delete=models.CASCADE, related_name="told", db_constraint=False
    )
    group = models.ForeignKey(
        Group, null=True, on_delete=models.CASCADE, related_name="told", db_constraint=False
    )
    # What the site itself has to say, and the page it leads to.
    note = models.CharField(max_length=500, blank=True, db_default="", default="")
    path = models.CharField(max_length=200, blank=True, db_default="", default="")
    in_page = models.BooleanField(db_default=True, default=True)
    pace = models.CharField(max_length=8, choices=MailPace, db_default=MailPace.NEVER)
    created_at = models.DateTimeField(default=now)
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    person_id: UUID

    class Meta:
        """Told once; indexes for the page, for the number on the bell, and for the letters."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "key", "home"], name="community_notification_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["person", "-created_at"],
                condition=models.Q(in_page=True),
                name="community_notification_page",
            ),
            models.Index(
                fields=["person"],
                condition=models.Q(in_page=True, read_at__isnull=True),
                name="community_notification_new",
            ),
            models.Index(
                fields=["pace", "person"],
                condition=~models.Q(pace=MailPace.NEVER) & models.Q(mailed_at__isnull=True),
                name="community_notification_due",
            ),
        ]

    def __str__(self) -> str:
        """Return what it is about."""
        return self.kind


class NotificationWish(models.Model):
    """How a person wants to hear of one kind of thing; no row: as the site does at first."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField(max_length=8)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="wishes")
    kind = models.CharField(max_length=12, choices=Kind)
    in_page = models.BooleanField(db_default=True, default=True)
    pace = models.CharField(max_length=8, choices=MailPace)

    class Meta:
        """One wish a person and kind."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "kind", "home"], name="community_wish_once"),
        ]

    def __str__(self) -> str:
        """Return the kind and the pace."""
        return f"{self.kind} {self.pace}"
