"""Taking somebody who leaves out of what others are told: who follows, who likes, how many."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from antenne.accounts.models import Person
from antenne.catalog.services.tallies import tally_add
from antenne.catalog.states import TallyKind
from antenne.community.models import Follow, Like


def person_leave(*, person_id: UUID) -> None:
    """Take back every follow and like of a person, so that the counters stay right."""
    if not Person.objects.filter(pk=person_id).exists():
        return
    for follow in Follow.objects.filter(person=person_id).select_related("channel").iterator():
        channel = follow.channel
        _take_back(follow, channel.pk, channel.home, TallyKind.FOLLOWERS)
    likes = Like.objects.filter(person=person_id).select_related("video", "comment", "post")
    for like in likes.iterator():
        liked = like.video or like.comment or like.post
        _take_back(like, like.subject, liked.home if liked else "", TallyKind.LIKES)


@transaction.atomic
def _take_back(row: Follow | Like, subject: UUID, home: str, kind: TallyKind) -> None:
    """Delete a row and count one less; once, however often it is run."""
    gone, _each = type(row).objects.filter(pk=row.pk).delete()
    if gone and home:
        tally_add(subject=subject, home=home, kind=kind, by=-1)
