"""Reads of subscriptions."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from antenne.accounts.models import Person
from antenne.catalog.models import Video
from antenne.catalog.selectors.videos import videos_public
from antenne.community.models import Follow
from antenne.community.states import Bell


def follow_of(person: Person | None, channel_id: UUID) -> Follow | None:
    """Return how a person follows a channel, or None."""
    if person is None:
        return None
    return Follow.objects.filter(person=person, channel_id=channel_id).first()


def follows_of(person: Person) -> QuerySet[Follow]:
    """Return the channels that a person follows."""
    return Follow.objects.filter(person=person).select_related("channel__person")


def videos_followed(person: Person) -> QuerySet[Video]:
    """Return the public videos of the channels that a person follows."""
    followed = Follow.objects.filter(person=person).values("channel")
    return videos_public().filter(channel__in=followed)


def followers_told(channel_id: UUID) -> QuerySet[Follow]:
    """Return who follows a channel and wants to hear of it."""
    return Follow.objects.filter(channel_id=channel_id, bell=Bell.ALL).order_by("pk")
