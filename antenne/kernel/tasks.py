"""Housekeeping of the queue itself."""

from __future__ import annotations

from datetime import timedelta

from asgiref.sync import async_to_sync
from procrastinate.contrib.django import app

from antenne.kernel.clock import now
from antenne.kernel.models import FactRecord, JobFailure, RateCount
from antenne.kernel.services import cache_clean

RESCUE_QUEUE = "rescue"
_FACT_DAYS = 30
_WORKER_SILENT_S = 10
_JOB_HOURS = 24


@app.periodic(cron="17 * * * *")
@app.task(name="kernel.facts_clean", queue=RESCUE_QUEUE, pass_context=False)
def facts_clean(timestamp: int) -> None:
    """Forget facts and failed jobs after thirty days, finished jobs after one; old rates."""
    FactRecord.objects.filter(created_at__lt=now() - timedelta(days=_FACT_DAYS)).delete()
    JobFailure.objects.filter(created_at__lt=now() - timedelta(days=_FACT_DAYS)).delete()
    RateCount.objects.filter(free_at__lt=now()).delete()
    cache_clean()
    async_to_sync(app.job_manager.delete_old_jobs)(nb_hours=_JOB_HOURS)
    async_to_sync(app.job_manager.delete_old_jobs)(
        nb_hours=_FACT_DAYS * _JOB_HOURS, include_failed=True, include_aborted=True
    )


@app.periodic(cron="* * * * * */5")
@app.task(name="kernel.jobs_rescue", queue=RESCUE_QUEUE, queueing_lock="jobs_rescue")
def jobs_rescue(timestamp: int) -> None:
    """Give the jobs of a worker that has died to another."""
    manager = app.job_manager
    stalled = async_to_sync(manager.get_stalled_jobs)(seconds_since_heartbeat=_WORKER_SILENT_S)
    for job in stalled:
        async_to_sync(manager.retry_job)(job)
