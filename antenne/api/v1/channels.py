"""Channels."""

from __future__ import annotations

from ninja import Router, Status
from pydantic import Field

from antenne.api.v1.callers import ANYBODY, ApiRequest
from antenne.api.v1.fields import Asked, Handle, Name, Text
from antenne.api.v1.paging import Paging
from antenne.api.v1.schemas import ChannelOut, Listed, VideoOut, channel_out, listed, video_out
from antenne.catalog.selectors.channels import channel_by_handle, channels_all
from antenne.catalog.selectors.videos import videos_of_channel
from antenne.catalog.services.channels import channel_create, channel_edit
from antenne.kernel.pagination import page_of

router = Router(tags=["channels"])


class ChannelAsked(Asked):
    """A channel to make; a handle that is taken is given a number."""

    name: Name
    handle: Handle | None = None


class ChannelEdited(Asked):
    """What to change; what is left out stays."""

    name: Name | None = None
    description: Text | None = Field(default=None, max_length=5000)


@router.get("", response=Listed[ChannelOut], **ANYBODY)
def channels_list(request: ApiRequest, asked: Paging) -> Listed[ChannelOut]:
    """List all channels, newest first."""
    page = page_of(channels_all(), by="created_at", cursor=asked.cursor, size=asked.size)
    return listed(page, lambda channel: channel_out(request, channel))


@router.post("", response={201: ChannelOut})
def channels_create(request: ApiRequest, asked: ChannelAsked) -> Status[ChannelOut]:
    """Make a channel."""
    channel = channel_create(person=request.auth.person, name=asked.name, handle=asked.handle or "")
    return Status(201, channel_out(request, channel))


@router.get("/{handle}", response=ChannelOut, **ANYBODY)
def channel_read(request: ApiRequest, handle: str) -> ChannelOut:
    """Read a channel."""
    return channel_out(request, channel_by_handle(handle))


@router.patch("/{handle}", response=ChannelOut)
def channel_change(request: ApiRequest, handle: str, asked: ChannelEdited) -> ChannelOut:
    """Change a channel of one's own."""
    channel = channel_edit(by=request.auth.person, handle=handle, **asked.dict())
    return channel_out(request, channel)


@router.get("/{handle}/videos", response=Listed[VideoOut], **ANYBODY)
def channel_videos(request: ApiRequest, handle: str, asked: Paging) -> Listed[VideoOut]:
    """List a channel's videos, newest first; its owner sees all of them."""
    rows = videos_of_channel(channel_by_handle(handle), viewer=request.auth.viewer)
    page = page_of(rows, by="created_at", cursor=asked.cursor, size=asked.size)
    return listed(page, lambda video: video_out(request, video))
