"""Decisions about a person, as they read them, and appeals, as operators do."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from antenne.accounts.models import Person
from antenne.accounts.selectors import operator_check
from antenne.catalog.refusals import NotFound
from antenne.kernel.clock import unix_s
from antenne.kernel.environment import environment
from antenne.kernel.signing import TicketRefused, ticket_make, ticket_read
from antenne.moderation.models import Appeal, Decision
from antenne.moderation.states import APPEAL_DAYS, Action

_PURPOSE: Final = "decision"


def decisions_about(person: Person) -> QuerySet[Decision]:
    """Return what was decided about a person's things, with their appeals, newest first."""
    rows = Decision.objects.select_related("appeal", "video", "channel", "comment")
    return rows.filter(person=person).exclude(action=Action.NONE).order_by("-created_at", "-pk")


def decision_about(decision_id: UUID, *, person: Person) -> Decision:
    """Return one decision about a person; raise `NotFound` for anybody else's."""
    decision = decisions_about(person).filter(pk=decision_id).first()
    if decision is None:
        raise NotFound(str(decision_id))
    return decision


def appeal_ticket(decision: Decision) -> str:
    """Return what lets the person concerned read a decision and appeal without signing in."""
    payload: dict[str, str | int] = {
        "decision": str(decision.pk),
        "person": str(decision.person_id),
    }
    ends_s = int((decision.created_at + timedelta(days=APPEAL_DAYS)).timestamp())
    return ticket_make(environment().secret, _PURPOSE, payload, expires_s=ends_s)


def person_of_ticket(ticket: str, *, decision_id: UUID) -> Person | None:
    """Return whom a ticket was given to for this decision; None for any other ticket."""
    try:
        said = ticket_read(environment().secret, _PURPOSE, ticket, now_s=unix_s())
    except TicketRefused:
        return None
    if said.get("decision") != str(decision_id):
        return None
    return Person.objects.filter(pk=str(said["person"])).first()


def appeals_all(*, by: Person, state: str) -> QuerySet[Appeal]:
    """Return appeals in a state; raise `NotAllowed`."""
    operator_check(by)
    rows = Appeal.objects.select_related("decision__by", "by", "answered_by")
    return rows.filter(state=state)


def may_answer(appeal: Appeal, *, by: Person) -> bool:
    """Say whether *by* may answer: not who decided, where somebody else runs the site too."""
    if appeal.decision.by_id != by.pk:
        return True
    others = Person.objects.filter(user__is_operator=True, user__is_active=True)
    return not others.exclude(pk=by.pk).exists()
