"""Facts: what happened, recorded in the transaction that made it true.

`antenne.flow` alone says what a fact leads to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import connection
from procrastinate.contrib.django import app

from antenne.kernel.models import FactRecord

DISPATCH_TASK: Final = "flow.dispatch"
DISPATCH_QUEUE: Final = "facts"
_LATEST: Final = "SELECT id FROM kernel_factrecord ORDER BY id DESC LIMIT 1"


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that has happened, named in the past tense, with the ids it is about."""

    name: str
    payload: dict[str, str | int]


def fact_record(fact: Fact) -> None:
    """Store *fact* in the caller's transaction and defer the job that hands it to its handlers."""
    row = FactRecord(name=fact.name, payload=fact.payload)
    row.save(force_insert=True)
    app.configure_task(DISPATCH_TASK, queue=DISPATCH_QUEUE, priority=100).defer(fact_id=str(row.pk))


def fact_latest() -> UUID | None:
    """Return what happened last: who made something before that may have to make it again.

    One look at an index. Of two facts within a millisecond the later one may be missed.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LATEST)
        row = cursor.fetchone()
    return row[0] if row else None
