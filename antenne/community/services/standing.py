"""Notices that say how something stands: one row a person and subject, written over and taken back.

Whoever runs the site is told that five reports wait, not five times that one came.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from antenne.accounts.models import Person
from antenne.community.models import Notification
from antenne.community.selectors.notifications import wish_first, wishes_for
from antenne.community.services.notifications import EVENT, topic_of
from antenne.community.states import Kind
from antenne.kernel.clock import now
from antenne.kernel.events import event_send


@dataclass(frozen=True, slots=True)
class Standing:
    """How something stands, in the words of whoever reads it; without a *note* nothing is left."""

    kind: Kind
    key: str
    note: str
    path: str


@transaction.atomic
def standing_set(*, to: Person, standing: Standing, fresh: bool) -> None:
    """Say how something stands; what is *fresh* is unread again, and due by letter again.

    What is not fresh only changes the words of a notice that is there.
    """
    rows = Notification.objects.select_for_update().filter(person=to, key=standing.key)
    row = rows.first()
    wish = wishes_for([to.pk], standing.kind).get(to.pk) or wish_first(standing.kind)
    if not standing.note or wish.silent:
        _take([row] if row else [])
        return
    if row is None and not fresh:
        return
    unread_before = bool(row and row.in_page and row.read_at is None)
    said: dict[str, object] = {"note": standing.note[:500], "path": standing.path[:200]}
    if fresh:
        said |= {
            "in_page": wish.in_page,
            "pace": wish.pace,
            "created_at": now(),
            "read_at": None,
            "mailed_at": None,
        }
    Notification.objects.update_or_create(
        person=to, key=standing.key, home=to.home, defaults={"kind": standing.kind, **said}
    )
    if fresh and wish.in_page and not unread_before:
        event_send(topic_of(to.pk), EVENT, by=1)


@transaction.atomic
def standing_take(*, kind: Kind, but: Sequence[Person]) -> None:
    """Take back the notices of a kind from everybody *but* these."""
    rows = Notification.objects.select_for_update().filter(kind=kind)
    _take(list(rows.exclude(person__in=but)))


def _take(rows: Sequence[Notification]) -> None:
    """Delete notices; a bell that counts one of them counts one less."""
    Notification.objects.filter(pk__in=[row.pk for row in rows]).delete()
    for row in rows:
        if row.in_page and row.read_at is None:
            event_send(topic_of(row.person_id), EVENT, by=-1)
