"""Who calls, and what is theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from antenne.accounts.selectors import preferences_of
from antenne.accounts.services import (
    Liking,
    avatar_bring,
    avatar_drop,
    preferences_set,
    profile_edit,
)
from antenne.api.problems import Problem
from antenne.api.v1.callers import ApiRequest
from antenne.api.v1.fields import Asked, Handle, Language, Name, Text, WebAddress
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
from antenne.custody.settings import Sensitive
from antenne.ffmpeg.posters import IMAGE_MAX_BYTES
from antenne.pipeline.selectors import bytes_left, quota_of

if TYPE_CHECKING:
    from antenne.accounts.models import Person

router = Router(tags=["me"])


class ProfileAsked(Asked):
    """What to change of what others read about one; what is left out stays."""

    name: Name | None = None
    handle: Handle | None = None
    about: Text | None = Field(default=None, max_length=1000)
    links: list[WebAddress] | None = Field(default=None, max_length=5)


class ProfileOut(Schema):
    """What others read about one."""

    handle: str
    name: str
    about: str
    links: list[str]


class PreferencesBody(Asked):
    """How one likes the site; an empty language is the browser's."""

    language: Language
    autoplay: bool
    data_saver: bool
    sensitive: Sensitive
    channels_shown: bool = Field(description="Whether one's page lists one's channels.")
    comments_shown: bool = Field(description="Whether one's page lists one's comments.")


def _profile_out(person: Person) -> ProfileOut:
    return ProfileOut(
        handle=person.handle, name=person.name, about=person.about, links=person.links
    )


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
    page = asked.of(rows, by="created_at")
    return listed(page, lambda channel: channel_out(request, channel))


@router.get("/videos", response=Listed[VideoOut])
def me_videos(request: ApiRequest, asked: Paging) -> Listed[VideoOut]:
    """List everything one has put in, newest first."""
    rows = videos_of_person(request.auth.person)
    page = asked.of(rows, by="created_at")
    return listed(page, lambda video: video_out(request, video))


@router.get("/profile", response=ProfileOut)
def me_profile(request: ApiRequest) -> ProfileOut:
    """Read what others read about one."""
    return _profile_out(request.auth.person)


@router.patch("/profile", response=ProfileOut)
def me_profile_change(request: ApiRequest, asked: ProfileAsked) -> ProfileOut:
    """Change what others read about one; an old handle goes on leading here."""
    return _profile_out(profile_edit(by=request.auth.person, **asked.dict()))


@router.post("/picture", response={204: None})
def me_picture(
    request: ApiRequest, file: Annotated[UploadedFile, File(description="JPEG, PNG or WebP")]
) -> Status[None]:
    """Show an image beside one's name."""
    if (file.size or 0) > IMAGE_MAX_BYTES:
        raise Problem("too-large")
    avatar_bring(by=request.auth.person, data=file.read())
    return Status(204, None)


@router.delete("/picture", response={204: None})
def me_picture_drop(request: ApiRequest) -> Status[None]:
    """Show the initial of one's name again."""
    avatar_drop(by=request.auth.person)
    return Status(204, None)


@router.get("/preferences", response=PreferencesBody)
def me_preferences(request: ApiRequest) -> PreferencesBody:
    """Read how one likes the site."""
    return PreferencesBody.from_orm(preferences_of(request.auth.person))


@router.put("/preferences", response=PreferencesBody)
def me_preferences_put(request: ApiRequest, asked: PreferencesBody) -> PreferencesBody:
    """Choose how one likes the site."""
    kept = preferences_set(by=request.auth.person, liking=Liking(**asked.dict()))
    return PreferencesBody.from_orm(kept)
