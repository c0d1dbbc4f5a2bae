"""Reads of what a person has watched; only that person is ever asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from antenne.accounts.models import Person
from antenne.audience.models import History, HistoryChoice
from antenne.catalog.refusals import NotFound
from antenne.catalog.selectors.onlookers import ANYBODY, Onlooker
from antenne.catalog.selectors.tallies import tallies_of
from antenne.catalog.states import OPEN, PLAYABLE
from antenne.kernel.written import written

_LEFT: Final = "left_ms"
_THEIRS: Final = """
    SELECT video_id, 'left_ms', position_ms::bigint FROM audience_history
    WHERE person_id = %(person)s AND video_id = ANY(%(subjects)s::uuid[]) AND position_ms > 0
"""


def history_of(person: Person | UUID) -> QuerySet[History]:
    """Return what *person* has watched and may still see, with its video and channel.

    Pages of it go by `at`, the last watched first.
    """
    visible = Q(video__visibility__in=OPEN) | Q(video__channel__person=person)
    kept = History.objects.filter(visible, person=person)
    return kept.select_related("video__channel")


def watching_on(person: Person, *, onlooker: Onlooker = ANYBODY, size: int = 12) -> list[History]:
    """Return what *person* has begun and not finished, the last watched first."""
    usual = onlooker.usual
    if usual is None:
        return list(_begun(person.pk, onlooker)[:size])
    return _begun_usual(person.pk, onlooker=usual, size=size)


def _begun(person: UUID, onlooker: Onlooker) -> QuerySet[History]:
    begun = history_of(person).filter(position_ms__gt=0, video__state__in=PLAYABLE)
    return onlooker.of(begun, video="video__").order_by("-at", "-pk")


@written
def _begun_usual(person: UUID, *, onlooker: Onlooker, size: int) -> QuerySet[History]:
    return _begun(person, onlooker)[:size]


def tallies_and_positions(
    subjects: Iterable[UUID], *, viewer: Person | None
) -> tuple[dict[UUID, dict[str, int]], dict[UUID, int]]:
    """Return what is counted of *subjects*, and where *viewer* left each video (ms; one query)."""
    if viewer is None:
        return tallies_of(subjects), {}
    counted = tallies_of(subjects, beside=_THEIRS, person=viewer.pk)
    left = {key: kinds[_LEFT] for key, kinds in counted.items() if _LEFT in kinds}
    return counted, left


def resume_positions(person: Person | None, video_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Return where *person* left each of the videos (ms); what was not begun is absent."""
    if person is None:
        return {}
    rows = History.objects.filter(person=person, video__in=list(video_ids), position_ms__gt=0)
    return dict(rows.values_list("video", "position_ms"))


def history_video(public_id: str, *, person: Person) -> UUID:
    """Return the key of a video in *person*'s history; raise `NotFound` for any other."""
    rows = History.objects.filter(person=person, video__public_id=public_id)
    found: UUID | None = rows.values_list("video", flat=True).first()
    if found is None:
        raise NotFound(public_id)
    return found


def history_paused(person: Person) -> bool:
    """Say whether *person* does not want their history kept at the moment."""
    return HistoryChoice.objects.filter(person=person, paused=True).exists()
