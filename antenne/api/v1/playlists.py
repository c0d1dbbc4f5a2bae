"""Playlists: one's own, and those that may be seen."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from django.urls import reverse
from ninja import Router, Schema, Status
from pydantic import Field, StringConstraints

from antenne.api.v1.callers import ANYBODY, ApiRequest, onlooker_for
from antenne.api.v1.fields import Asked, Handle, Text
from antenne.api.v1.paging import Paging
from antenne.api.v1.schemas import Listed, NamedOut, VideoOut, named_out, site_url, video_out
from antenne.catalog.selectors.playlists import (
    Entry,
    covers_of,
    editors_of,
    entry_of,
    items_page,
    playlist_editable,
    playlist_for_later,
    playlist_seen,
    playlists_of,
)
from antenne.catalog.selectors.sight import video_open
from antenne.catalog.services.playlists import (
    playlist_create,
    playlist_edit,
    playlist_editor_add,
    playlist_editor_remove,
    playlist_item_add,
    playlist_item_drop,
    playlist_item_move,
    playlist_item_remove,
    playlist_later,
    playlist_remove,
)
from antenne.catalog.states import PlaylistVisibility

if TYPE_CHECKING:
    from collections.abc import Sequence

    from antenne.catalog.models import Playlist

router = Router(tags=["playlists"])
later = Router(tags=["playlists"])
ListTitle = Annotated[Text, StringConstraints(min_length=1, max_length=150)]
VideoName = Annotated[str, StringConstraints(max_length=12, pattern=r"^[a-z0-9]+$")]


class PlaylistAsked(Asked):
    """A playlist to make."""

    title: ListTitle
    description: Text = Field(default="", max_length=5000)
    visibility: PlaylistVisibility = PlaylistVisibility.PRIVATE


class PlaylistEdited(Asked):
    """What to change; what is left out stays."""

    title: ListTitle | None = None
    description: Text | None = Field(default=None, max_length=5000)
    visibility: PlaylistVisibility | None = None


class ItemAsked(Asked):
    """A video to put at the end; one that stands there already stays where it is."""

    video: VideoName


class PlaceAsked(Asked):
    """Where an item goes."""

    after: UUID | None = Field(default=None, description="Behind which item; null is first.")


class HelperAsked(Asked):
    """Who shall help."""

    handle: Handle


class PlaylistOut(Schema):
    """A playlist."""

    id: str
    title: str
    description: str
    visibility: PlaylistVisibility
    owner: str = Field(description="Handle of the person it belongs to.")
    videos: int
    url: str
    created_at: datetime
    updated_at: datetime


class PlaylistItemOut(Schema):
    """A video in a playlist."""

    id: UUID
    added_at: datetime
    video: VideoOut | None = Field(description="Null where the caller may not watch it.")


def _out(request: ApiRequest, playlist: Playlist, count: int) -> PlaylistOut:
    return PlaylistOut(
        id=playlist.public_id,
        title=playlist.name,
        description=playlist.description,
        visibility=PlaylistVisibility(playlist.visibility),
        owner=playlist.person.handle,
        videos=count,
        url=site_url(request, reverse("playlist", args=[playlist.public_id])),
        created_at=playlist.created_at,
        updated_at=playlist.updated_at,
    )


def playlists_out(request: ApiRequest, playlists: Sequence[Playlist]) -> list[PlaylistOut]:
    """Say playlists, in a constant number of queries."""
    covers = covers_of(playlists)
    return [_out(request, row, covers[row.pk].count) for row in playlists]


def _one(request: ApiRequest, public_id: str) -> PlaylistOut:
    playlist = playlist_seen(public_id, viewer=request.auth.viewer)
    return _out(request, playlist, covers_of([playlist])[playlist.pk].count)


def _item_out(request: ApiRequest, entry: Entry) -> PlaylistItemOut:
    video = video_out(request, entry.video) if entry.video else None
    return PlaylistItemOut(id=entry.item.pk, added_at=entry.item.created_at, video=video)


@router.get("", response=Listed[PlaylistOut])
def playlists_list(request: ApiRequest, asked: Paging) -> Listed[PlaylistOut]:
    """List the playlists that one owns or helps with, the last changed first."""
    rows = playlists_of(request.auth.person)
    page = asked.of(rows, by="updated_at")
    return Listed(items=playlists_out(request, page.rows), next_cursor=page.next_cursor or None)


@router.post("", response={201: PlaylistOut})
def playlists_create(request: ApiRequest, asked: PlaylistAsked) -> Status[PlaylistOut]:
    """Make a playlist."""
    made = playlist_create(by=request.auth.person, **asked.dict())
    return Status(201, _out(request, made, 0))


@router.get("/{public_id}", response=PlaylistOut, **ANYBODY)
def playlist_read(request: ApiRequest, public_id: str) -> PlaylistOut:
    """Read a playlist."""
    return _one(request, public_id)


@router.patch("/{public_id}", response=PlaylistOut)
def playlist_change(request: ApiRequest, public_id: str, asked: PlaylistEdited) -> PlaylistOut:
    """Change a playlist of one's own."""
    playlist_edit(by=request.auth.person, public_id=public_id, **asked.dict())
    return _one(request, public_id)


