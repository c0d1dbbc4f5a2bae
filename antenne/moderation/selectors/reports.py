"""Reports and decisions, as those who run the site read them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from antenne.accounts.models import Person
from antenne.accounts.selectors import operator_check
from antenne.catalog.refusals import NotFound
from antenne.moderation.models import Decision, Report
from antenne.moderation.selectors.subjects import Subject, subject_of
from antenne.moderation.states import Action

_RELATED = ("video__channel__person", "channel__person", "comment__person", "person", "by")


@dataclass(frozen=True, slots=True)
class Case:
    """A report with all that belongs to it."""

    report: Report
    subject: Subject | None
    others: tuple[Report, ...]
    before: tuple[Decision, ...]


def reports_all(*, by: Person, state: str, complaint: str = "", kind: str = "") -> QuerySet[Report]:
    """Return the reports in a state, narrowed; raise `NotAllowed`."""
    operator_check(by)
    rows = Report.objects.select_related(*_RELATED, "decision").filter(state=state)
    if complaint:
        rows = rows.filter(complaint=complaint)
    return rows.filter(kind=kind) if kind else rows


def report_case(report_id: UUID, *, by: Person) -> Case:
    """Return a report with what it is about and what was said and decided of it before.

    Raises `NotAllowed`, `NotFound`.
    """
    operator_check(by)
    rows = Report.objects.select_related(*_RELATED, "decision__by")
    report = rows.filter(pk=report_id).first()
    if report is None:
        raise NotFound(str(report_id))
    others = Report.objects.select_related("by").filter(subject_id=report.subject_id)
    before = Decision.objects.select_related("by").exclude(action=Action.NONE)
    return Case(
        report=report,
        subject=subject_of(report),
        others=tuple(others.exclude(pk=report.pk).order_by("-created_at")[:20]),
        before=tuple(before.filter(person=report.person).order_by("-created_at")[:10])
        if report.person_id
        else (),
    )


def decisions_all(*, by: Person) -> QuerySet[Decision]:
    """Return every decision; raise `NotAllowed`."""
    operator_check(by)
    return Decision.objects.select_related("by", "person", "video", "channel", "comment")
