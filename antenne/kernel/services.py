"""Writes of the kernel."""

from __future__ import annotations

from django.db import connection

from antenne.kernel.clock import now
from antenne.kernel.models import FactDone, FactRecord, JobFailure


def fact_receipt(*, fact: FactRecord, handler: str) -> bool:
    """Note that *handler* is given *fact*; return False where it was given before."""
    _receipt, fresh = FactDone.objects.get_or_create(fact=fact, handler=handler)
    return fresh


def job_failure_note(*, job: int, reason: str) -> None:
    """Keep why a job failed, for those who run the site."""
    JobFailure.objects.update_or_create(
        job=job, defaults={"reason": reason[-4000:], "created_at": now()}
    )


def cache_clean() -> None:
    """Forget what the cache has kept for long enough; Django does so only where it is full."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM kernel_cache WHERE expires < %s", [now()])
