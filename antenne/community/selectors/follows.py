"""Reads of subscriptions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import QuerySet, Value

from antenne.accounts.models import Person
from antenne.catalog.models import Video
from antenne.catalog.selectors.onlookers import Onlooker
from antenne.catalog.selectors.videos import videos_public
from antenne.community.models import Follow, Like
from antenne.community.states import Bell
from antenne.kernel.written import written

_LIKED: Final = "liked"


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether somebody likes a thing, and how they follow its channel (empty: they do not)."""

    liked: bool = False
    bell: str = ""


def standing_of(person: Person | None, *, subject: UUID, channel: UUID) -> Standing:
    """Return how a person stands to a thing and to its channel (one query)."""
    if person is None:
        return Standing()
    found = {value for (value,) in _standing(person.pk, subject, channel)}
    return Standing(_LIKED in found, next(iter(found - {_LIKED}), ""))


@written
def _standing(person: UUID, subject: UUID, channel: UUID) -> QuerySet[Like, tuple[str]]:
    likes = Like.objects.filter(person=person, subject=subject).values_list(Value(_LIKED))
    return likes.union(Follow.objects.filter(person=person, channel=channel).values_list("bell"))


def follows_of(person: Person) -> QuerySet[Follow]:
    """Return the channels that a person follows."""
    return Follow.objects.filter(person=person).select_related("channel__person")


def followed_newest(person: Person, onlooker: Onlooker, *, size: int) -> list[Video]:
    """Return the latest videos of the channels that a person follows."""
    usual = onlooker.usual
    if usual is None:
        return list(_followed_newest(person.pk, onlooker)[:size])
    return _followed_usual(person.pk, onlooker=usual, size=size)


def _followed_newest(person: UUID, onlooker: Onlooker) -> QuerySet[Video]:
    return onlooker.of(videos_followed(person)).order_by("-published_at", "-pk")


@written
def _followed_usual(person: UUID, *, onlooker: Onlooker, size: int) -> QuerySet[Video]:
    return _followed_newest(person, onlooker)[:size]


def videos_followed(person: Person | UUID) -> QuerySet[Video]:
    """Return the public videos of the channels that a person follows."""
    followed = Follow.objects.filter(person=person).values("channel")
    return videos_public().filter(channel__in=followed)


def followers_told(channel_id: UUID) -> QuerySet[Follow]:
    """Return who follows a channel and wants to hear of it."""
    return Follow.objects.filter(channel_id=channel_id, bell=Bell.ALL).order_by("pk")
