"""Reports: anybody makes one, those who run the site read them and decide."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from ninja import Field, Query, Router, Schema, Status

from antenne.api.v1.callers import ANYBODY, ApiRequest, address_of
from antenne.api.v1.fields import Asked, Moment, Text
from antenne.api.v1.paging import PageAsked
from antenne.api.v1.schemas import Listed, listed
from antenne.moderation.selectors.reports import reports_all
from antenne.moderation.services.decisions import Ruling, report_decide
from antenne.moderation.services.reports import Notice, report_create
from antenne.moderation.states import Action, Complaint, Ground, ReportState, SubjectKind

if TYPE_CHECKING:
    from antenne.moderation.models import Report

router = Router(tags=["reports"])


class ReportAsked(Asked):
    """What is wrong with something; `key` is a video's id, a handle, or a comment's id."""

    kind: SubjectKind
    key: Text = Field(max_length=64)
    complaint: Complaint
    text: Text = Field(default="", max_length=4000)
    email: Text = Field(default="", max_length=254)
    at_ms: int | None = Field(default=None, ge=0, le=2**53)


class DecisionAsked(Asked):
    """What is done, and the statement of reasons."""

    action: Action
    ground: Ground | None = None
    reference: Text = Field(default="", max_length=500)
    facts: Text = Field(default="", max_length=5000)
    until: Moment | None = None
    hides: bool = False

    def ruling(self) -> Ruling:
        """Return what moderation understands."""
        return Ruling(
            action=self.action,
            ground=self.ground or "",
            reference=self.reference,
            facts=self.facts,
            until=self.until,
            hides=self.hides,
        )


class ReportMadeOut(Schema):
    """A report that has come in."""

    id: UUID
    state: ReportState


class ReportOut(ReportMadeOut):
    """A report, as those who run the site read it."""

    kind: SubjectKind
    shown: str
    complaint: Complaint
    text: str
    urgent: bool
    by: str | None = Field(description="Handle of who made it; null for a stranger.")
    created_at: datetime


class ReportsAsked(PageAsked):
    """Which reports."""

    state: ReportState = ReportState.OPEN


def report_out(row: Report) -> ReportOut:
    """Say a report."""
    return ReportOut(
        id=row.pk,
        state=ReportState(row.state),
        kind=SubjectKind(row.kind),
        shown=row.shown,
        complaint=Complaint(row.complaint),
        text=row.text,
        urgent=row.urgent,
        by=row.by.handle if row.by else None,
        created_at=row.created_at,
    )


@router.post("", response={201: ReportMadeOut}, **ANYBODY)
def report_make(request: ApiRequest, asked: ReportAsked) -> Status[ReportMadeOut]:
    """Report a video, channel, comment or person that the caller can see."""
    row = report_create(
        by=request.auth.viewer,
        kind=asked.kind,
        key=asked.key,
        notice=Notice(asked.complaint, asked.text, asked.email, asked.at_ms),
        address=address_of(request),
    )
    return Status(201, ReportMadeOut(id=row.pk, state=ReportState(row.state)))


@router.get("", response=Listed[ReportOut])
def reports_list(request: ApiRequest, asked: Annotated[ReportsAsked, Query()]) -> Listed[ReportOut]:
    """List the reports in a state, newest first; only for those who run the site."""
    rows = reports_all(by=request.auth.person, state=asked.state)
    return listed(asked.of(rows, by="created_at"), report_out)


@router.post("/{uuid:report_id}/decision", response={204: None})
def report_rule(request: ApiRequest, report_id: UUID, asked: DecisionAsked) -> Status[None]:
    """Decide about a report and every other open one on the same thing; only for operators."""
    report_decide(by=request.auth.person, report_id=report_id, ruling=asked.ruling())
    return Status(204, None)
