"""Reads of likes."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from antenne.accounts.models import Person
from antenne.catalog.states import PLAYABLE, Visibility
from antenne.community.models import Like


def likes_of(person: Person) -> QuerySet[Like]:
    """Return the likes of videos that the person can still watch, to be listed by their date."""
    seen = Q(video__visibility=Visibility.PUBLIC) | Q(video__channel__person=person)
    rows = Like.objects.filter(seen, person=person, video__state__in=PLAYABLE)
    return rows.select_related("video__channel")
