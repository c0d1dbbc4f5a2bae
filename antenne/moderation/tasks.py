"""What follows a report, a decision, an appeal, a suspension."""

from __future__ import annotations

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from antenne.accounts.models import Person
from antenne.custody.services import audit_forget
from antenne.moderation.models import Appeal, Decision, Report
from antenne.moderation.services import leaving
from antenne.moderation.services.decisions import decisions_due_end
from antenne.moderation.services.desk_telling import desk_tell
from antenne.moderation.services.suspensions import videos_follow
from antenne.moderation.services.telling import (
    appeal_tell,
    decision_tell,
    report_receive,
    reversal_tell,
)

_QUEUE = "short"
_RETRY = RetryStrategy(max_attempts=5, exponential_wait=4)


@app.task(name="moderation.report_confirm", queue=_QUEUE)
def report_confirm(*, report: str) -> None:
    """Confirm that a report has come in."""
    row = Report.objects.filter(pk=report).first()
    if row is not None:
        report_receive(report=row)


@app.task(name="moderation.sides_tell", queue=_QUEUE)
def sides_tell(*, decision: str) -> None:
    """Tell both sides what was decided."""
    row = Decision.objects.select_related("person__user").filter(pk=decision).first()
    if row is not None:
        decision_tell(decision=row)


@app.task(name="moderation.person_tell_reversal", queue=_QUEUE)
def person_tell_reversal(*, decision: str) -> None:
    """Tell somebody that a decision was taken back."""
    row = Decision.objects.select_related("person__user").filter(pk=decision).first()
    if row is not None:
        reversal_tell(decision=row)


@app.task(name="moderation.person_tell_answer", queue=_QUEUE)
def person_tell_answer(*, appeal: str) -> None:
    """Tell somebody how their appeal was answered."""
    row = Appeal.objects.select_related("decision", "by__user").filter(pk=appeal).first()
    if row is not None:
        appeal_tell(appeal=row)


@app.task(name="moderation.person_videos", queue=_QUEUE)
def person_videos(*, person: str) -> None:
    """Take a suspended person's videos off the air, or give them back."""
    row = Person.objects.filter(pk=person).first()
    if row is not None:
        videos_follow(person=row)


@app.task(name="moderation.person_unname", queue=_QUEUE, retry=_RETRY)
def person_unname(*, person: str) -> None:
    """Take the name of somebody who leaves out of what was reported and decided."""
    leaving.person_unname(person_id=UUID(person))


@app.task(name="moderation.desk_hears", queue=_QUEUE)
def desk_hears(**about: str) -> None:
    """Tell those who run the site that something has come in: *about* names what."""
    for queue in about:
        desk_tell(fresh=queue)


@app.task(name="moderation.desk_settles", queue=_QUEUE)
def desk_settles(**_about: str | int) -> None:
    """Count out of their notices what one of them has handled, or who is none of them now."""
    desk_tell()


@app.periodic(cron="*/10 * * * *")
@app.task(name="moderation.decisions_end", queue=_QUEUE, pass_context=False)
def decisions_end(timestamp: int) -> None:
    """End the decisions whose time has run out."""
    decisions_due_end()


@app.periodic(cron="20 4 * * *")
@app.task(name="moderation.log_forget", queue=_QUEUE, queueing_lock="log_forget")
def log_forget(timestamp: int) -> None:
    """Forget what the log of operators has kept for as long as it may."""
    audit_forget()
