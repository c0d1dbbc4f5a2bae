"""The worker: a few lanes in one process, so that slow work never blocks quick or urgent work."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import threading
import traceback
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError
from procrastinate import App
from procrastinate.contrib.django import app as django_app
from procrastinate.contrib.django.db_cleanup import close_db_connections
from procrastinate.contrib.django.utils import connector_params
from procrastinate.job_context import JobContext
from procrastinate.middleware import SyncCallNext
from procrastinate.periodic import PeriodicRegistry
from procrastinate.worker import Worker

from antenne.cli.ear import SharedEar
from antenne.kernel.environment import environment
from antenne.kernel.logs import request_id
from antenne.kernel.services import job_failure_note

_LOG = logging.getLogger(__name__)
STOP_S = 8.0
POLL_S = 5.0
BEAT_S = 3.0  # `kernel.tasks.jobs_rescue` takes jobs away from a worker that missed three
POOL_MAX = 2  # the lanes' own short questions; the jobs use Django's connections
POOL_IDLE_S = 60


class LaneEnded(Exception):
    """A lane stopped by itself; the whole worker ends, and its supervisor starts it again."""


@dataclass(frozen=True)
class Lane:
    """The queues of one lane, how many jobs it runs at once, and whether it is woken or looks."""

    name: str
    queues: tuple[str, ...]
    jobs: int
    woken: bool


def lanes(quality_jobs: int) -> tuple[Lane, ...]:
    """Return the lanes; the names of the queues are those that the tasks give."""
    return (
        Lane("short", ("facts", "short"), 4, woken=True),
        Lane("air", ("air",), 2, woken=True),
        Lane("quality", ("quality",), quality_jobs, woken=True),
        Lane("fetch", ("fetch",), 2, woken=True),
        Lane("mail", ("mail",), 2, woken=True),
        Lane("push", ("push",), 2, woken=True),
        Lane("rescue", ("rescue",), 1, woken=False),
    )


def worker_run() -> None:
    """Run every lane until SIGTERM or SIGINT.

    Running jobs get eight seconds to end; those that do not are rescued by the next worker.
    """
    django_app.perform_import_paths()  # type: ignore[no-untyped-call]
    try:
        asyncio.run(_lanes_run(lanes(environment().quality_jobs)))
    except* LaneEnded as ended:
        sys.exit(f"antenne worker: {len(ended.exceptions)} lanes have lost the database")


async def _lanes_run(chosen: tuple[Lane, ...]) -> None:
    loop = asyncio.get_running_loop()
    loop.set_default_executor(ThreadPoolExecutor(sum(lane.jobs for lane in chosen) + 2))
    connector = SharedEar(
        [queue for lane in chosen if lane.woken for queue in lane.queues],
        kwargs=connector_params("default"),
        min_size=1,
        max_size=POOL_MAX,
        max_idle=POOL_IDLE_S,
    )
    running: list[asyncio.Task[None]] = []

    def stop() -> None:
        _end_soon()
        for task in running:
            task.cancel()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    apps = [_lane_app(connector, number, len(chosen)) for number in range(len(chosen))]
    async with apps[0].open_async(), asyncio.TaskGroup() as group:
        running.extend(
            group.create_task(_lane_run(lane, app)) for lane, app in zip(chosen, apps, strict=True)
        )


async def _lane_run(lane: Lane, app: App) -> None:
    await app.run_worker_async(
        name=lane.name,
        queues=list(lane.queues),
        concurrency=lane.jobs,
        listen_notify=lane.woken,
        fetch_job_polling_interval=POLL_S,
        shutdown_graceful_timeout=STOP_S / 2,
        update_heartbeat_interval=BEAT_S,
        install_signal_handlers=False,
        task_middleware=[job_named, close_db_connections, failure_noted],
        delete_jobs="successful",
    )
    raise LaneEnded(lane.name)  # nobody told it to: it has lost the database


def _lane_app(connector: SharedEar, number: int, count: int) -> App:
    """Return the queue as lane *number* of *count* sees it.

    The tasks themselves keep Django's connector: what they defer belongs to their transaction.
    The lanes share the periodic tasks out, and none goes without: procrastinate stops watching
    the connections of a worker that has nothing periodic to defer.
    """
    app = App(connector=connector, worker_defaults=django_app.worker_defaults)
    app.tasks = django_app.tasks
    known = list(django_app.periodic_registry.periodic_tasks.items())
    share = known[number::count] or known[number % len(known) :][:1] if known else []
    app.periodic_registry = PeriodicRegistry()  # type: ignore[no-untyped-call]
    app.periodic_registry.periodic_tasks.update(share)
    return app


def failure_noted(call_next: SyncCallNext, context: JobContext, _worker: Worker) -> Any:  # noqa: ANN401 - what a task returns
    """Keep why a job failed: the desk shows it."""
    try:
        return call_next()
    except Exception as error:
        if context.job.id is not None:
            reason = "".join(traceback.format_exception_only(error)).strip()
            _failure_keep(context.job.id, reason)
        raise


def _failure_keep(job: int, reason: str) -> None:
    try:
        job_failure_note(job=job, reason=reason)
    except DatabaseError:
        _LOG.warning("why job %s failed could not be kept", job, exc_info=True)


def job_named(call_next: SyncCallNext, context: JobContext, _worker: Worker) -> Any:  # noqa: ANN401 - what a task returns
    """Put the job's number on every line it logs."""
    token = request_id.set(f"job-{context.job.id}")
    try:
        return call_next()
    finally:
        request_id.reset(token)


def _end_soon() -> None:
    """End the process even if a job's thread does not: Python would wait for it for ever."""
    timer = threading.Timer(STOP_S, os._exit, args=(1,))
    timer.daemon = True
    timer.start()
