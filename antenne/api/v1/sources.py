"""Feeds of others that fill a channel."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Literal
from uuid import UUID

from ninja import Router, Schema, Status
from pydantic import Field

from antenne.api.v1.callers import ApiRequest
from antenne.api.v1.fields import Asked, WebAddress
from antenne.api.v1.paging import Paging
from antenne.api.v1.schemas import Listed
from antenne.catalog.selectors.channels import channel_owned
from antenne.catalog.states import Visibility
from antenne.syndication.selectors.sources import (
    SourceCounts,
    counts_of,
    entries_of,
    fetching_of,
    source_owned,
    sources_of,
)
from antenne.syndication.services.sources import source_add, source_remove, source_switch
from antenne.syndication.states import EntryState, Period

if TYPE_CHECKING:
    from antenne.pipeline.models import Upload
    from antenne.syndication.models import FeedEntry, FeedSource

router = Router(tags=["sources"])


class SourceAsked(Asked):
    """A feed that fills a channel, how often it is read (0: once), and who may watch."""

    url: WebAddress
    period_min: Period = Period.HOUR
    visibility: Literal["public", "unlisted", "private"] = "private"


class SourceSwitched(Asked):
    """Whether it is read."""

    active: bool


class SourceOut(Schema):
    """A feed, when it is read, and what became of its entries; `fault` is a code."""

    id: UUID
    channel: str
    url: str
    title: str
    period_min: int
    visibility: Visibility
    active: bool
    fault: str
    failures: int
    imported: int
    skipped: int
    failed: int
    read_at: datetime | None
    next_at: datetime | None
    created_at: datetime


class EntryOut(Schema):
    """What became of an entry; `fetching` is how far its file has come."""

    id: UUID
    title: str
    url: str
    state: EntryState
    reason: str = Field(description="Why not, as a code or in words.")
    video: str | None
    fetching: str | None
    created_at: datetime


def _out(row: FeedSource, counts: SourceCounts) -> SourceOut:
    names = set(SourceOut.model_fields) - {"channel", "imported", "skipped", "failed"}
    return SourceOut(
        channel=row.channel.handle,
        imported=counts.imported,
        skipped=counts.skipped,
        failed=counts.failed,
        **{name: getattr(row, name) for name in names},
    )


def _one(row: FeedSource) -> SourceOut:
    return _out(row, counts_of([row])[row.pk])


@router.get("/channels/{handle}/sources", response=Listed[SourceOut])
def sources_list(request: ApiRequest, handle: str, asked: Paging) -> Listed[SourceOut]:
    """List the feeds that fill a channel that one may manage."""
    rows = sources_of(channel_owned(handle, by=request.auth.person))
    page = asked.of(rows, by="created_at")
    counts = counts_of(page.rows)
    items = [_out(row, counts[row.pk]) for row in page.rows]
    return Listed(items=items, next_cursor=page.next_cursor or None)


@router.post("/channels/{handle}/sources", response={201: SourceOut})
def source_make(request: ApiRequest, handle: str, asked: SourceAsked) -> Status[SourceOut]:
    """Fill a channel from a feed, beginning now."""
    return Status(201, _one(source_add(by=request.auth.person, handle=handle, **asked.dict())))


@router.get("/sources/{uuid:source_id}", response=SourceOut)
def source_read(request: ApiRequest, source_id: UUID) -> SourceOut:
    """Read a feed and what came of it."""
    return _one(source_owned(source_id, by=request.auth.person))


@router.patch("/sources/{uuid:source_id}", response=SourceOut)
def source_change(request: ApiRequest, source_id: UUID, asked: SourceSwitched) -> SourceOut:
    """Pause a feed, or read it again from now on."""
    by = request.auth.person
    return _one(source_switch(by=by, source_id=source_id, active=asked.active))


@router.delete("/sources/{uuid:source_id}", response={204: None})
def source_delete(request: ApiRequest, source_id: UUID) -> Status[None]:
    """Fill the channel from this feed no longer; the videos that came stay."""
    source_remove(by=request.auth.person, source_id=source_id)
    return Status(204, None)


@router.get("/sources/{uuid:source_id}/entries", response=Listed[EntryOut])
def source_entries(request: ApiRequest, source_id: UUID, asked: Paging) -> Listed[EntryOut]:
    """List what became of a feed's entries, the latest first."""
    rows = entries_of(source_owned(source_id, by=request.auth.person))
    page = asked.of(rows, by="created_at")
    files = fetching_of(page.rows)
    items = [
        _entry_out(row, files.get(row.video_id) if row.video_id else None) for row in page.rows
    ]
    return Listed(items=items, next_cursor=page.next_cursor or None)


def _entry_out(row: FeedEntry, file: Upload | None) -> EntryOut:
    return EntryOut(
        id=row.pk,
        title=row.title,
        url=row.url,
        state=EntryState(row.state),
        reason=row.reason or (file.refusal if file else ""),
        video=row.video.public_id if row.video else None,
        fetching=file.state if file else None,
        created_at=row.created_at,
    )
