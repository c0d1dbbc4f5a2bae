"""Writes to counters."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import F
from django.db.models.functions import Greatest

from antenne.catalog.models import Tally
from antenne.catalog.states import TallyKind


def tally_add(*, subject: UUID, home: str, kind: TallyKind, by: int = 1) -> None:
    """Count *by* more (or less, never below 0) of a kind, in the caller's transaction."""
    Tally.objects.bulk_create([Tally(subject=subject, home=home, kind=kind)], ignore_conflicts=True)
    Tally.objects.filter(subject=subject, home=home, kind=kind).update(
        value=Greatest(F("value") + by, 0)
    )


def tallies_clear(*, subjects: Iterable[UUID]) -> None:
    """Forget what was counted of things that are gone."""
    Tally.objects.filter(subject__in=list(subjects)).delete()
