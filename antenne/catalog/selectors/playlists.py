"""Reads of playlists: who sees and changes which, what stands in them, and in which order."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    Exists,
    Expression,
    F,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import Window as Over
from django.db.models.functions import MD5, Cast, Concat

from antenne.accounts.models import Person
from antenne.catalog.models import Playlist, PlaylistEditor, PlaylistItem, Video
from antenne.catalog.refusals import NotFound
from antenne.catalog.selectors.onlookers import ANYBODY, Onlooker, open_in
from antenne.catalog.states import Audience, PlaylistKind, PlaylistVisibility
from antenne.custody.selectors import setting_of
from antenne.custody.settings import FeatureSettings

ITEMS_SIZE: Final = 100
BEFORE_SIZE: Final = 30
AFTER_SIZE: Final = 70
_SHUFFLE: Final = re.compile(r"(?P<first>[A-Za-z0-9]{1,12})\.(?P<salt>[0-9a-f]{1,12})")
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
class Shuffle:
    """An order of a playlist that chance has made: the video it begins with, and some salt.

    Its text stands in addresses: whoever follows one meets the same order.
    """

    first: str
    salt: str

    def __str__(self) -> str:
        """Return it as addresses write it."""
        return f"{self.first}.{self.salt}"

    def place(self) -> Expression:
        """Return where an item stands."""
        text = TextField()
        key = Concat(Cast("pk", text), Value(self.salt, output_field=text), output_field=text)
        ahead = When(video__public_id=self.first, then=Value("", output_field=text))
        return Case(ahead, default=MD5(key, output_field=text), output_field=text)


def shuffle_read(text: str) -> Shuffle | None:
    """Return the order that an address names; None for nonsense."""
    found = _SHUFFLE.fullmatch(text)
    return Shuffle(found["first"], found["salt"]) if found else None


def shuffle_from(video: Video) -> Shuffle:
    """Return a new order that begins with a video."""
    return Shuffle(video.public_id, secrets.token_hex(3))


@dataclass(frozen=True, slots=True)
class Cover:
    """What a card shows of a playlist: how many videos, and the first that may be seen."""

    count: int
    video: Video | None


def playlists_check() -> None:
    """Raise `NotFound` where this site has no playlists."""
    if not setting_of(FeatureSettings).playlists:
        raise NotFound


def playlist_seen(public_id: str, *, viewer: Person | None) -> Playlist:
    """Return a playlist that *viewer* may look at; raise `NotFound` for any other."""
    playlists_check()
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
    return _offered().filter(mine, kind=PlaylistKind.NAMED).select_related("person")


def playlists_public_of(person: Person) -> QuerySet[Playlist]:
    """Return the playlists that a person shows to everybody."""
    return (
        _offered()
        .filter(person=person, kind=PlaylistKind.NAMED, visibility=PlaylistVisibility.PUBLIC)
        .select_related("person")
    )


def playlist_for_later(person: Person) -> Playlist | None:
    """Return a person's list for later, None before anything was put there."""
    return _offered().filter(person=person, kind=PlaylistKind.LATER).first()


def _offered() -> QuerySet[Playlist]:
    """Return the playlists there are: none where the site has switched them off."""
    rows = Playlist.objects.all()
    return rows if setting_of(FeatureSettings).playlists else rows.none()


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
    playlist: Playlist, *, onlooker: Onlooker = ANYBODY, after: str = "", size: int = ITEMS_SIZE
) -> Entries:
    """Return the page of a playlist that begins behind the place *after*; nonsense is the start."""
    rows = _items(playlist).order_by("position")
    if after.isascii() and after.isalnum():
        rows = rows.filter(position__gt=after)
    found = list(rows[: size + 1])
    shown = tuple(entry_of(item, onlooker=onlooker) for item in found[:size])
    return Entries(shown, found[size - 1].position if len(found) > size else "")


def items_around(
    playlist: Playlist,
    video: Video,
    *,
    onlooker: Onlooker = ANYBODY,
    shuffle: Shuffle | None = None,
) -> Window | None:
    """Return what stands around *video* in a playlist; None where it does not stand in it."""
    rows = _items(playlist).annotate(place=shuffle.place() if shuffle else F("position"))
    at = rows.filter(video=video).first()
    if at is None:
        return None
    before = rows.filter(place__lt=at.place).order_by("-place")
    after = rows.filter(place__gt=at.place).order_by("place")
    near = [*reversed(before[:BEFORE_SIZE]), at, *after[:AFTER_SIZE]]
    counted = rows.select_related(None).aggregate(
        total=Count("pk"), number=Count("pk", filter=Q(place__lte=at.place))
    )
    entries = tuple(entry_of(item, onlooker=onlooker) for item in near)
    return Window(entries, at, counted["number"], counted["total"])


def shuffle_begin(playlist: Playlist, *, onlooker: Onlooker = ANYBODY) -> Shuffle | None:
    """Return a new order of a playlist, from any video that may be watched on; None where none."""
    items = _items(playlist).filter(audience__in=_SHOWN).order_by("?")
    entries = (entry_of(item, onlooker=onlooker) for item in items[:ITEMS_SIZE])
    first = next((entry.video for entry in entries if entry.video), None)
    return shuffle_from(first) if first else None


def entry_of(item: PlaylistItem, *, onlooker: Onlooker = ANYBODY) -> Entry:
    """Return an item as *onlooker* sees it: one closed to them says nothing of its video."""
    video, viewer = item.video, onlooker.person
    own = viewer is not None and video.channel.person_id == viewer.pk
    here = onlooker.country is None or open_in(video, onlooker.country)
    return Entry(item, video if own or (here and item.audience in _SHOWN) else None)


def covers_of(playlists: Iterable[Playlist], *, viewer: Person | None = None) -> dict[UUID, Cover]:
    """Return what cards show of playlists (one query): how many items, the first that is seen."""
    keys = [playlist.pk for playlist in playlists]
    seen = Q(audience__in=_SHOWN)
    if viewer:
        seen |= Q(video__channel__person=viewer)
    rows = PlaylistItem.objects.filter(playlist__in=keys).annotate(
        count=Over(Count("pk"), partition_by="playlist"),
        seen=Case(When(seen, then=True), default=False),
    )
    firsts = rows.order_by("playlist", "-seen", "position").distinct("playlist")
    found = dict.fromkeys(keys, Cover(0, None))
    for item in firsts.select_related("video"):
        found[item.playlist_id] = Cover(item.count, item.video if item.seen else None)
    return found


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
