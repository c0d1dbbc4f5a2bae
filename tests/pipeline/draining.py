"""Runs the jobs that are waiting, one after the other, in this thread."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from antenne.catalog.models import Channel, Video
from antenne.catalog.services.visibility import Showing
from antenne.pipeline.services.receiving import file_receive, upload_finish
from antenne.pipeline.stages.upload import upload_begin

JOBS_MOST = 500
ALL = ("facts", "air", "short", "quality", "fetch")
UNTIL_AIR = ("facts", "air", "short")


def drain(queues: Collection[str] = ALL, *, jobs_most: int = JOBS_MOST) -> int:
    """Run waiting jobs, the urgent first, until none is left in *queues*; return how many."""
    app.perform_import_paths()  # type: ignore[no-untyped-call]
    for done in range(jobs_most):
        job = (
            ProcrastinateJob.objects.filter(status="todo", queue_name__in=queues)
            .order_by("-priority", "id")
            .first()
        )
        if job is None:
            return done
        _forget(job.pk)
        app.tasks[job.task_name].func(**job.args)
    raise AssertionError(f"more than {jobs_most} jobs: something defers itself for ever")


def _forget(job_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [job_id])


def video_put(channel: Channel, path: Path, *, showing: Showing | None = None) -> Video:
    """Put a file in as the command line does, without running any job."""
    begun = upload_begin(
        channel=channel,
        filename=path.name,
        size_bytes=path.stat().st_size,
        showing=showing,
    )
    size_bytes = file_receive(upload=begun.upload, path=path)
    upload_finish(upload_id=begun.upload.pk, size_bytes=size_bytes)
    return begun.video
