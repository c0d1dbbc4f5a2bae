"""What people say is wrong with something here."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Video
from antenne.community.models import Comment
from antenne.kernel.clock import now
from antenne.kernel.ids import uuid7
from antenne.moderation.models.decisions import Decision
from antenne.moderation.states import Complaint, ReportState, SubjectKind

if TYPE_CHECKING:
    from uuid import UUID


class Report(models.Model):
    """A notice about one thing (DSA, article 16); only those who run the site read it.

    The column of its kind holds the thing; `subject_id` stays when the thing is gone.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.CharField(max_length=8)
    kind = models.CharField(max_length=8, choices=SubjectKind)
    subject_id = models.UUIDField()
    video = models.ForeignKey(
        Video, on_delete=models.SET_NULL, null=True, related_name="reports", db_constraint=False
    )
    channel = models.ForeignKey(
        Channel, on_delete=models.SET_NULL, null=True, related_name="reports", db_constraint=False
    )
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="reports", db_constraint=False
    )
    comment = models.ForeignKey(
        Comment, on_delete=models.SET_NULL, null=True, related_name="reports", db_constraint=False
    )
    # What it is called and what it says, as it was when it was reported.
    shown = models.CharField(max_length=200)
    said = models.TextField(max_length=5000, blank=True, db_default="")
    at_ms = models.BigIntegerField(null=True)
    complaint = models.CharField(max_length=12, choices=Complaint)
    text = models.TextField(max_length=4000, blank=True, db_default="")
    by = models.ForeignKey(
        Person,
        on_delete=models.SET_NULL,
        null=True,
        related_name="reports_made",
        db_constraint=False,
    )
    # Of somebody without an account who wants to hear what came of it.
    email = models.EmailField(max_length=254, blank=True, db_default="")
    state = models.CharField(max_length=8, choices=ReportState, default=ReportState.OPEN)
    decision = models.ForeignKey(
        Decision, on_delete=models.SET_NULL, null=True, related_name="reports"
    )
    urgent = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=now)
    decided_at = models.DateTimeField(null=True)

    by_id: UUID | None
    video_id: UUID | None
    channel_id: UUID | None
    comment_id: UUID | None
    person_id: UUID | None

    class Meta:
        """Open ones are read by time; a person reports a thing once until it is decided."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["subject_id", "by", "home"],
                condition=models.Q(state=ReportState.OPEN, by__isnull=False),
                name="moderation_report_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "-created_at", "-id"], name="moderation_report_queue"),
            models.Index(fields=["subject_id"], name="moderation_report_subject"),
        ]

    def __str__(self) -> str:
        """Return the key."""
        return str(self.pk)
