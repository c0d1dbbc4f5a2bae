"""What was decided, why, and what the person it concerns says to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Video
from antenne.community.models import Comment
from antenne.kernel.clock import now
from antenne.kernel.ids import uuid7
from antenne.moderation.states import Action, AppealState, Ground, Source, SubjectKind

if TYPE_CHECKING:
    from uuid import UUID


class Decision(models.Model):
    """A decision and its statement of reasons (DSA, article 17); written once, taken back once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField(max_length=8)
    kind = models.CharField(max_length=8, choices=SubjectKind)
    video = models.ForeignKey(
        Video, on_delete=models.SET_NULL, null=True, related_name="decisions", db_constraint=False
    )
    channel = models.ForeignKey(
        Channel, on_delete=models.SET_NULL, null=True, related_name="decisions", db_constraint=False
    )
    comment = models.ForeignKey(
        Comment, on_delete=models.SET_NULL, null=True, related_name="decisions", db_constraint=False
    )
    # Whom it concerns, and who may appeal.
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="decisions", db_constraint=False
    )
    shown = models.CharField(max_length=200)
    content_date = models.DateField()
    language = models.CharField(max_length=8, blank=True, db_default="")
    action = models.CharField(max_length=12, choices=Action)
    ground = models.CharField(max_length=40, choices=Ground, blank=True, db_default="")
    reference = models.CharField(max_length=500, blank=True, db_default="")
    facts = models.TextField(max_length=5000, blank=True, db_default="")
    category = models.CharField(max_length=80, blank=True, db_default="")
    source = models.CharField(max_length=32, choices=Source)
    automated_detection = models.BooleanField(db_default=False, default=False)
    automated_decision = models.CharField(max_length=40, default="AUTOMATED_DECISION_NOT_AUTOMATED")
    territories = models.JSONField(default=list)
    until = models.DateTimeField(null=True)
    by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="+", db_constraint=False
    )
    created_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True)

    video_id: UUID | None
    channel_id: UUID | None
    comment_id: UUID | None
    person_id: UUID | None
    by_id: UUID | None

    class Meta:
        """Read by time, and by whom they concern."""

        indexes: ClassVar = [
            models.Index(fields=["-created_at", "-id"], name="moderation_decision_newest"),
            models.Index(
                fields=["until"],
                condition=models.Q(ended_at=None, until__isnull=False),
                name="moderation_decision_ends",
            ),
        ]

    def __str__(self) -> str:
        """Return what was done."""
        return self.action

    @property
    def restricts(self) -> bool:
        """Say whether something was done that a person may appeal against."""
        return self.action != Action.NONE


class Appeal(models.Model):
    """What the person a decision concerns says to it, once, and the answer."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="appeal")
    by = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="appeals", db_constraint=False
    )
    text = models.TextField(max_length=4000)
    state = models.CharField(max_length=8, choices=AppealState, default=AppealState.OPEN)
    answer = models.TextField(max_length=4000, blank=True, db_default="")
    answered_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="+", db_constraint=False
    )
    created_at = models.DateTimeField(default=now)
    answered_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        """Return how far it has come."""
        return self.state


class Suspension(models.Model):
    """That a person may not sign in; with `hides` their videos are off the air as well."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField(max_length=8)
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="suspension")
    decision = models.ForeignKey(
        Decision, on_delete=models.SET_NULL, null=True, related_name="suspensions"
    )
    reason = models.CharField(max_length=500)
    hides = models.BooleanField(default=False)
    by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="+", db_constraint=False
    )
    created_at = models.DateTimeField(default=now)
    until = models.DateTimeField(null=True)

    person_id: UUID

    def __str__(self) -> str:
        """Return the person's key."""
        return str(self.person_id)
