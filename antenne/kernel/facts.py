"""Facts: what happened, recorded in the transaction that made it true.

`antenne.flow` alone says what a fact leads to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from procrastinate.contrib.django import app

from antenne.kernel.models import FactRecord

DISPATCH_TASK: Final = "flow.dispatch"
DISPATCH_QUEUE: Final = "facts"


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
