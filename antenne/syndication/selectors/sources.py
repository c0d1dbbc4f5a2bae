"""Reads of the feeds that fill channels."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, QuerySet

from antenne.accounts.models import Person
from antenne.catalog.models import Channel
from antenne.catalog.refusals import NotFound
from antenne.catalog.selectors.channels import channel_owned
from antenne.pipeline.models import Upload
from antenne.syndication.models import FeedEntry, FeedSource


@dataclass(frozen=True, slots=True)
class SourceCounts:
    """What became of the entries of a feed so far."""

    imported: int = 0
    skipped: int = 0
    failed: int = 0


def sources_of(channel: Channel) -> QuerySet[FeedSource]:
    """Return the feeds that fill a channel, the first added first."""
    rows = FeedSource.objects.filter(channel=channel).select_related("channel")
    return rows.order_by("created_at", "pk")


def source_owned(source_id: UUID, *, by: Person) -> FeedSource:
    """Return a feed of a channel that *by* may manage; raise `NotFound` for any other."""
    found = FeedSource.objects.select_related("channel").filter(pk=source_id).first()
    if found is None:
        raise NotFound(str(source_id))
    channel_owned(found.channel.handle, by=by)
    return found


def sources_due(*, at: datetime) -> QuerySet[FeedSource]:
    """Return the feeds that are to be read now."""
    return FeedSource.objects.filter(active=True, next_at__lte=at)


def entries_of(source: FeedSource) -> QuerySet[FeedEntry]:
    """Return what became of a feed's entries."""
    return FeedEntry.objects.filter(source=source).select_related("video")


def fetching_of(entries: Iterable[FeedEntry]) -> dict[UUID, Upload]:
    """Return how far the files of imported entries have come, by video (one query)."""
    keys = [entry.video_id for entry in entries if entry.video_id]
    rows = Upload.objects.filter(video__in=keys).only("video", "state", "refusal")
    return {row.video_id: row for row in rows if row.video_id}


def counts_of(sources: Iterable[FeedSource]) -> dict[UUID, SourceCounts]:
    """Return what became of the entries of each feed (one query)."""
    keys = [source.pk for source in sources]
    said: dict[UUID, dict[str, int]] = {key: {} for key in keys}
    rows = FeedEntry.objects.filter(source__in=keys).values("source", "state")
    for row in rows.annotate(count=Count("pk")):
        said[row["source"]][row["state"]] = row["count"]
    return {key: SourceCounts(**counted) for key, counted in said.items()}
