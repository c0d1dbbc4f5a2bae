"""Channels. Every table here holds public columns only."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models.functions import Lower

from antenne.accounts.models import Person, Reach
from antenne.kernel.clock import now
from antenne.kernel.ids import uuid7

if TYPE_CHECKING:
    from uuid import UUID


class Channel(models.Model):
    """A place with a name where one person's videos stand together."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField(max_length=8)
    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="channels", db_constraint=False
    )
    handle = models.CharField(max_length=32)
    name = models.CharField(max_length=80)
    description = models.TextField(max_length=5000, blank=True, db_default="")
    avatar = models.CharField(max_length=96, blank=True, db_default="", default="")
    banner = models.CharField(max_length=96, blank=True, db_default="", default="")
    # Rows of {"title", "url"}.
    links = models.JSONField(default=list, blank=True, db_default=[])
    # The public id of the video that its page opens with.
    featured = models.CharField(max_length=12, blank=True, db_default="", default="")
    # What a new video begins with: see services.defaults.
    defaults = models.JSONField(default=dict, blank=True, db_default={})
    reach = models.CharField(max_length=8, choices=Reach, db_default=Reach.HOME)
    created_at = models.DateTimeField(default=now)

    person_id: UUID

    class Meta:
        """Handles are unique in their region; lists begin with the newest."""

        constraints: ClassVar = [
            models.UniqueConstraint(Lower("handle"), "home", name="catalog_channel_handle_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-created_at", "-id"], name="catalog_channel_newest"),
        ]

    def __str__(self) -> str:
        """Return the handle."""
        return self.handle

    @property
    def picture_folder(self) -> str:
        """Return the name under which its pictures are kept and signed, as a video's are."""
        return f"c{self.pk.hex[:6]}{self.pk.hex[-20:]}"


class HandleRedirect(models.Model):
    """A handle that a channel had before: its address leads to the one it has now."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField(max_length=8)
    handle = models.CharField(max_length=32)
    channel = models.ForeignKey(
        Channel, on_delete=models.CASCADE, related_name="handles_before", db_constraint=False
    )
    created_at = models.DateTimeField(default=now)

    class Meta:
        """A handle leads to one channel."""

        constraints: ClassVar = [
            models.UniqueConstraint(Lower("handle"), "home", name="catalog_redirect_handle_once"),
        ]

    def __str__(self) -> str:
        """Return the handle."""
        return self.handle
