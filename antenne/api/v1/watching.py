"""Watching a video: its addresses and how far it has come."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated
from urllib.parse import unquote

from ninja import Header, Router

from antenne.api.v1.callers import ANYBODY, ApiRequest, address_of, edge_of
from antenne.api.v1.schemas import PlaybackOut, ProgressOut, RenditionOut
from antenne.catalog.selectors.sight import Access, SightRefused, owns, video_open
from antenne.catalog.services.videos import video_unlock
from antenne.catalog.states import State
from antenne.delivery.places import open_from
from antenne.delivery.selectors import events_url, playback_open
from antenne.pipeline.selectors import progress_of, stream_current

if TYPE_CHECKING:
    from antenne.catalog.models import Video

router = Router(tags=["watching"])
Password = Annotated[
    str | None,
    Header(
        alias="Antenne-Password",
        max_length=1000,
        description="For a video with a password: that password, percent-encoded UTF-8.",
    ),
]


def _opened(request: ApiRequest, public_id: str, password: str | None) -> Video:
    """Return a video that the caller may watch from where they are; raise `SightRefused`."""
    video = _unlocked(request, public_id, password)
    if not open_from(video, address_of(request)) and not owns(video, request.auth.viewer):
        raise SightRefused(Access.ELSEWHERE)
    return video


def _unlocked(request: ApiRequest, public_id: str, password: str | None) -> Video:
    if password is None:
        return video_open(public_id, viewer=request.auth.viewer)
    return video_unlock(
        public_id=public_id,
        viewer=request.auth.viewer,
        password=unquote(password),
        address=address_of(request),
    )


@router.get("/{public_id}/playback", response=PlaybackOut, **ANYBODY)
def playback_read(request: ApiRequest, public_id: str, password: Password = None) -> PlaybackOut:
    """Return the addresses that play a video."""
    video = _opened(request, public_id, password)
    found = playback_open(video, edge=edge_of(request))
    values = {name: getattr(found, name, None) for name in PlaybackOut.model_fields}
    for name in ("master_url", "mpd_url", "poster_url", "preview_url", "storyboard_url"):
        values[name] = values[name] or None
    if found.expires_s:
        values["expires_at"] = datetime.fromtimestamp(found.expires_s, tz=UTC)
    return PlaybackOut.model_validate(values)


@router.get("/{public_id}/progress", response=ProgressOut, **ANYBODY)
def progress_read(request: ApiRequest, public_id: str, password: Password = None) -> ProgressOut:
    """Say how far each rendition of a video has come."""
    video = _opened(request, public_id, password)
    stream = stream_current(video)
    return ProgressOut(
        state=State(video.state),
        renditions=[
            RenditionOut.model_validate(row) for row in (progress_of(stream) if stream else ())
        ],
        events_url=events_url(video, edge=edge_of(request)),
    )
