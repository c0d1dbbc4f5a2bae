"""Jobs and lanes: what waits, runs and has failed; running it again."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Query, Router, Schema, Status
from pydantic import Field

from antenne.api.v1.callers import ApiRequest
from antenne.moderation.selectors.jobs import Job, jobs_page, queue_counts, workers_beat
from antenne.moderation.services.jobs import job_cancel, job_retry, jobs_retry, unit_retry

router = Router(tags=["desk"])
_NUMBER_MAX = 2**63 - 1
Number = Annotated[int, Field(ge=1, le=_NUMBER_MAX)]
JobState = Literal["failed", "doing", "todo", "cancelled", "aborted", "succeeded"]


class JobsAsked(Schema):
    """Which jobs; `before` is `next_before` of the page before."""

    state: JobState = "failed"
    before: int = Field(default=0, ge=0, le=_NUMBER_MAX)


class JobOut(Schema):
    """A job: what it does, with what, how often it was tried, why it failed."""

    number: int
    task: str
    queue: str
    state: JobState
    words: str
    attempts: int
    priority: int
    scheduled_at: datetime | None
    reason: str
    can_retry: bool
    can_cancel: bool


class JobsOut(Schema):
    """A page of jobs; `next_before` is null at its end."""

    items: list[JobOut]
    next_before: int | None


class AgainOut(Schema):
    """How many jobs run again."""

    again: int


class LaneOut(Schema):
    """How full a lane is."""

    queue: str
    waiting: int
    running: int
    failed: int


class LanesOut(Schema):
    """The lanes, how many workers there are, and which was heard of longest ago."""

    lanes: list[LaneOut]
    workers: int
    heard_at: datetime | None


def _job_out(job: Job) -> JobOut:
    return JobOut.from_orm(job)


@router.get("/jobs", response=JobsOut)
def desk_jobs(request: ApiRequest, asked: Annotated[JobsAsked, Query()]) -> JobsOut:
    """List the jobs in a state, the newest first."""
    jobs, after = jobs_page(by=request.auth.person, state=asked.state, before=asked.before)
    return JobsOut(items=[_job_out(job) for job in jobs], next_before=after or None)


@router.get("/lanes", response=LanesOut)
def desk_lanes(request: ApiRequest) -> LanesOut:
    """Say how full each lane of jobs is, and whether anybody works."""
    by = request.auth.person
    count, heard_at = workers_beat(by=by)
    lanes = [LaneOut.from_orm(each) for each in queue_counts(by=by)]
    return LanesOut(lanes=lanes, workers=count, heard_at=heard_at)


@router.post("/jobs/retry", response=AgainOut)
def desk_jobs_retry(request: ApiRequest) -> AgainOut:
    """Put the failed jobs, at most 500 at a time, back into their queues."""
    return AgainOut(again=jobs_retry(by=request.auth.person))


@router.post("/jobs/{number}/retry", response={204: None})
def desk_job_retry(request: ApiRequest, number: Number) -> Status[None]:
    """Put a job that failed or was cancelled back into its queue."""
    job_retry(by=request.auth.person, number=number)
    return Status(204, None)


@router.post("/jobs/{number}/cancel", response={204: None})
def desk_job_cancel(request: ApiRequest, number: Number) -> Status[None]:
    """Take a job that has not begun out of its queue."""
    job_cancel(by=request.auth.person, number=number)
    return Status(204, None)


@router.post("/units/{uuid:unit_id}/retry", response={204: None})
def desk_unit_retry(request: ApiRequest, unit_id: UUID) -> Status[None]:
    """Offer an encode that was given up once more."""
    unit_retry(by=request.auth.person, unit_id=unit_id)
    return Status(204, None)
