"""Reads of likes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from antenne.accounts.models import Person
from antenne.catalog.selectors.tallies import tallies_of
from antenne.catalog.states import PLAYABLE, Visibility
from antenne.community.models import Like

_LIKED: Final = "liked"
_THEIRS: Final = """
    SELECT subject, 'liked', 1::bigint FROM community_like
    WHERE person_id = %(person)s AND subject = ANY(%(subjects)s::uuid[])
"""


def tallies_and_likes(
    subjects: Sequence[UUID], *, viewer: Person | None
) -> tuple[dict[UUID, dict[str, int]], set[UUID]]:
    """Return what is counted of each of *subjects*, and which *viewer* likes (one query)."""
    if not subjects:
        return {}, set()
    if viewer is None:
        return tallies_of(subjects), set()
    counted = tallies_of(subjects, beside=_THEIRS, person=viewer.pk)
    return counted, {key for key, kinds in counted.items() if _LIKED in kinds}


def likes_of(person: Person) -> QuerySet[Like]:
    """Return the likes of videos that the person can still watch, to be listed by their date."""
    seen = Q(video__visibility=Visibility.PUBLIC) | Q(video__channel__person=person)
    rows = Like.objects.filter(seen, person=person, video__state__in=PLAYABLE)
    return rows.select_related("video__channel")
