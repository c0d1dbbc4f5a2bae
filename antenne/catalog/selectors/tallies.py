"""Reads of counters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Sum

from antenne.catalog.models import Tally


def tallies_of(subjects: Iterable[UUID]) -> dict[UUID, dict[str, int]]:
    """Return what is counted of each of *subjects*, summed over all homes, by kind (one query)."""
    counted: dict[UUID, dict[str, int]] = defaultdict(dict)
    rows = Tally.objects.filter(subject__in=list(subjects)).values_list("subject", "kind")
    for subject, kind, value in rows.annotate(total=Sum("value")):
        counted[subject][kind] = value
    return counted
