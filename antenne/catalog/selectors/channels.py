"""Reads of channels."""

from __future__ import annotations

from django.db.models import QuerySet

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, HandleRedirect
from antenne.catalog.refusals import NotFound
from antenne.catalog.selectors.teams import may
from antenne.catalog.states import Power
from antenne.kernel.written import written


def channel_by_handle(handle: str) -> Channel:
    """Return a channel; raise `NotFound`."""
    found = _by_handle(str(_bare(handle)))
    if not found:
        raise NotFound(handle)
    return found[0]


@written
def _by_handle(handle: str) -> QuerySet[Channel]:
    rows = Channel.objects.select_related("person").filter(handle__iexact=handle)
    return rows.order_by("pk")[:1]


def _bare(handle: str) -> str:
    return handle.removeprefix("@")


def handle_now(handle: str) -> str:
    """Return the handle of the channel that had this one before, or ""."""
    moved = HandleRedirect.objects.select_related("channel").filter(handle__iexact=_bare(handle))
    first = moved.first()
    return first.channel.handle if first else ""


def channels_all() -> QuerySet[Channel]:
    """Return every channel, with the person it belongs to."""
    return Channel.objects.select_related("person")


def channels_of(person: Person) -> QuerySet[Channel]:
    """Return a person's own channels, the first made first."""
    owned = Channel.objects.filter(person=person).select_related("person")
    return owned.order_by("created_at", "pk")


def channel_owned(handle: str, *, by: Person, power: Power = Power.MANAGE) -> Channel:
    """Return a channel in which *by* may do this; raise `NotFound` for any other."""
    channel = channel_by_handle(handle)
    if not may(by, channel, power):
        raise NotFound(handle)
    return channel
