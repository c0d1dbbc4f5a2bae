"""Channels."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from antenne.api.problems import Problem
from antenne.api.v1.callers import ANYBODY, ANYBODY_ALIKE, ApiRequest
from antenne.api.v1.fields import Asked, Handle, Language, Name, Text
from antenne.api.v1.paging import Paging
from antenne.api.v1.schemas import ChannelOut, Listed, VideoOut, channel_out, listed, video_out
from antenne.catalog.selectors.channels import channel_by_handle, channel_owned, channels_all
from antenne.catalog.selectors.files import Offer, offer_of
from antenne.catalog.selectors.videos import channel_newest
from antenne.catalog.services.channel_pictures import channel_picture_bring, channel_picture_drop
from antenne.catalog.services.channels import (
    channel_create,
    channel_edit,
    channel_remove,
    channel_rename,
)
from antenne.catalog.services.defaults import Defaults, channel_defaults_set, defaults_of
from antenne.catalog.services.files import offer_set
from antenne.catalog.states import Category, Commenting, Licence, Visibility
from antenne.ffmpeg.posters import IMAGE_MAX_BYTES

router = Router(tags=["channels"])
Picture = Literal["avatar", "banner"]


class ChannelAsked(Asked):
    """A channel to make; a handle that is taken is given a number."""

    name: Name
    handle: Handle | None = None


class LinkAsked(Asked):
    """A link of a channel; without a title it is called like its site."""

    url: Text = Field(max_length=2000)
    title: Text = Field(default="", max_length=60)


class ChannelEdited(Asked):
    """What to change; what is left out stays."""

    name: Name | None = None
    description: Text | None = Field(default=None, max_length=5000)
    links: list[LinkAsked] | None = Field(default=None, max_length=10)
    featured: Text | None = Field(default=None, max_length=12, description="Id of a video.")


class HandleAsked(Asked):
    """Another handle."""

    handle: Handle


class DefaultsAsked(Asked):
    """What a channel's new videos begin with."""

    visibility: Visibility = Visibility.PUBLIC
    category: Category | Literal[""] = ""
    language: Language = ""
    licence: Licence = Licence.RESERVED
    tags: list[Text] = Field(default=[], max_length=100)
    commenting: Commenting = Commenting.OPEN


class DefaultsOut(Schema):
    """What a channel's new videos begin with."""

    visibility: Visibility
    category: str
    language: str
    licence: str
    tags: list[str]
    commenting: Commenting


class OfferBody(Asked):
    """What a channel hands to other sites: files of its videos, the rights to show them there.

    Files are made once somebody asks for them; with *ahead* before anybody does.
    """

    files: bool
    rights: bool
    ahead: bool = False


@router.get("", response=Listed[ChannelOut], **ANYBODY_ALIKE)
def channels_list(request: ApiRequest, asked: Paging) -> Listed[ChannelOut]:
    """List all channels, newest first."""
    page = asked.of(channels_all(), by="created_at")
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


@router.get("/{handle}/videos", response=Listed[VideoOut], **ANYBODY_ALIKE)
def channel_videos(request: ApiRequest, handle: str, asked: Paging) -> Listed[VideoOut]:
    """List a channel's videos, newest first; its owner sees all of them."""
    channel = channel_by_handle(handle)
    viewer = request.auth.viewer
    page = channel_newest(channel, viewer=viewer, cursor=asked.cursor, size=asked.size)
    return listed(page, lambda video: video_out(request, video))


@router.delete("/{handle}", response={204: None})
def channel_delete(request: ApiRequest, handle: str) -> Status[None]:
    """Take a channel of one's own away for ever, with its videos."""
    channel_remove(by=request.auth.person, handle=handle)
    return Status(204, None)


@router.put("/{handle}/handle", response=ChannelOut)
def channel_handle(request: ApiRequest, handle: str, asked: HandleAsked) -> ChannelOut:
    """Give a channel of one's own another handle; the old one leads to it."""
    channel = channel_rename(by=request.auth.person, handle=handle, wish=asked.handle)
    return channel_out(request, channel)


@router.post("/{handle}/pictures/{kind}", response=ChannelOut)
def channel_picture(
    request: ApiRequest,
    handle: str,
    kind: Picture,
    file: Annotated[UploadedFile, File(description="JPEG, PNG or WebP")],
) -> ChannelOut:
    """Show an image as the channel's avatar or banner."""
    if (file.size or 0) > IMAGE_MAX_BYTES:
        raise Problem("too-large")
    person = request.auth.person
    channel = channel_picture_bring(by=person, handle=handle, kind=kind, data=file.read())
    return channel_out(request, channel)


@router.delete("/{handle}/pictures/{kind}", response=ChannelOut)
def channel_picture_delete(request: ApiRequest, handle: str, kind: Picture) -> ChannelOut:
    """Show the channel without its avatar or banner."""
    channel = channel_picture_drop(by=request.auth.person, handle=handle, kind=kind)
    return channel_out(request, channel)


@router.get("/{handle}/defaults", response=DefaultsOut)
def channel_defaults(request: ApiRequest, handle: str) -> DefaultsOut:
    """Read what a channel's new videos begin with."""
    return DefaultsOut.from_orm(defaults_of(channel_owned(handle, by=request.auth.person)))


@router.put("/{handle}/defaults", response=DefaultsOut)
def channel_defaults_put(request: ApiRequest, handle: str, asked: DefaultsAsked) -> DefaultsOut:
    """Choose what a channel's new videos begin with."""
    wanted = Defaults(**{**asked.dict(), "tags": tuple(asked.tags)})
    channel = channel_defaults_set(by=request.auth.person, handle=handle, defaults=wanted)
    return DefaultsOut.from_orm(defaults_of(channel))


@router.get("/{handle}/offer", response=OfferBody)
def channel_offer(request: ApiRequest, handle: str) -> OfferBody:
    """Read what a channel hands to other sites."""
    offer = offer_of(channel_owned(handle, by=request.auth.person))
    return OfferBody(files=offer.files, rights=offer.rights, ahead=offer.ahead)


@router.put("/{handle}/offer", response=OfferBody)
def channel_offer_put(request: ApiRequest, handle: str, asked: OfferBody) -> OfferBody:
    """Say what a channel hands to other sites."""
    offer = Offer(files=asked.files, rights=asked.rights, ahead=asked.ahead)
    offer_set(by=request.auth.person, handle=handle, offer=offer)
    return asked
