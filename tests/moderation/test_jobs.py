"""The queue at the desk: failed jobs run again, waiting ones are taken out; all of it is noted."""

from __future__ import annotations

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from antenne.accounts.models import Person
from antenne.accounts.refusals import NotAllowed
from antenne.custody.models import AuditEntry
from antenne.kernel.models import JobFailure
from antenne.moderation.refusals import ModerationRefused
from antenne.moderation.selectors.jobs import jobs_page, queue_counts
from antenne.moderation.services.jobs import job_cancel, job_retry, jobs_retry
from antenne.moderation.tasks import person_videos
from tests.web.pages import client_of


def job_made(state: str = "todo", *, lock: str | None = None) -> int:
    """Return the number of a job in a state."""
    number: int = person_videos.defer(person="none")
    with connection.cursor() as cursor:
        update = "UPDATE procrastinate_jobs SET status = %s, queueing_lock = %s WHERE id = %s"
        cursor.execute(update, [state, lock, number])
    return number


def state_of(number: int) -> str:
    return str(ProcrastinateJob.objects.get(pk=number).status)


def test_a_failed_job_is_shown_with_its_reason_and_runs_again(mona: Person) -> None:
    number = job_made("failed")
    JobFailure.objects.create(job=number, reason="no room left")
    browser = client_of(mona)
    assert "no room left" in browser.get("/desk/jobs").content.decode()

    browser.post(f"/desk/jobs/{number}/retry")

    assert state_of(number) == "todo"
    note = AuditEntry.objects.get()
    assert (note.action, note.subject, note.before, note.after) == (
        "job.retried",
        str(number),
        {"state": "failed"},
        {"state": "todo"},
    )


@pytest.mark.parametrize("state", ["cancelled", "aborted"])
def test_what_was_taken_out_runs_again_after_all(mona: Person, state: str) -> None:
    number = job_made(state)

    job_retry(by=mona, number=number)

    assert state_of(number) == "todo"
    assert AuditEntry.objects.get().before == {"state": state}


def test_a_waiting_job_is_taken_out_and_a_running_one_stays(mona: Person) -> None:
    waiting, running = job_made(), job_made("doing")

    job_cancel(by=mona, number=waiting)
    with pytest.raises(ModerationRefused):
        job_cancel(by=mona, number=running)

    assert (state_of(waiting), state_of(running)) == ("cancelled", "doing")
    assert AuditEntry.objects.get().action == "job.cancelled"


def test_a_job_whose_work_waits_already_is_left_alone(mona: Person) -> None:
    failed, waiting = job_made("failed", lock="sweep"), job_made(lock="sweep")

    page = client_of(mona).post(f"/desk/jobs/{failed}/retry", follow=True).content.decode()

    assert "The same work waits in the queue already." in page
    assert jobs_retry(by=mona) == 0
    assert (state_of(failed), state_of(waiting)) == ("failed", "todo")
    assert not AuditEntry.objects.exists()


def test_all_failed_jobs_run_again_at_once(mona: Person) -> None:
    failed, cancelled = [job_made("failed") for _each in range(3)], job_made("cancelled")

    page = client_of(mona).post("/desk/jobs/again", follow=True).content.decode()

    assert "3 jobs run again." in page
    assert {state_of(number) for number in failed} == {"todo"}
    assert state_of(cancelled) == "cancelled"
    assert AuditEntry.objects.filter(action="job.retried").count() == 3


def test_nobody_else_reads_or_changes_the_queue(alice: Person) -> None:
    number = job_made("failed")

    for deed in (
        lambda: job_retry(by=alice, number=number),
        lambda: job_cancel(by=alice, number=number),
        lambda: jobs_retry(by=alice),
        lambda: jobs_page(by=alice, state="failed"),
        lambda: queue_counts(by=alice),
    ):
        with pytest.raises(NotAllowed):
            deed()

    assert state_of(number) == "failed"
    assert not AuditEntry.objects.exists()
