"""Decisions about one's own things, and appeals against them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import Field

from antenne.api.v1.callers import ApiRequest
from antenne.api.v1.fields import Asked, Text
from antenne.api.v1.paging import Paging
from antenne.api.v1.schemas import Listed, listed
from antenne.moderation.selectors.appeals import decision_about, decisions_about
from antenne.moderation.services.appeals import TEXT_MAX_CHARS, appeal_create
from antenne.moderation.states import Action, AppealState, SubjectKind

if TYPE_CHECKING:
    from antenne.moderation.models import Appeal, Decision

router = Router(tags=["decisions"])


class AppealAsked(Asked):
    """Why a decision is wrong; it can be said once."""

    text: Text = Field(min_length=1, max_length=TEXT_MAX_CHARS)


class AppealOut(Schema):
    """An appeal and its answer."""

    id: UUID
    text: str
    state: AppealState
    answer: str
    created_at: datetime
    answered_at: datetime | None


class DecisionOut(Schema):
    """A decision with its statement of reasons; `ground` is empty where nothing was done."""

    id: UUID
    kind: SubjectKind
    shown: str
    action: Action
    ground: str
    reference: str
    facts: str
    until: datetime | None
    ended_at: datetime | None
    created_at: datetime


class DecisionMineOut(DecisionOut):
    """A decision about something of one's own, and one's appeal."""

    appeal: AppealOut | None


def appeal_out(row: Appeal) -> AppealOut:
    """Say an appeal."""
    return AppealOut.from_orm(row)


def decision_out(row: Decision) -> DecisionOut:
    """Say a decision."""
    return DecisionOut.from_orm(row)


def _mine_out(row: Decision) -> DecisionMineOut:
    appeal = appeal_out(row.appeal) if hasattr(row, "appeal") else None
    return DecisionMineOut(**decision_out(row).model_dump(), appeal=appeal)


@router.get("", response=Listed[DecisionMineOut])
def me_decisions(request: ApiRequest, asked: Paging) -> Listed[DecisionMineOut]:
    """List what was decided about one's own things, the latest first."""
    rows = decisions_about(request.auth.person)
    return listed(asked.of(rows, by="created_at"), _mine_out)


@router.get("/{uuid:decision_id}", response=DecisionMineOut)
def me_decision(request: ApiRequest, decision_id: UUID) -> DecisionMineOut:
    """Read a decision about something of one's own."""
    return _mine_out(decision_about(decision_id, person=request.auth.person))


@router.post("/{uuid:decision_id}/appeal", response={201: AppealOut})
def me_appeal(request: ApiRequest, decision_id: UUID, asked: AppealAsked) -> Status[AppealOut]:
    """Appeal against a decision about something of one's own, once."""
    by = request.auth.person
    return Status(201, appeal_out(appeal_create(by=by, decision_id=decision_id, text=asked.text)))
