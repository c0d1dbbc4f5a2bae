"""The queue as operators see it: what waits, runs and has failed, and why."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from antenne.accounts.models import Person
from antenne.accounts.selectors import operator_check
from antenne.kernel.models import JobFailure

STATES = {
    "failed": _("Failed"),
    "doing": _("Running"),
    "todo": _("Waiting"),
    "cancelled": _("Cancelled"),
    "aborted": _("Stopped"),
    "succeeded": _("Done"),
}
_SIZE = 50
_WORD_CHARS = 120


@dataclass(frozen=True, slots=True)
class Job:
    """One job: what it does, with what, how often it was tried and why it failed."""

    number: int
    task: str
    queue: str
    state: str
    words: str
    attempts: int
    priority: int
    scheduled_at: datetime | None
    reason: str

    @property
    def can_retry(self) -> bool:
        """Say whether it can be run again."""
        return self.state in ("failed", "aborted", "cancelled")

    @property
    def can_cancel(self) -> bool:
        """Say whether it has not begun."""
        return self.state == "todo"


@dataclass(frozen=True, slots=True)
class QueueCount:
    """How many jobs of a lane wait, run and have failed."""

    queue: str
    waiting: int
    running: int
    failed: int


def jobs_page(*, by: Person, state: str, before: int = 0) -> tuple[list[Job], int]:
    """Return a page of jobs in a state, newest first, and the next page's number; `NotAllowed`."""
    operator_check(by)
    rows: QuerySet[ProcrastinateJob] = ProcrastinateJob.objects.filter(status=state)
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: _SIZE + 1])
    reasons = dict(
        JobFailure.objects.filter(job__in=[row.pk for row in found]).values_list("job", "reason")
    )
    shown = [_job(row, reasons.get(row.pk, "")) for row in found[:_SIZE]]
    return shown, (found[_SIZE - 1].pk if len(found) > _SIZE else 0)


def _job(row: ProcrastinateJob, reason: str) -> Job:
    return Job(
        number=row.pk,
        task=row.task_name,
        queue=row.queue_name,
        state=row.status,
        words=json.dumps(row.args, ensure_ascii=False)[1:-1][:_WORD_CHARS],
        attempts=row.attempts,
        priority=row.priority,
        scheduled_at=row.scheduled_at,
        reason=reason,
    )


def queue_counts(*, by: Person) -> list[QueueCount]:
    """Return how full each lane is; raise `NotAllowed`."""
    operator_check(by)
    rows = ProcrastinateJob.objects.exclude(status="succeeded").values("queue_name")
    counted = rows.annotate(
        waiting=Count("pk", filter=Q(status="todo")),
        running=Count("pk", filter=Q(status="doing")),
        failed=Count("pk", filter=Q(status="failed")),
    )
    return [
        QueueCount(row["queue_name"], row["waiting"], row["running"], row["failed"])
        for row in counted.order_by("queue_name")
    ]


def workers_beat(*, by: Person) -> tuple[int, datetime | None]:
    """Return how many lanes of workers there are, and which was heard of longest ago."""
    operator_check(by)
    row = ProcrastinateWorker.objects.aggregate(count=Count("pk"), oldest=Min("last_heartbeat"))
    return row["count"], row["oldest"]
