"""Running failed jobs again, and taking waiting ones out of the queue."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import UniqueViolation

from antenne.accounts.models import Person
from antenne.accounts.selectors import operator_check
from antenne.custody.services import Act, audit_note
from antenne.kernel.clock import now
from antenne.moderation.refusals import ModerationRefused
from antenne.pipeline.services.units import unit_revive

_AGAIN = ("failed", "aborted", "cancelled")
_AT_ONCE = 500


@transaction.atomic
def job_retry(*, by: Person, number: int) -> None:
    """Put a job that failed or was cancelled back into its queue; raise `ModerationRefused`."""
    job = _job_locked(by, number, _AGAIN)
    try:
        with transaction.atomic():
            _retry(job)
    except UniqueViolation as error:
        words = _("The same work waits in the queue already. Nothing was changed.")
        raise ModerationRefused(words) from error
    act = Act("job.retried", "job", str(number), shown=job.task_name)
    audit_note(by=by.pk, act=act, before={"state": job.status}, after={"state": "todo"})


def _retry(job: ProcrastinateJob) -> None:
    """Have the queue run a job again: it does so of failed ones alone."""
    with connection.cursor() as cursor:
        update = "UPDATE procrastinate_jobs SET status = 'failed' WHERE id = %s AND status = %s"
        cursor.execute(update, [job.pk, job.status])
    app.job_manager.retry_job_by_id(job_id=job.pk, retry_at=now())


def jobs_retry(*, by: Person) -> int:
    """Put the failed jobs, at most 500, back into their queues; return how many went."""
    operator_check(by)
    failed = ProcrastinateJob.objects.filter(status="failed").order_by("pk")
    numbers = list(failed.values_list("pk", flat=True)[:_AT_ONCE])
    done = 0
    for number in numbers:
        with suppress(ModerationRefused):
            job_retry(by=by, number=number)
            done += 1
    return done


@transaction.atomic
def job_cancel(*, by: Person, number: int) -> None:
    """Take a waiting job out of its queue; raise `ModerationRefused` once it has begun."""
    job = _job_locked(by, number, ("todo",))
    app.job_manager.cancel_job_by_id(number)
    act = Act("job.cancelled", "job", str(number), shown=job.task_name)
    audit_note(by=by.pk, act=act, before={"state": "todo"}, after={"state": "cancelled"})


def _job_locked(by: Person, number: int, states: tuple[str, ...]) -> ProcrastinateJob:
    operator_check(by)
    job: ProcrastinateJob | None = (
        ProcrastinateJob.objects.select_for_update().filter(pk=number, status__in=states).first()
    )
    if job is None:
        raise ModerationRefused(_("This job has gone on meanwhile. Nothing was changed."))
    return job


@transaction.atomic
def unit_retry(*, by: Person, unit_id: UUID) -> None:
    """Offer an encode that was given up once more; raise `ModerationRefused`."""
    operator_check(by)
    if not unit_revive(unit_id=unit_id):
        raise ModerationRefused(_("This encode has gone on meanwhile. Nothing was changed."))
    audit_note(by=by.pk, act=Act("unit.retried", "unit", str(unit_id)))
