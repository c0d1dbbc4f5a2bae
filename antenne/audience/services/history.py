"""What a person has watched: folded from the log, and theirs to pause, clear and take from."""

from __future__ import annotations

from uuid import UUID

from django.db import connection, transaction

from antenne.accounts.models import Person
from antenne.audience.models import Event, History, HistoryChoice, Watch
from antenne.kernel.clock import now
from antenne.kernel.ids import uuid7

_UPSERT = """
    INSERT INTO audience_history AS kept (id, home, person_id, video_id, position_ms, at)
    SELECT * FROM unnest(%s::uuid[], %s::text[], %s::uuid[], %s::uuid[], %s::bigint[],
        %s::timestamptz[]) AS new (id, home, person_id, video_id, position_ms, at)
    WHERE EXISTS (SELECT 1 FROM accounts_person WHERE accounts_person.id = new.person_id)
    ON CONFLICT (person_id, video_id) DO UPDATE
    SET position_ms = excluded.position_ms, at = excluded.at WHERE kept.at <= excluded.at
"""


def history_renew(watches: list[Watch]) -> None:
    """Note where people left what they watched; the latest of *watches* counts."""
    latest: dict[tuple[UUID, UUID], Watch] = {}
    for watch in sorted(watches, key=lambda row: row.last_at):
        if watch.person_id is not None and watch.watched_ms:
            latest[watch.person_id, watch.video_id] = watch
    rows = [
        (uuid7(), row.home, person, video, row.position_ms, row.last_at)
        for (person, video), row in sorted(latest.items())
    ]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_UPSERT, [list(column) for column in zip(*rows, strict=True)])


@transaction.atomic
def history_pause(*, by: Person, paused: bool) -> None:
    """Stop keeping what *by* watches, or keep it again; views still count, without a name."""
    HistoryChoice.objects.update_or_create(person=by, defaults={"paused": paused})


@transaction.atomic
def history_clear(*, by: Person) -> None:
    """Forget everything that *by* has watched, in the log as well."""
    HistoryChoice.objects.update_or_create(person=by, defaults={"cleared_at": now()})
    History.objects.filter(person=by).delete()
    _forget(by)


@transaction.atomic
def history_remove(*, by: Person, video_id: UUID) -> None:
    """Forget that *by* has watched one video, in the log as well."""
    History.objects.filter(person=by, video=video_id).delete()
    _forget(by, video=video_id)


def _forget(person: Person, **where: UUID) -> None:
    Event.objects.filter(person=person, **where).update(person=None)
    Watch.objects.filter(person=person, **where).update(person=None)
