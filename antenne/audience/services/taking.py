"""Takes the edges' batches into the event log: each batch once, each event once."""

from __future__ import annotations

from uuid import UUID

from django.db import connection, transaction

from antenne.accounts.models import Person
from antenne.audience.calendar import Calendar
from antenne.audience.locks import TAKING, lock_wait
from antenne.audience.models import Batch, EgressLog, Event, HistoryChoice
from antenne.audience.records import BytesRecord, EventRecord, records_read
from antenne.audience.selectors.days import calendar
from antenne.catalog.models import Video
from antenne.kernel.clock import now
from antenne.kernel.ids import uuid7

_ROWS = 2_000
_DELIVERED = """
    INSERT INTO audience_delivery AS kept
        (id, home, video_id, day, region, country, network, partner, sent_bytes, requests)
    SELECT * FROM unnest(%s::uuid[], %s::text[], %s::uuid[], %s::date[], %s::text[], %s::text[],
        %s::text[], %s::text[], %s::bigint[], %s::bigint[])
    ON CONFLICT (video_id, day, region, country, network, partner, home) DO UPDATE
    SET sent_bytes = kept.sent_bytes + excluded.sent_bytes,
        requests = kept.requests + excluded.requests
"""


@transaction.atomic
def batch_take(*, name: UUID, body: bytes) -> bool:
    """Append the records of a batch to the log; False where the batch is there already.

    Batches are taken one after the other, so that their numbers are in the order of commits.
    """
    lock_wait(TAKING)
    if Batch.objects.filter(name=name).exists():
        return False
    records = records_read(body)
    batch = Batch.objects.create(name=name)
    _events_append(records.events, batch)
    _delivered_add(records.delivered)
    return True


@transaction.atomic
def egress_take(*, log: str, begin: int, end: int, body: bytes) -> bool:
    """Count the bytes that another server's log names between two of its places (bytes), once.

    False where that part of the log, or another that overlaps it, was counted before.
    """
    EgressLog.objects.get_or_create(name=log)
    row = EgressLog.objects.select_for_update().get(name=log)
    if row.read_bytes != begin:
        return False
    _delivered_add(records_read(body).delivered)
    row.read_bytes, row.read_at = end, now()
    row.save(update_fields=["read_bytes", "read_at"])
    return True


def _events_append(events: list[EventRecord], batch: Batch) -> None:
    """Insert what is not there yet, of videos that still exist, with the persons who want it."""
    videos = set(
        Video.objects.filter(pk__in={event.video for event in events}).values_list("pk", flat=True)
    )
    persons = _Persons({event.person for event in events if event.person})
    rows = [
        Event(
            id=event.id,
            home=event.home,
            batch=batch.number,
            session=event.session,
            video_id=event.video,
            person_id=persons.named(event),
            kind=event.kind,
            at=event.at,
            position_ms=event.position_ms,
            ranges_ms=event.ranges_ms,
            viewer=event.viewer,
            source=event.source,
            site=event.site,
            device=event.device,
            country=event.country,
            language=event.language,
        )
        for event in events
        if event.video in videos
    ]
    Event.objects.bulk_create(rows, batch_size=_ROWS, ignore_conflicts=True)


class _Persons:
    """Who may be named in the log: who exists, keeps a history and has not cleared it since."""

    def __init__(self, asked: set[UUID]) -> None:
        self._known = set(Person.objects.filter(pk__in=asked).values_list("pk", flat=True))
        self._choices = {row.pk: row for row in HistoryChoice.objects.filter(pk__in=asked)}

    def named(self, event: EventRecord) -> UUID | None:
        """Return the person of an event, or None where it is to stay without."""
        person = event.person
        if person not in self._known:
            return None
        choice = self._choices.get(person)
        if choice is None:
            return person
        cleared = choice.cleared_at is not None and event.at <= choice.cleared_at
        return None if choice.paused or cleared else person


def _delivered_add(records: list[BytesRecord]) -> None:
    summed: dict[tuple[str, ...], list[int]] = {}
    days = calendar() if records else Calendar()
    for row in records:
        day = row.day if row.at is None else days.day_of(row.at)
        key = (row.video, day.isoformat(), row.region, row.country, row.network, row.partner)
        counted = summed.setdefault(key, [0, 0])
        counted[0] += row.sent_bytes
        counted[1] += row.requests
    names = {key[0] for key in summed}
    found = Video.objects.filter(public_id__in=names).values_list("public_id", "pk", "home")
    videos = {public_id: (pk, home) for public_id, pk, home in found}
    rows = [
        (uuid7(), videos[key[0]][1], videos[key[0]][0], *key[1:], *counted)
        for key, counted in sorted(summed.items())
        if key[0] in videos
    ]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_DELIVERED, [list(column) for column in zip(*rows, strict=True)])