@router.delete("/{public_id}", response={204: None})
def playlist_delete(request: ApiRequest, public_id: str) -> Status[None]:
    """Take a playlist of one's own away; its videos stay."""
    playlist_remove(by=request.auth.person, public_id=public_id)
    return Status(204, None)


@router.get("/{public_id}/items", response=Listed[PlaylistItemOut], **ANYBODY)
def playlist_items(request: ApiRequest, public_id: str, asked: Paging) -> Listed[PlaylistItemOut]:
    """List what stands in a playlist, in its order."""
    playlist = playlist_seen(public_id, viewer=request.auth.viewer)
    page = items_page(playlist, onlooker=onlooker_for(request), after=asked.cursor, size=asked.size)
    rows = [_item_out(request, entry) for entry in page.rows]
    return Listed(items=rows, next_cursor=page.next_cursor or None)


@router.post("/{public_id}/items", response={201: PlaylistItemOut})
def playlist_items_add(
    request: ApiRequest, public_id: str, asked: ItemAsked
) -> Status[PlaylistItemOut]:
    """Put a video at the end of a playlist."""
    person = request.auth.person
    item = playlist_item_add(by=person, public_id=public_id, video=asked.video)
    return Status(201, _item_out(request, entry_of(item, onlooker=onlooker_for(request))))


@router.put("/{public_id}/items/{uuid:item_id}/place", response=PlaylistItemOut)
def playlist_item_place(
    request: ApiRequest, public_id: str, item_id: UUID, asked: PlaceAsked
) -> PlaylistItemOut:
    """Put an item behind another, or first."""
    person = request.auth.person
    item = playlist_item_move(by=person, public_id=public_id, item_id=item_id, after=asked.after)
    return _item_out(request, entry_of(item, onlooker=onlooker_for(request)))


@router.delete("/{public_id}/items/{uuid:item_id}", response={204: None})
def playlist_item_delete(request: ApiRequest, public_id: str, item_id: UUID) -> Status[None]:
    """Take an item out of a playlist."""
    playlist_item_drop(by=request.auth.person, public_id=public_id, item_id=item_id)
    return Status(204, None)


@router.get("/{public_id}/helpers", response=list[NamedOut])
def playlist_helpers(request: ApiRequest, public_id: str) -> list[NamedOut]:
    """List who helps with a playlist that one owns or helps with."""
    playlist = playlist_editable(public_id, by=request.auth.person)
    return [named_out(row.person) for row in editors_of(playlist)]


@router.post("/{public_id}/helpers", response={201: NamedOut})
def playlist_helper_add(
    request: ApiRequest, public_id: str, asked: HelperAsked
) -> Status[NamedOut]:
    """Let somebody add to a playlist of one's own and order it."""
    row = playlist_editor_add(by=request.auth.person, public_id=public_id, handle=asked.handle)
    return Status(201, named_out(row.person))


@router.delete("/{public_id}/helpers/{uuid:person_id}", response={204: None})
def playlist_helper_delete(request: ApiRequest, public_id: str, person_id: UUID) -> Status[None]:
    """Take a helper away, or stop helping."""
    playlist_editor_remove(by=request.auth.person, public_id=public_id, person_id=person_id)
    return Status(204, None)


@later.get("", response=Listed[PlaylistItemOut])
def me_later(request: ApiRequest, asked: Paging) -> Listed[PlaylistItemOut]:
    """List what one wants to watch later, in its order."""
    person = request.auth.person
    playlist = playlist_for_later(person)
    if playlist is None:
        return Listed(items=[], next_cursor=None)
    page = items_page(playlist, onlooker=onlooker_for(request), after=asked.cursor, size=asked.size)
    rows = [_item_out(request, entry) for entry in page.rows]
    return Listed(items=rows, next_cursor=page.next_cursor or None)


@later.put("/{public_id}", response=PlaylistItemOut)
def me_later_put(request: ApiRequest, public_id: VideoName) -> PlaylistItemOut:
    """Keep a video for later; one that stands there already stays where it is."""
    person = request.auth.person
    video_open(public_id, viewer=person)
    playlist = playlist_later(by=person)
    item = playlist_item_add(by=person, public_id=playlist.public_id, video=public_id)
    return _item_out(request, entry_of(item, onlooker=onlooker_for(request)))


@later.delete("/{public_id}", response={204: None})
def me_later_drop(request: ApiRequest, public_id: VideoName) -> Status[None]:
    """Keep a video no longer; one that does not stand there is no mistake."""
    playlist = playlist_for_later(request.auth.person)
    if playlist is not None:
        playlist_item_remove(by=request.auth.person, public_id=playlist.public_id, video=public_id)
    return Status(204, None)
