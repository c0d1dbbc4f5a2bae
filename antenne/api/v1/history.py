"""What a person has watched: theirs to read, pause, clear and take from."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from ninja import Router, Schema, Status

from antenne.api.v1.callers import ApiRequest, onlooker_for
from antenne.api.v1.fields import Asked
from antenne.api.v1.paging import Paging
from antenne.api.v1.schemas import Listed, VideoOut, listed, video_out
from antenne.audience.selectors.history import (
    history_of,
    history_paused,
    history_video,
    watching_on,
)
from antenne.audience.services.history import history_clear, history_pause, history_remove

if TYPE_CHECKING:
    from antenne.audience.models import History

router = Router(tags=["history"])


class WatchedOut(Schema):
    """A video that was watched; `position_ms` is where it was left, 0 at its end."""

    video: VideoOut
    position_ms: int
    at: datetime


class KeepingBody(Asked):
    """Whether the history is paused; views still count then, without a name."""

    paused: bool


def _out(request: ApiRequest, row: History) -> WatchedOut:
    return WatchedOut(video=video_out(request, row.video), position_ms=row.position_ms, at=row.at)


@router.get("", response=Listed[WatchedOut])
def me_history(request: ApiRequest, asked: Paging) -> Listed[WatchedOut]:
    """List what one has watched, the last first."""
    rows = history_of(request.auth.person)
    page = asked.of(rows, by="at")
    return listed(page, lambda row: _out(request, row))


@router.delete("", response={204: None})
def me_history_clear(request: ApiRequest) -> Status[None]:
    """Forget everything that one has watched."""
    history_clear(by=request.auth.person)
    return Status(204, None)


@router.get("/begun", response=list[WatchedOut])
def me_history_begun(request: ApiRequest) -> list[WatchedOut]:
    """List the dozen that one has begun last and not finished."""
    return [
        _out(request, row)
        for row in watching_on(request.auth.person, onlooker=onlooker_for(request))
    ]


@router.get("/keeping", response=KeepingBody)
def me_history_keeping(request: ApiRequest) -> KeepingBody:
    """Say whether one's history is paused."""
    return KeepingBody(paused=history_paused(request.auth.person))


@router.put("/keeping", response=KeepingBody)
def me_history_keeping_put(request: ApiRequest, asked: KeepingBody) -> KeepingBody:
    """Pause one's history, or keep it again."""
    history_pause(by=request.auth.person, paused=asked.paused)
    return asked


@router.delete("/videos/{public_id}", response={204: None})
def me_history_remove(request: ApiRequest, public_id: str) -> Status[None]:
    """Forget that one has watched a video."""
    person = request.auth.person
    history_remove(by=person, video_id=history_video(public_id, person=person))
    return Status(204, None)
