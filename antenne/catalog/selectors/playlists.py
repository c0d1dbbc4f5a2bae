"""Reads of playlists: who sees and changes which, what stands in them, and in which order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from antenne.accounts.models import Person
from antenne.catalog.models import Playlist, PlaylistEditor, PlaylistItem, Video
from antenne.catalog.refusals import NotFound
from antenne.catalog.states import Audience, PlaylistKind, PlaylistVisibility

ITEMS_SIZE: Final = 100
BEFORE_SIZE: Final = 30
AFTER_SIZE: Final = 70
_SHOWN: Final = (Audience.EVERYBODY, Audience.LINK)


@dataclass(frozen=True, slots=True)
class Entry:
    """An item as one viewer sees it; `video` is None where it may not be watched."""

    item: PlaylistItem
    video: Video | None


@dataclass(frozen=True, slots=True)
class Entries:
    """A page of a playlist and where the next begins, empty at the end."""

    rows: tuple[Entry, ...]
    next_cursor: str


@dataclass(frozen=True, slots=True)
class Window:
    """The part of a playlist around the video that plays, which is the *number*-th of *total*."""

    entries: tuple[Entry, ...]
    at: PlaylistItem
    number: int
    total: int


@dataclass(frozen=True, slots=True)
class Cover:
    """What a card shows of a playlist: how many videos, and the first that may be seen."""

    count: int
    video: Video | None


def playlist_seen(public_id: str, *, viewer: Person | None) -> Playlist:
    """Return a playlist that *viewer* may look at; raise `NotFound` for any other."""
    found = Playlist.objects.select_related("person").filter(public_id=public_id).first()
    closed = found is None or found.visibility == PlaylistVisibility.PRIVATE
    if found is None or (closed and not may_edit_list(viewer, found)):
        raise NotFound(public_id)
    return found


def playlist_editable(public_id: str, *, by: Person | None) -> Playlist:
    """Return a playlist that *by* may add to and order; raise `NotFound` for any other."""
    found = playlist_seen(public_id, viewer=by)
    if not may_edit_list(by, found):
        raise NotFound(public_id)
    return found


def playlist_owned(public_id: str, *, by: Person | None) -> Playlist:
    """Return a playlist of one's own; raise `NotFound` for anybody else's."""
    found = playlist_seen(public_id, viewer=by)
    if by is None or found.person_id != by.pk:
        raise NotFound(public_id)
    return found


def may_edit_list(person: Person | None, playlist: Playlist) -> bool:
    """Say whether somebody may add to a playlist, order it and take from it."""
    if person is None:
        return False
    if playlist.person_id == person.pk:
        return True
    return PlaylistEditor.objects.filter(playlist=playlist, person=person).exists()


def playlists_of(person: Person) -> QuerySet[Playlist]:
    """Return the named playlists that a person owns or helps with."""
    helped = PlaylistEditor.objects.filter(playlist=OuterRef("pk"), person=person)
    mine = Q(person=person) | Q(Exists(helped))
    return Playlist.objects.filter(mine, kind=PlaylistKind.NAMED).select_related("person")


def playlists_public_of(person: Person) -> QuerySet[Playlist]:
    """Return the playlists that a person shows to everybody."""
    return Playlist.objects.filter(
        person=person, kind=PlaylistKind.NAMED, visibility=PlaylistVisibility.PUBLIC
    ).select_related("person")


def playlist_for_later(person: Person) -> Playlist | None:
    """Return a person's list for later, None before anything was put there."""
    return Playlist.objects.filter(person=person, kind=PlaylistKind.LATER).first()


def editors_of(playlist: Playlist) -> QuerySet[PlaylistEditor]:
    """Return who helps with a playlist."""
    rows = PlaylistEditor.objects.filter(playlist=playlist).select_related("person")
    return rows.order_by("created_at", "pk")


def playlists_with(video: Video, *, person: Person) -> set[UUID]:
    """Return which of a person's playlists a video stands in."""
    rows = PlaylistItem.objects.filter(video=video)
    mine = Q(playlist__person=person) | Q(playlist__editors__person=person)
    return set(rows.filter(mine).values_list("playlist_id", flat=True))


def items_page(
    playlist: Playlist, *, viewer: Person | None, after: str = "", size: int = ITEMS_SIZE
) -> Entries:
    """Return the page of a playlist that begins behind the place *after*; nonsense is the start."""
    rows = _items(playlist).order_by("position")
    if after.isascii() and after.isalnum():
        rows = rows.filter(position__gt=after)
    found = list(rows[: size + 1])
    shown = tuple(entry_of(item, viewer=viewer) for item in found[:size])
    return Entries(shown, found[size - 1].position if len(found) > size else "")


def items_around(playlist: Playlist, video: Video, *, viewer: Person | None) -> Window | None:
    """Return what stands around *video* in a playlist; None where it does not stand in it."""
    at = _items(playlist).filter(video=video).first()
    if at is None:
        return None
    before = _items(playlist).filter(position__lt=at.position).order_by("-position")
    after = _items(playlist).filter(position__gt=at.position).order_by("position")
    near = [*reversed(before[:BEFORE_SIZE]), at, *after[:AFTER_SIZE]]
    counted = PlaylistItem.objects.filter(playlist=playlist).aggregate(
        total=Count("pk"), number=Count("pk", filter=Q(position__lte=at.position))
    )
    entries = tuple(entry_of(item, viewer=viewer) for item in near)
    return Window(entries, at, counted["number"], counted["total"])


def entry_of(item: PlaylistItem, *, viewer: Person | None) -> Entry:
    """Return an item as *viewer* sees it: one that is closed to them says nothing of its video."""
    own = viewer is not None and item.video.channel.person_id == viewer.pk
    return Entry(item, item.video if own or item.audience in _SHOWN else None)


def covers_of(playlists: Iterable[Playlist], *, viewer: Person | None = None) -> dict[UUID, Cover]:
    """Return what cards show of playlists, in two queries."""
    keys = [playlist.pk for playlist in playlists]
    rows = PlaylistItem.objects.filter(playlist__in=keys)
    counts = dict(rows.values_list("playlist").annotate(Count("pk")).order_by())
    seen = (
        Q(audience__in=_SHOWN) | Q(video__channel__person=viewer)
        if viewer
        else Q(audience__in=_SHOWN)
    )
    firsts = rows.filter(seen).order_by("playlist", "position").distinct("playlist")
    videos = {item.playlist_id: item.video for item in firsts.select_related("video")}
    return {key: Cover(counts.get(key, 0), videos.get(key)) for key in keys}


def _items(playlist: Playlist) -> QuerySet[PlaylistItem]:
    rows = PlaylistItem.objects.filter(playlist=playlist)
    return rows.select_related("video__channel", "person")


def step_behind(playlist: Playlist, item_id: UUID, *, up: bool) -> UUID | None:
    """Return behind which item one goes with a step up or down; None for the first place."""
    item = PlaylistItem.objects.filter(playlist=playlist, pk=item_id).first()
    if item is None:
        raise NotFound(str(item_id))
    rows = PlaylistItem.objects.filter(playlist=playlist)
    if up:
        ahead = rows.filter(position__lt=item.position).order_by("-position")
        return ahead.values_list("pk", flat=True)[1:2].first()
    following = rows.filter(position__gt=item.position).order_by("position")
    return following.values_list("pk", flat=True).first() or item_id
