"""Reads of what a person has watched; only that person is ever asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from antenne.accounts.models import Person
from antenne.audience.models import History, HistoryChoice
from antenne.catalog.refusals import NotFound
from antenne.catalog.selectors.onlookers import ANYBODY, Onlooker
from antenne.catalog.states import OPEN, PLAYABLE
from antenne.kernel.written import written

_LEFT: Final = """
    SELECT video_id, position_ms FROM audience_history
    WHERE person_id = %s AND video_id = ANY(%s::uuid[]) AND position_ms > 0
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


def resume_positions(person: Person | None, video_ids: Iterable[UUID]) -> dict[UUID, int]:
    """Return where *person* left each of the videos (ms); what was not begun is absent."""
    if person is None:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_LEFT, [person.pk, list(video_ids)])
        return dict(cursor.fetchall())


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
