"""What the API says: one schema a thing, each with the function that fills it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Schema

from antenne.accounts.scopes import Scope
from antenne.api.v1.callers import ApiRequest, edge_of
from antenne.api.v1.fields import Said
from antenne.catalog.selectors.videos import video_editable
from antenne.catalog.states import Commenting, Embedding, Geo, State, Visibility
from antenne.delivery.selectors import channel_picture_url, events_url, picture_url
from antenne.kernel.clock import unix_s
from antenne.kernel.environment import environment
from antenne.kernel.pagination import Page
from antenne.pipeline.stages.upload import TICKET_LIFE_S, Begun, upload_ticket
from antenne.pipeline.states import UploadState

if TYPE_CHECKING:
    from antenne.accounts.models import AccessToken, Person
    from antenne.catalog.models import Caption, Channel, Video
    from antenne.pipeline.models import Unit, Upload

Item = TypeVar("Item")


class Listed(Said, Generic[Item]):
    """One page of a list; `next_cursor` is null at its end."""

    items: list[Item]
    next_cursor: str | None


def listed(page: Page[Any], fill: Callable[[Any], Item]) -> Listed[Item]:
    """Return a page of rows as the API says it."""
    return Listed(items=[fill(row) for row in page.rows], next_cursor=page.next_cursor or None)


class FaultOut(Schema):
    """One value that does not fit."""

    location: str
    code: str
    message: str


class ProblemOut(Schema):
    """A refusal (RFC 9457, application/problem+json)."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[FaultOut]


class TokenOut(Schema):
    """A personal access token, without its secret."""

    id: UUID
    name: str
    scopes: list[Scope]
    created_at: datetime
    used_at: datetime | None
    expires_at: datetime | None


class TokenMadeOut(TokenOut):
    """A token that was just made: the only time that its secret is said."""

    token: str


class MeOut(Schema):
    """Who calls."""

    id: UUID
    handle: str
    name: str
    email: str
    operator: bool
    quota_bytes: int
    left_bytes: int = Field(description="How many more bytes of files this person may bring.")


class NamedOut(Said):
    """A person as others see them."""

    id: UUID
    handle: str
    name: str


class LinkOut(Said):
    """A link of a channel."""

    title: str
    url: str


class ChannelOut(Said):
    """A channel; `featured` is the id of the video that its page opens with, or empty."""

    handle: str
    name: str
    description: str
    links: list[LinkOut]
    featured: str
    avatar_url: str | None
    banner_url: str | None
    url: str
    created_at: datetime


class ChapterOut(Said):
    """A named part of a video."""

    start_ms: int
    title: str


class VideoOwnedOut(Said):
    """What only the owner of a video is told."""

    publish_at: datetime | None
    embed_sites: list[str]
    refusal: str = Field(description="Why its file was refused, as a code; empty where it was not.")


class VideoOut(Said):
    """A video."""

    id: str
    title: str
    description: str
    language: str
    channel: str = Field(description="Handle of its channel.")
    channel_name: str
    visibility: Visibility
    embedding: Embedding
    category: str
    tags: list[str]
    licence: str = Field(description="An SPDX identifier; empty where all rights are reserved.")
    sensitive: bool
    commenting: Commenting
    slow_mode_s: int
    downloadable: bool
    premiere: bool
    geo: Geo
    geo_countries: list[str]
    chapters: list[ChapterOut]
    state: State
    duration_ms: int | None
    width_px: int | None
    height_px: int | None
    created_at: datetime
    updated_at: datetime
    published_at: datetime | None
    watch_url: str
    embed_url: str
    poster_url: str | None
    poster_small_url: str | None = Field(description="At most 768 pixels wide, for lists; WebP.")
    thumbhash: str
    owner: VideoOwnedOut | None = Field(description="Null for everybody but its owner.")


class UploadOut(Schema):
    """A file that somebody puts in."""

    id: UUID
    video: str
    filename: str
    source_url: str
    size_bytes: int | None
    state: UploadState
    refusal: str
    refusal_detail: str
    created_at: datetime
    finished_at: datetime | None


class TusOut(Schema):
    """Where and with what the bytes are sent, by tus 1.0."""

    url: str
    header: str
    ticket: str
    expires_at: datetime


class BegunOut(Schema):
    """A video whose file may come."""

    video: VideoOut
    upload: UploadOut
    tus: TusOut
    events_url: str


class ImportedOut(Schema):
    """A video whose file the site fetches."""

    video: VideoOut
    upload: UploadOut
    events_url: str


class RenditionOut(Schema):
    """How far one rendition has come; `done_ms` of `total_ms` can be watched."""

    name: str
    label: str
    kind: str
    state: str
    done_ms: int
    total_ms: int


class ProgressOut(Schema):
    """How far a video has come."""

    state: State
    renditions: list[RenditionOut]
    events_url: str = Field(description="Server-sent events about this video, for six hours.")


