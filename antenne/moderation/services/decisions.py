"""Deciding about reports: what is done, why, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from antenne.accounts.models import Person
from antenne.accounts.selectors import operator_check
from antenne.catalog.refusals import NotFound
from antenne.custody.services import Act, audit_note
from antenne.kernel.clock import now
from antenne.kernel.facts import Fact, fact_record
from antenne.moderation.models import Decision, Report
from antenne.moderation.refusals import ModerationRefused
from antenne.moderation.selectors.subjects import Subject, subject_of
from antenne.moderation.services.measures import measure_end, measure_take
from antenne.moderation.states import (
    CATEGORY_OF,
    EVERYWHERE,
    Action,
    Ground,
    ReportState,
    Source,
    SubjectKind,
)

FACTS_MAX_CHARS = 5000


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is decided, and the statement of reasons (DSA, article 17)."""

    action: str
    ground: str = ""
    reference: str = ""
    facts: str = ""
    until: datetime | None = None
    hides: bool = False

    def check(self, subject: Subject) -> None:
        """Raise `ModerationRefused` where the parts do not fit together."""
        if self.action not in allowed_actions(subject.kind):
            raise ModerationRefused(_("This cannot be done to it."))
        if self.action == Action.NONE:
            return
        if self.ground not in Ground.values:
            raise ModerationRefused(_("Say on which ground."))
        if not self.reference.strip():
            raise ModerationRefused(_("Name the rule or the law that it breaks."))
        if not self.facts.strip():
            raise ModerationRefused(_("Say what is in it: the person concerned reads this."))
        if len(self.facts) > FACTS_MAX_CHARS or "\x00" in self.facts + self.reference:
            raise ModerationRefused(_("This text is too long."))
        if self.until is not None and self.until <= now():
            raise ModerationRefused(_("This date has passed."))


def allowed_actions(kind: str) -> tuple[Action, ...]:
    """Return what can be done to a thing of this kind."""
    if kind == SubjectKind.VIDEO:
        return (Action.NONE, Action.SENSITIVE, Action.WITHDRAW, Action.SUSPEND)
    if kind == SubjectKind.COMMENT:
        return (Action.NONE, Action.WITHDRAW, Action.SUSPEND)
    return (Action.NONE, Action.SUSPEND)


@transaction.atomic
def report_decide(*, by: Person, report_id: UUID, ruling: Ruling) -> Decision:
    """Decide about a report, and about every other open one on the same thing.

    Raises `NotAllowed`, `NotFound`, and `ModerationRefused` where somebody was faster.
    """
    operator_check(by)
    report = Report.objects.select_for_update(of=("self",)).filter(pk=report_id).first()
    if report is None:
        raise NotFound(str(report_id))
    if report.state != ReportState.OPEN:
        raise ModerationRefused(_("Somebody has decided this meanwhile. Nothing was changed."))
    subject = subject_of(report)
    if subject is None:
        ruling = Ruling(Action.NONE)
        decision = _decision_write(by, _gone(report), ruling, report)
    else:
        decision = _decision_write(by, subject, ruling, report)
    open_ones = Report.objects.filter(subject_id=report.subject_id, state=ReportState.OPEN)
    open_ones.update(state=ReportState.DECIDED, decision=decision, decided_at=now())
    return decision


@transaction.atomic
def subject_decide(*, by: Person, subject: Subject, ruling: Ruling) -> Decision:
    """Decide about something, and with it about every open report on it.

    Raises `NotAllowed`, `ModerationRefused`.
    """
    operator_check(by)
    reports = Report.objects.filter(subject_id=subject.pk, state=ReportState.OPEN)
    first = reports.select_for_update(of=("self",)).order_by("created_at").first()
    decision = _decision_write(by, subject, ruling, first)
    reports.update(state=ReportState.DECIDED, decision=decision, decided_at=now())
    return decision


@dataclass(frozen=True, slots=True)
class Decided:
    """What came of deciding about several things: how many, and which were left and why."""

    count: int
    left: tuple[tuple[str, str], ...]


def subjects_decide(*, by: Person, subjects: Sequence[Subject], ruling: Ruling) -> Decided:
    """Decide the same about several things, each in a transaction of its own.

    Raises `NotAllowed`; what is refused of one leaves the others alone.
    """
    operator_check(by)
    left: list[tuple[str, str]] = []
    for subject in subjects:
        try:
            subject_decide(by=by, subject=subject, ruling=ruling)
        except ModerationRefused as refusal:
            left.append((subject.shown, str(refusal)))
    return Decided(len(subjects) - len(left), tuple(left))


def _gone(report: Report) -> Subject:
    """Return what a report was about as far as the report knows, where it is gone."""
    return Subject(
        kind=SubjectKind(report.kind),
        key="",
        pk=report.subject_id,
        home=report.home,
        owner=report.person,
        shown=report.shown,
        said=report.said,
        created_at=report.created_at,
    )


def _decision_write(
    by: Person, subject: Subject, ruling: Ruling, report: Report | None
) -> Decision:
    ruling.check(subject)
    restricts = ruling.action != Action.NONE
    decision = Decision(
        home=subject.home,
        kind=subject.kind,
        **subject.columns,
        person=subject.owner,
        shown=subject.shown[:200],
        content_date=subject.created_at.date(),
        language=subject.language,
        action=ruling.action,
        ground=ruling.ground if restricts else "",
        reference=ruling.reference.strip()[:500] if restricts else "",
        facts=ruling.facts.strip(),
        category=CATEGORY_OF[report.complaint]
        if report
        else "STATEMENT_CATEGORY_OTHER_VIOLATION_TC",
        source=Source.NOTICE if report else Source.OWN,
        territories=EVERYWHERE if restricts else [],
        until=ruling.until if restricts else None,
        by=by,
    )
    decision.save(force_insert=True)
    measure_take(by=by, decision=decision, subject=subject, hides=ruling.hides)
    act = Act("subject.decided", str(subject.kind), str(subject.pk), shown=subject.shown)
    after = {"action": ruling.action, "ground": decision.ground, "reference": decision.reference}
    audit_note(by=by.pk, act=act, after=after, reason=ruling.facts)
    fact_record(Fact("subject.decided", {"decision": str(decision.pk)}))
    return decision


@transaction.atomic
def decision_reverse(*, by: Person, decision_id: UUID, reason: str) -> Decision:
    """Take a decision back and restore what it took away; raise `ModerationRefused` if it ended."""
    operator_check(by)
    decision = decision_end(decision_id=decision_id)
    if decision is None:
        raise ModerationRefused(_("This decision has ended already."))
    act = Act("decision.reversed", str(decision.kind), str(decision.pk), shown=decision.shown)
    audit_note(by=by.pk, act=act, before={"action": decision.action}, reason=reason)
    fact_record(Fact("decision.reversed", {"decision": str(decision.pk)}))
    return decision


@transaction.atomic
def decision_end(*, decision_id: UUID) -> Decision | None:
    """End what a decision did; None where it has ended before."""
    rows = Decision.objects.select_for_update(of=("self",)).filter(ended_at=None)
    decision = rows.filter(pk=decision_id).first()
    if decision is None:
        return None
    decision.ended_at = now()
    decision.save(update_fields=["ended_at"])
    measure_end(decision=decision)
    return decision


def decisions_due_end() -> int:
    """End the decisions whose time has run out; return how many."""
    due = Decision.objects.filter(ended_at=None, until__lte=now())
    keys = list(due.values_list("pk", flat=True))
    return sum(decision_end(decision_id=key) is not None for key in keys)
