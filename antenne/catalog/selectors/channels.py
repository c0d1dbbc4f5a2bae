"""Reads of channels."""

from __future__ import annotations

from django.db.models import QuerySet

from antenne.accounts.models import Person
from antenne.catalog.models import Channel
from antenne.catalog.refusals import NotFound


def channel_by_handle(handle: str) -> Channel:
    """Return a channel; raise `NotFound`."""
    channel = Channel.objects.select_related("person").filter(handle__iexact=handle).first()
    if channel is None:
        raise NotFound(handle)
    return channel


def channels_all() -> QuerySet[Channel]:
    """Return every channel, with the person it belongs to."""
    return Channel.objects.select_related("person")


def channels_of(person: Person) -> QuerySet[Channel]:
    """Return a person's channels, the first made first."""
    owned = Channel.objects.filter(person=person).select_related("person")
    return owned.order_by("created_at", "pk")


def channel_owned(handle: str, *, by: Person) -> Channel:
    """Return a channel that *by* may change; raise `NotFound` for anybody else's."""
    channel = channel_by_handle(handle)
    if channel.person_id != by.pk:
        raise NotFound(handle)
    return channel
