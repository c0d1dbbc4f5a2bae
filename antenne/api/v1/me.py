"""Who calls, and what is theirs."""

from __future__ import annotations

from ninja import Router

from antenne.api.v1.callers import ApiRequest
from antenne.api.v1.paging import Paging
from antenne.api.v1.schemas import (
    ChannelOut,
    Listed,
    MeOut,
    VideoOut,
    channel_out,
    listed,
    video_out,
)
from antenne.catalog.selectors.channels import channels_of
from antenne.catalog.selectors.videos import videos_of_person
from antenne.kernel.pagination import page_of
from antenne.pipeline.selectors import bytes_left, quota_of

router = Router(tags=["me"])


@router.get("", response=MeOut)
def me_read(request: ApiRequest) -> MeOut:
    """Say who calls, and how much room they have left."""
    login, person = request.auth.login, request.auth.person
    return MeOut(
        id=person.pk,
        handle=person.handle,
        name=person.name,
        email=login.email,
        operator=login.is_operator,
        quota_bytes=quota_of(person),
        left_bytes=bytes_left(person),
    )


@router.get("/channels", response=Listed[ChannelOut])
def me_channels(request: ApiRequest, asked: Paging) -> Listed[ChannelOut]:
    """List one's own channels, newest first."""
    rows = channels_of(request.auth.person)
    page = page_of(rows, by="created_at", cursor=asked.cursor, size=asked.size)
    return listed(page, lambda channel: channel_out(request, channel))


@router.get("/videos", response=Listed[VideoOut])
def me_videos(request: ApiRequest, asked: Paging) -> Listed[VideoOut]:
    """List everything one has put in, newest first."""
    rows = videos_of_person(request.auth.person)
    page = page_of(rows, by="created_at", cursor=asked.cursor, size=asked.size)
    return listed(page, lambda video: video_out(request, video))
