"""What waits, what is wrong, how much there is, who did what."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Query, Router, Schema
from pydantic import Field

from antenne.api.v1.callers import ApiRequest
from antenne.api.v1.fields import Text
from antenne.api.v1.schemas import Listed
from antenne.moderation.selectors.log import Line, log_page
from antenne.moderation.selectors.overview import concerns, figures, waiting
from antenne.moderation.selectors.settings import Change
from antenne.moderation.selectors.storage import room

router = Router(tags=["desk"])


class WaitingOut(Schema):
    """How much waits for somebody's decision."""

    reports: int
    appeals: int
    sign_ups: int
    failed_jobs: int


class FiguresOut(Schema):
    """How much there is; what is new came in the last day."""

    people: int
    people_new: int
    channels: int
    videos: int
    videos_public: int
    videos_new: int
    in_work: int
    source_bytes: int


class ConcernOut(Schema):
    """Something that is wrong, or waits."""

    title: str
    text: str
    wrong: bool


class OverviewOut(Schema):
    """The site at a glance."""

    waiting: WaitingOut
    figures: FiguresOut
    concerns: list[ConcernOut]


class RoomShareOut(Schema):
    """What one kind of thing takes."""

    label: str
    count: int
    size_bytes: int


class KeeperOut(Schema):
    """What one person keeps."""

    handle: str
    files: int
    size_bytes: int


class RoomOut(Schema):
    """The store, the disk, and who fills them."""

    place: str
    disk_total_bytes: int
    disk_free_bytes: int
    reserve_bytes: int
    shares: list[RoomShareOut]
    keepers: list[KeeperOut]


class LogAsked(Schema):
    """Which lines of the log; `actor` is a handle."""

    cursor: Text = Field(default="", max_length=300, description="`next_cursor` of the page before")
    action: Text = Field(default="", max_length=64)
    actor: Text = Field(default="", max_length=64)
    subject: Text = Field(default="", max_length=64)


class ChangeOut(Schema):
    """One value before and after."""

    label: str
    before: str
    after: str


class LineOut(Schema):
    """What somebody who runs the site did."""

    id: UUID
    actor: str
    action: str
    subject_kind: str
    subject: str
    shown: str
    changes: list[ChangeOut]
    reason: str
    created_at: datetime


@router.get("", response=OverviewOut)
def desk_overview(request: ApiRequest) -> OverviewOut:
    """Say what waits, what is wrong, and how much there is."""
    by = request.auth.person
    return OverviewOut(
        waiting=WaitingOut.from_orm(waiting(by=by)),
        figures=FiguresOut.from_orm(figures(by=by)),
        concerns=[
            ConcernOut(title=each.title, text=str(each.text), wrong=each.wrong)
            for each in concerns(by=by, host=request.get_host())
        ],
    )


@router.get("/storage", response=RoomOut)
def desk_storage(request: ApiRequest) -> RoomOut:
    """Say how much room everything takes, and who takes most."""
    found = room(by=request.auth.person)
    return RoomOut(
        place=found.place,
        disk_total_bytes=found.disk_total_bytes,
        disk_free_bytes=found.disk_free_bytes,
        reserve_bytes=found.reserve_bytes,
        shares=[
            RoomShareOut(label=str(each.label), count=each.count, size_bytes=each.size_bytes)
            for each in found.shares
        ],
        keepers=[KeeperOut.from_orm(each) for each in found.keepers],
    )


@router.get("/log", response=Listed[LineOut])
def desk_log(request: ApiRequest, asked: Annotated[LogAsked, Query()]) -> Listed[LineOut]:
    """List what those who run the site did, the latest first."""
    lines, after = log_page(by=request.auth.person, **asked.dict())
    return Listed(items=[_line_out(line) for line in lines], next_cursor=after or None)


def change_out(change: Change) -> ChangeOut:
    """Say one value before and after."""
    return ChangeOut(label=change.label, before=change.before, after=change.after)


def _line_out(line: Line) -> LineOut:
    return LineOut(
        id=line.id,
        actor=line.actor,
        action=line.action,
        subject_kind=line.subject_kind,
        subject=line.subject,
        shown=line.shown,
        changes=[change_out(change) for change in line.changes],
        reason=line.reason,
        created_at=line.created_at,
    )
