"""Folds the event log: sessions, views, figures of days, history.

Everything is computed again for what a batch touches, never added to: it may run twice, and the
log gives the same figures whenever it is asked (`antenne statistics check`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import islice
from typing import Final
from uuid import UUID

from django.db import connection, transaction

from antenne.audience.calendar import Calendar
from antenne.audience.locks import FOLDING, lock_try
from antenne.audience.models import Batch, Event, Watch
from antenne.audience.selectors.days import calendar
from antenne.audience.services.days import days_renew
from antenne.audience.services.history import history_renew
from antenne.audience.sessions import Seen, amount_of, began_at, session_last
from antenne.catalog.models import Video
from antenne.kernel.clock import now

BATCHES_AT_ONCE: Final = 40
_SESSIONS_AT_ONCE: Final = 2_000
_EVENTS = """
    SELECT event.* FROM unnest(%s::uuid[], %s::uuid[]) AS wanted (first, last)
    JOIN audience_event AS event ON event.id BETWEEN wanted.first AND wanted.last
    ORDER BY event.id
"""
# The first play of a viewer is a view. A viewer's hash is of one video and one day.
_COUNT = """
    UPDATE audience_watch AS watch SET counted = (watch.session = first.session)
    FROM (
        SELECT DISTINCT ON (viewer) viewer, session FROM audience_watch
        WHERE viewer = ANY(%s) AND played ORDER BY viewer, session
    ) AS first
    WHERE watch.viewer = first.viewer AND watch.counted <> (watch.session = first.session)
"""


@transaction.atomic
def events_fold() -> int:
    """Fold the oldest batches that are not folded yet and return how many; one at a time.

    Returns 0 while another worker folds. A kill leaves everything as it was before.
    """
    if not lock_try(FOLDING):
        return 0
    waiting = Batch.objects.filter(folded_at=None).order_by("number")
    batches = list(waiting.values_list("number", flat=True)[:BATCHES_AT_ONCE])
    if batches:
        events = Event.objects.filter(batch__gte=batches[0], batch__lte=batches[-1])
        sessions_renew(events.values_list("session", flat=True).order_by("session").distinct())
        Batch.objects.filter(number__in=batches).update(folded_at=now())
    return len(batches)


def sessions_renew(sessions: Iterable[UUID]) -> None:
    """Make the rows of *sessions*, and all that follows from them, what the log says."""
    remaining = iter(sessions)
    days: set[tuple[UUID, date]] = set()
    while chunk := list(islice(remaining, _SESSIONS_AT_ONCE)):
        watches = watches_of(chunk)
        _watches_write(watches)
        days |= {(watch.video_id, watch.day) for watch in watches}
        history_renew(watches)
    days_renew(days)


def watches_of(sessions: list[UUID]) -> list[Watch]:
    """Return what the log says of *sessions*; nothing is written."""
    found: dict[UUID, list[Event]] = defaultdict(list)
    for event in Event.objects.raw(_EVENTS, [sessions, [session_last(key) for key in sessions]]):
        found[event.session].append(event)
    videos = Video.objects.in_bulk({events[0].video_id for events in found.values()})
    days = calendar()
    return [
        _watch_of(session, events, videos[events[0].video_id].duration_ms or 0, days)
        for session, events in found.items()
        if events[0].video_id in videos
    ]


def _watch_of(session: UUID, events: list[Event], duration_ms: int, days: Calendar) -> Watch:
    said = events[0]
    seen = [Seen(event.at, event.position_ms, event.ranges_ms) for event in events]
    amount = amount_of(session, seen, duration_ms)
    return Watch(
        session=session,
        home=said.home,
        video_id=said.video_id,
        person_id=events[-1].person_id,
        day=days.day_of(began_at(session)),
        viewer=said.viewer,
        last_at=amount.last_at,
        position_ms=amount.position_ms,
        watched_ms=amount.watched_ms,
        played=amount.played,
        enters=amount.enters,
        leaves=amount.leaves,
        source=said.source,
        site=said.site,
        device=said.device,
        country=said.country,
        language=said.language,
    )


FOLDED: Final = (
    "last_at",
    "position_ms",
    "watched_ms",
    "played",
    "enters",
    "leaves",
    "country",
    "person",
)


def _watches_write(watches: list[Watch]) -> None:
    Watch.objects.bulk_create(
        watches, update_conflicts=True, unique_fields=["session"], update_fields=FOLDED
    )
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [sorted({watch.viewer for watch in watches})])
