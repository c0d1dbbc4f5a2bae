"""Reports in full, decisions that nobody has asked for, taking them back, appeals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from ninja import Query, Router, Schema
from pydantic import Field

from antenne.api.v1.callers import ApiRequest
from antenne.api.v1.decisions import AppealOut, DecisionOut, appeal_out, decision_out
from antenne.api.v1.desk.people import ReasonAsked
from antenne.api.v1.fields import Asked, Text
from antenne.api.v1.paging import PageAsked, Paging
from antenne.api.v1.reports import DecisionAsked, ReportOut, report_out
from antenne.api.v1.schemas import Listed, listed
from antenne.moderation.selectors.appeals import appeals_all
from antenne.moderation.selectors.dossiers import subjects_chosen
from antenne.moderation.selectors.reports import Case, decisions_all, report_case
from antenne.moderation.services.appeals import TEXT_MAX_CHARS, appeal_answer
from antenne.moderation.services.decisions import decision_reverse, subjects_decide
from antenne.moderation.states import AppealState, SubjectKind

if TYPE_CHECKING:
    from antenne.moderation.models import Appeal, Decision

router = Router(tags=["desk"])


class CaseOut(Schema):
    """A report, what it is about, and what was said and decided before.

    `said` is what the thing said when it was reported; `there` says whether it still is.
    """

    report: ReportOut
    said: str
    there: bool
    owner: str | None = Field(description="Handle.")
    others: list[ReportOut]
    before: list[DecisionOut]


class ThingsAsked(DecisionAsked):
    """What to decide about several things of one kind: ids of videos and comments, handles."""

    kind: SubjectKind
    keys: list[Annotated[Text, Field(min_length=1, max_length=64)]] = Field(
        min_length=1, max_length=100
    )


class LeftOut(Schema):
    """A thing about which nothing was decided, and why."""

    shown: str
    why: str


class DecidedOut(Schema):
    """About how many things it was decided; what is gone counts nowhere."""

    decided: int
    left: list[LeftOut]


class DecisionMadeOut(DecisionOut):
    """A decision, whom it concerns and who made it, by handle."""

    person: str | None
    by: str | None


class AppealsAsked(PageAsked):
    """Which appeals."""

    state: AppealState = AppealState.OPEN


class AnswerAsked(Asked):
    """Whether a decision is taken back, and the answer to the person concerned."""

    reverse: bool
    answer: Text = Field(min_length=1, max_length=TEXT_MAX_CHARS)


class AppealMadeOut(AppealOut):
    """An appeal, who makes it, and the decision that it is against."""

    by: str
    decision: DecisionOut


@router.get("/reports/{uuid:report_id}", response=CaseOut)
def desk_report(request: ApiRequest, report_id: UUID) -> CaseOut:
    """Read a report with all that belongs to it."""
    return _case_out(report_case(report_id, by=request.auth.person))


def _case_out(case: Case) -> CaseOut:
    owner = case.subject.owner if case.subject else None
    return CaseOut(
        report=report_out(case.report),
        said=case.report.said,
        there=case.subject is not None,
        owner=owner.handle if owner else None,
        others=[report_out(row) for row in case.others],
        before=[decision_out(row) for row in case.before],
    )


@router.post("/decisions", response=DecidedOut)
def desk_decide(request: ApiRequest, asked: ThingsAsked) -> DecidedOut:
    """Decide the same about some things, reported or not; what is refused of one leaves others."""
    by = request.auth.person
    things = subjects_chosen(asked.kind, asked.keys, by=by)
    done = subjects_decide(by=by, subjects=things, ruling=asked.ruling())
    left = [LeftOut(shown=shown, why=why) for shown, why in done.left]
    return DecidedOut(decided=done.count, left=left)


@router.get("/decisions", response=Listed[DecisionMadeOut])
def desk_decisions(request: ApiRequest, asked: Paging) -> Listed[DecisionMadeOut]:
    """List every decision, the latest first."""
    rows = decisions_all(by=request.auth.person)
    return listed(asked.of(rows, by="created_at"), _made_out)


def _made_out(row: Decision) -> DecisionMadeOut:
    return DecisionMadeOut(
        **decision_out(row).model_dump(),
        person=row.person.handle if row.person else None,
        by=row.by.handle if row.by else None,
    )


@router.post("/decisions/{uuid:decision_id}/reverse", response=DecisionMadeOut)
def desk_decision_reverse(
    request: ApiRequest, decision_id: UUID, asked: ReasonAsked
) -> DecisionMadeOut:
    """Take a decision back and restore what it took away."""
    by = request.auth.person
    return _made_out(decision_reverse(by=by, decision_id=decision_id, reason=asked.reason))


@router.get("/appeals", response=Listed[AppealMadeOut])
def desk_appeals(
    request: ApiRequest, asked: Annotated[AppealsAsked, Query()]
) -> Listed[AppealMadeOut]:
    """List the appeals in a state, the latest first."""
    rows = appeals_all(by=request.auth.person, state=asked.state)
    page = asked.of(rows, by="created_at")
    return listed(page, _appeal_out)


def _appeal_out(row: Appeal) -> AppealMadeOut:
    said = appeal_out(row).model_dump()
    return AppealMadeOut(**said, by=row.by.handle, decision=decision_out(row.decision))


@router.post("/appeals/{uuid:appeal_id}/answer", response=AppealMadeOut)
def desk_appeal_answer(request: ApiRequest, appeal_id: UUID, asked: AnswerAsked) -> AppealMadeOut:
    """Uphold a decision or take it back, with an answer."""
    return _appeal_out(
        appeal_answer(
            by=request.auth.person,
            appeal_id=appeal_id,
            reverse=asked.reverse,
            answer=asked.answer,
        )
    )