class CaptionTrackOut(Schema):
    """A caption track as a player reads it."""

    language: str
    label: str
    url: str


class PlaybackOut(Schema):
    """Addresses that play a video; they hold until `expires_at`, or for ever where it is null."""

    state: State
    growing: bool
    duration_ms: int
    master_url: str | None
    mpd_url: str | None
    poster_url: str | None
    preview_url: str | None
    storyboard_url: str | None
    captions: list[CaptionTrackOut]
    events_url: str
    expires_at: datetime | None


class CaptionOut(Schema):
    """A caption track of a video."""

    id: UUID
    language: str
    label: str
    origin: str
    created_at: datetime


class UnitOut(Schema):
    """A piece of work that was given up."""

    id: UUID
    video: str
    kind: str
    wave: str
    attempts: int
    reason: str
    given_up_at: datetime | None


_FOUND_OUT: Final = frozenset(
    {"id", "channel", "channel_name", "watch_url", "embed_url"}
    | {"poster_url", "poster_small_url", "owner"}
)
_OF_THE_ROW: Final = tuple(name for name in VideoOut.model_fields if name not in _FOUND_OUT)


def site_url(request: HttpRequest, path: str) -> str:
    """Return an address of ours as the world sees it."""
    return (environment().public_url or f"{request.scheme}://{request.get_host()}") + path


def token_out(token: AccessToken) -> TokenOut:
    """Say a token."""
    return TokenOut.from_orm(token)


def named_out(person: Person) -> NamedOut:
    """Say who somebody is."""
    return NamedOut(id=person.pk, handle=person.handle, name=person.name)


def channel_out(request: HttpRequest, channel: Channel) -> ChannelOut:
    """Say a channel."""
    edge = edge_of(request)
    return ChannelOut(
        handle=channel.handle,
        name=channel.name,
        description=channel.description,
        links=[LinkOut.model_validate(link) for link in channel.links],
        featured=channel.featured,
        avatar_url=channel_picture_url(channel, edge=edge, path=channel.avatar) or None,
        banner_url=channel_picture_url(channel, edge=edge, path=channel.banner) or None,
        url=site_url(request, f"/c/{channel.handle}"),
        created_at=channel.created_at,
    )


def video_out(request: ApiRequest, video: Video) -> VideoOut:
    """Say a video, with what its owner alone is told where its owner asks."""
    owned = video_editable(video, request.auth.viewer)
    edge = edge_of(request)
    return VideoOut.model_validate(
        {
            **{name: getattr(video, name) for name in _OF_THE_ROW},
            "id": video.public_id,
            "channel": video.channel.handle,
            "channel_name": video.channel.name,
            "watch_url": site_url(request, f"/v/{video.public_id}"),
            "embed_url": site_url(request, f"/embed/{video.public_id}"),
            "poster_url": picture_url(video, edge=edge, path=video.poster) or None,
            "poster_small_url": picture_url(video, edge=edge, path=video.poster_small) or None,
            "owner": VideoOwnedOut.model_validate(video) if owned else None,
        }
    )


def upload_out(upload: Upload) -> UploadOut:
    """Say an upload."""
    names = set(UploadOut.model_fields) - {"video"}
    values = {name: getattr(upload, name) for name in names}
    return UploadOut(video=upload.video_public_id, **values)


def tus_out(request: HttpRequest, upload: Upload) -> TusOut:
    """Say where the bytes of an upload are sent, with a fresh ticket."""
    return TusOut(
        url=f"{edge_of(request)}/uploads",
        header="Antenne-Ticket",
        ticket=upload_ticket(upload),
        expires_at=datetime.fromtimestamp(unix_s() + TICKET_LIFE_S, tz=UTC),
    )


def begun_out(request: ApiRequest, begun: Begun) -> BegunOut:
    """Say a video whose file may come."""
    return BegunOut(
        video=video_out(request, begun.video),
        upload=upload_out(begun.upload),
        tus=tus_out(request, begun.upload),
        events_url=events_url(begun.video, edge=edge_of(request)),
    )


def imported_out(request: ApiRequest, begun: Begun) -> ImportedOut:
    """Say a video whose file the site fetches."""
    return ImportedOut(
        video=video_out(request, begun.video),
        upload=upload_out(begun.upload),
        events_url=events_url(begun.video, edge=edge_of(request)),
    )


def caption_out(caption: Caption) -> CaptionOut:
    """Say a caption track."""
    return CaptionOut.from_orm(caption)


def unit_out(unit: Unit) -> UnitOut:
    """Say a piece of work that was given up."""
    return UnitOut(
        id=unit.pk,
        video=unit.stream.video.public_id,
        kind=unit.kind,
        wave=unit.wave,
        attempts=unit.attempt,
        reason=unit.reason,
        given_up_at=unit.finished_at,
    )
