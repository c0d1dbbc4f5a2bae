"""Reads of counters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.db import connection

_TALLIES: Final = """
    SELECT subject, kind, sum(value)::bigint FROM catalog_tally
    WHERE subject = ANY(%s::uuid[]) GROUP BY subject, kind
"""


def tallies_of(subjects: Iterable[UUID]) -> dict[UUID, dict[str, int]]:
    """Return what is counted of each of *subjects*, summed over all homes, by kind (one query)."""
    counted: dict[UUID, dict[str, int]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(_TALLIES, [list(subjects)])
        for subject, kind, value in cursor.fetchall():
            counted[subject][kind] = value
    return counted
