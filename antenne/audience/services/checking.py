"""Are the figures what the event log gives? Everything is computed again and compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from uuid import UUID

from django.db import transaction

from antenne.audience.models import Batch, Event, VideoDay, VideoDaySlice, Watch
from antenne.audience.services.days import FIGURES, days_of
from antenne.audience.services.folding import FOLDED, watches_of
from antenne.catalog.models import Video

_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Checked:
    """How much was compared, and what differs, in words."""

    sessions: int
    days: int
    differences: tuple[str, ...]


@transaction.atomic
def statistics_check() -> Checked:
    """Compare sessions with the log, and days with their sessions; nothing is written.

    What has come in and is not folded yet is left out.
    """
    waiting = Batch.objects.filter(folded_at=None).values("number")
    unfolded = set(Event.objects.filter(batch__in=waiting).values_list("session", flat=True))
    differences: list[str] = []
    sessions, days = 0, set()
    for chunk in _chunks():
        fresh = [watch for watch in watches_of(chunk) if watch.session not in unfolded]
        sessions += len(fresh)
        days |= {(watch.video_id, watch.day) for watch in fresh}
        differences += _sessions_compare(fresh)
    differences += _days_compare(sorted(days))
    return Checked(sessions, len(days), tuple(differences))


def _chunks() -> Iterator[list[UUID]]:
    found = Event.objects.values_list("session", flat=True).order_by("session").distinct()
    remaining = iter(found.iterator(chunk_size=_AT_ONCE))
    while chunk := list(islice(remaining, _AT_ONCE)):
        yield chunk


def _sessions_compare(fresh: list[Watch]) -> Iterator[str]:
    kept = Watch.objects.in_bulk([watch.session for watch in fresh])
    names = ["day", *(name if name != "person" else "person_id" for name in FOLDED)]
    for watch in fresh:
        found = kept.get(watch.session)
        if found is None:
            yield f"session {watch.session}: is not counted"
            continue
        for name in names:
            if getattr(found, name) != getattr(watch, name):
                yield f"session {watch.session}: {name} is {getattr(found, name)}"


def _days_compare(days: list[tuple[UUID, date]]) -> Iterator[str]:
    videos = {video for video, _day in days}
    homes = dict(Video.objects.filter(pk__in=videos).values_list("pk", "home"))
    if not homes:
        return
    within = {"video__in": homes, "day__in": {day for _video, day in days}}
    totals, slices = days_of([day for day in days if day[0] in homes], homes)
    kept = {(row.video_id, row.day): row for row in VideoDay.objects.filter(**within)}
    for total in totals:
        found = kept.get((total.video_id, total.day), VideoDay())
        for name in FIGURES:
            if getattr(found, name) != getattr(total, name):
                yield f"video {total.video_id} on {total.day}: {name} is {getattr(found, name)}"
    said = {_slice_key(row) for row in VideoDaySlice.objects.filter(**within)}
    for key in sorted(said ^ {_slice_key(row) for row in slices}):
        yield f"slice {key} is in one alone"


def _slice_key(row: VideoDaySlice) -> tuple[str, ...]:
    values = (row.video_id, row.day, row.dimension, row.value, row.views, row.watched_ms)
    return tuple(map(str, values))
