"""Reads of whom and what somebody does not want to meet."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from antenne.accounts.models import Person
from antenne.catalog.models import Channel
from antenne.community.models import ChannelBlock, PersonBlock, WordBlock


def people_blocked(person: Person) -> QuerySet[PersonBlock]:
    """Return whom a person has blocked, with their names, the latest first."""
    rows = PersonBlock.objects.filter(person=person).select_related("blocked")
    return rows.order_by("-created_at", "-pk")


def channels_blocked(person: Person) -> QuerySet[ChannelBlock]:
    """Return which channels a person has blocked, with their names, the latest first."""
    rows = ChannelBlock.objects.filter(person=person).select_related("channel")
    return rows.order_by("-created_at", "-pk")


def is_channel_blocked(channel: Channel, *, by: Person | None) -> bool:
    """Say whether somebody has blocked a channel."""
    return by is not None and ChannelBlock.objects.filter(person=by, channel=channel).exists()


def words_blocked(person: Person) -> QuerySet[WordBlock]:
    """Return the words that a person has blocked."""
    return WordBlock.objects.filter(person=person).order_by("word")


def words_of(person_id: UUID) -> tuple[str, ...]:
    """Return the words that a person blocks."""
    return tuple(WordBlock.objects.filter(person_id=person_id).values_list("word", flat=True))


def is_blocked(person_id: UUID, *, by: UUID) -> bool:
    """Say whether *by* has blocked a person."""
    return PersonBlock.objects.filter(person_id=by, blocked_id=person_id).exists()
