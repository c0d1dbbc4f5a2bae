"""Reads of counters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.db import connection

_TALLIES: Final = """
    SELECT subject, kind, sum(value)::bigint FROM catalog_tally
    WHERE subject = ANY(%(subjects)s::uuid[]) GROUP BY subject, kind
"""


def tallies_of(
    subjects: Iterable[UUID], *, beside: str = "", person: UUID | None = None
) -> dict[UUID, dict[str, int]]:
    """Return what is counted of each of *subjects*, summed over all homes, by kind (one query).

    *beside* is the SQL of more rows of such a form: what a *person* has to do with the subjects.
    """
    counted: dict[UUID, dict[str, int]] = defaultdict(dict)
    sql = f"{_TALLIES} UNION ALL {beside}" if beside else _TALLIES
    with connection.cursor() as cursor:
        cursor.execute(sql, {"subjects": list(subjects), "person": person})
        for subject, kind, value in cursor.fetchall():
            counted[subject][kind] = value
    return counted
