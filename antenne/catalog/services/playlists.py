"""Writes to playlists; each locks its list, so that two people order it one after the other."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from antenne.accounts.models import Person
from antenne.catalog.models import (
    Playlist,
    PlaylistEditor,
    PlaylistItem,
    Tally,
    Video,
)
from antenne.catalog.positions import position_between, positions_even
from antenne.catalog.refusals import CatalogRefused, NotFound
from antenne.catalog.selectors.playlists import (
    playlist_editable,
    playlist_owned,
    playlist_seen,
    playlists_check,
)
from antenne.catalog.selectors.sight import Access, video_sight
from antenne.catalog.services.tallies import tally_add
from antenne.catalog.states import (
    AUDIENCE_OF,
    PlaylistKind,
    PlaylistVisibility,
    TallyKind,
)
from antenne.custody.selectors import region_home
from antenne.kernel.clock import now
from antenne.kernel.facts import Fact, fact_record
from antenne.kernel.ids import public_id_new
from antenne.kernel.wording import one_line

TITLE_MAX_CHARS: Final = 150
ITEMS_MAX: Final = 5000
PLAYLISTS_MAX: Final = 500
EDITORS_MAX: Final = 50
# Somebody who drags to one place again and again makes long keys: then all are made anew.
_POSITION_LONG_CHARS: Final = 60
_BATCH: Final = 500


@transaction.atomic
def playlist_create(
    *, by: Person, title: str, description: str = "", visibility: str = PlaylistVisibility.PRIVATE
) -> Playlist:
    """Make an empty playlist; raise `CatalogRefused` for the five hundred and first."""
    playlists_check()
    Person.objects.select_for_update().get(pk=by.pk)
    if Playlist.objects.filter(person=by).count() >= PLAYLISTS_MAX:
        raise CatalogRefused(_("You have as many playlists as a person may have."))
    return _created(
        by,
        PlaylistKind.NAMED,
        title=_title_clean(title),
        description=description[:5000],
        visibility=_visibility_check(visibility),
    )


@transaction.atomic
def playlist_later(*, by: Person) -> Playlist:
    """Return a person's list for later, made where there is none."""
    playlists_check()
    Person.objects.select_for_update().get(pk=by.pk)
    found = Playlist.objects.filter(person=by, kind=PlaylistKind.LATER).first()
    private = PlaylistVisibility.PRIVATE
    return found or _created(by, PlaylistKind.LATER, title="Watch later", visibility=private)


def _created(by: Person, kind: str, *, visibility: str, **said: str) -> Playlist:
    playlist = Playlist(
        public_id=public_id_new(region_home().digit),
        home=by.home,
        person=by,
        kind=kind,
        visibility=visibility,
        audience=AUDIENCE_OF[visibility],
        **said,
    )
    playlist.save(force_insert=True)
    fact_record(Fact("playlist.created", {"playlist": str(playlist.pk)}))
    return playlist


@transaction.atomic
def playlist_edit(
    *,
    by: Person,
    public_id: str,
    title: str | None = None,
    description: str | None = None,
    visibility: str | None = None,
) -> Playlist:
    """Change what a playlist of one's own is called and who sees it; None leaves a thing."""
    playlist = _locked(playlist_owned(public_id, by=by))
    if playlist.kind == PlaylistKind.LATER:
        raise CatalogRefused(_("Your list for later stays as it is."))
    if title is not None:
        playlist.title = _title_clean(title)
    if description is not None:
        playlist.description = description[:5000]
    if visibility is not None:
        playlist.visibility = _visibility_check(visibility)
        playlist.audience = AUDIENCE_OF[visibility]
        PlaylistItem.objects.filter(playlist=playlist).update(list_audience=playlist.audience)
    playlist.updated_at = now()
    playlist.save()
    fact_record(Fact("playlist.edited", {"playlist": str(playlist.pk)}))
    return playlist


@transaction.atomic
def playlist_remove(*, by: Person, public_id: str) -> None:
    """Take a playlist of one's own away for ever; its videos stay."""
    playlist = _locked(playlist_owned(public_id, by=by))
    held = PlaylistItem.objects.filter(playlist=playlist)
    Tally.objects.filter(subject__in=held.values("video"), kind=TallyKind.SAVES).update(
        value=Greatest(F("value") - 1, 0)
    )
    fact_record(Fact("playlist.removed", {"playlist": str(playlist.pk)}))
    playlist.delete()


@transaction.atomic
def playlist_item_add(
    *, by: Person, public_id: str, video: str, unlocked: Collection[str] = ()
) -> PlaylistItem:
    """Put a video that *by* may watch at the end of a list; one that stands there stays."""
    playlist = _locked(playlist_editable(public_id, by=by))
    found = _video_open(video, by=by, unlocked=unlocked)
    items = PlaylistItem.objects.filter(playlist=playlist)
    there = items.filter(video=found).first()
    if there is not None:
        return there
    if items.count() >= ITEMS_MAX:
        raise CatalogRefused(_("This playlist is full."))
    last = items.order_by("-position").values_list("position", flat=True).first()
    item = PlaylistItem.objects.create(
        home=playlist.home,
        audience=found.audience,
        list_audience=playlist.audience,
        playlist=playlist,
        video=found,
        person=by,
        position=position_between(last or "", ""),
    )
    tally_add(subject=found.pk, home=found.home, kind=TallyKind.SAVES)
    _touch(playlist)
    return item


def _video_open(public_id: str, *, by: Person, unlocked: Collection[str]) -> Video:
    """Return a video that stays where it is until this transaction ends; raise `NotFound`."""
    sight = video_sight(public_id, viewer=by, unlocked=unlocked)
    if sight.video is None or sight.access != Access.OPEN:
        raise NotFound(public_id)
    # Whoever changes its audience waits for us, or we for them: the item gets the last one.
    held = Video.objects.select_for_update(no_key=True).filter(pk=sight.video.pk).first()
    if held is None:
        raise NotFound(public_id)
    return held


@transaction.atomic
def playlist_item_remove(*, by: Person, public_id: str, video: str) -> None:
    """Take a video out of a list; one that does not stand there is no mistake."""
    playlist = _locked(playlist_editable(public_id, by=by))
    items = PlaylistItem.objects.filter(playlist=playlist).select_related("video")
    item = items.filter(video__public_id=video).first()
    if item is not None:
        _item_drop(playlist, item)


@transaction.atomic
def playlist_item_drop(*, by: Person, public_id: str, item_id: UUID) -> None:
    """Take an item out of a list, also one whose video nobody here may see."""
    playlist = _locked(playlist_editable(public_id, by=by))
    _item_drop(playlist, _item(playlist, item_id))


def _item_drop(playlist: Playlist, item: PlaylistItem) -> None:
    tally_add(subject=item.video_id, home=item.video.home, kind=TallyKind.SAVES, by=-1)
    item.delete()
    _touch(playlist)


@transaction.atomic
def playlist_item_move(
    *, by: Person, public_id: str, item_id: UUID, after: UUID | None
) -> PlaylistItem:
    """Put an item behind another, or first; nothing else changes its place."""
    playlist = _locked(playlist_editable(public_id, by=by))
    item = _item(playlist, item_id)
    if after == item_id:
        return item
    items = PlaylistItem.objects.filter(playlist=playlist).exclude(pk=item_id)
    before = _item(playlist, after).position if after else ""
    later = items.filter(position__gt=before).order_by("position")
    position = position_between(before, later.values_list("position", flat=True).first() or "")
    item.position = position
    item.save(update_fields=["position"])
    if len(position) > _POSITION_LONG_CHARS:
        _positions_renew(playlist)
    _touch(playlist)
    return item


def _positions_renew(playlist: Playlist) -> None:
    """Give every item a short key; the order stays."""
    items = list(PlaylistItem.objects.filter(playlist=playlist).order_by("position"))
    for item, position in zip(items, positions_even(len(items)), strict=True):
        item.position = position
    PlaylistItem.objects.bulk_update(items, ["position"], batch_size=_BATCH)


@transaction.atomic
def playlist_editor_add(*, by: Person, public_id: str, handle: str) -> PlaylistEditor:
    """Let somebody help with a playlist of one's own; raise `CatalogRefused` for nobody."""
    playlist = _locked(playlist_owned(public_id, by=by))
    if playlist.kind == PlaylistKind.LATER:
        raise CatalogRefused(_("Your list for later stays yours."))
    person = Person.objects.filter(handle__iexact=handle.strip().removeprefix("@")).first()
    if person is None or person.pk == playlist.person_id:
        raise CatalogRefused(_("There is nobody else of this name."))
    rows = PlaylistEditor.objects.filter(playlist=playlist)
    if rows.exclude(person=person).count() >= EDITORS_MAX:
        raise CatalogRefused(_("As many people help with this playlist as may."))
    editor, _made = rows.get_or_create(playlist=playlist, person=person, home=playlist.home)
    return editor


@transaction.atomic
def playlist_editor_remove(*, by: Person, public_id: str, person_id: UUID) -> None:
    """Take a helper away: its owner anybody, a helper themselves; raise `NotFound` otherwise."""
    playlist = _locked(playlist_seen(public_id, viewer=by))
    if by.pk not in (playlist.person_id, person_id):
        raise NotFound(public_id)
    gone, _rows = PlaylistEditor.objects.filter(playlist=playlist, person=person_id).delete()
    if not gone:
        raise NotFound(str(person_id))


def _locked(playlist: Playlist) -> Playlist:
    """Return the playlist with its row locked; raise `NotFound` where it has just gone."""
    found = Playlist.objects.select_for_update().filter(pk=playlist.pk).first()
    if found is None:
        raise NotFound(playlist.public_id)
    return found


def _item(playlist: Playlist, item_id: UUID) -> PlaylistItem:
    items = PlaylistItem.objects.filter(playlist=playlist).select_related("video")
    item = items.filter(pk=item_id).first()
    if item is None:
        raise NotFound(str(item_id))
    return item


def _touch(playlist: Playlist) -> None:
    Playlist.objects.filter(pk=playlist.pk).update(updated_at=now())


def _title_clean(title: str) -> str:
    clean = one_line(title)[:TITLE_MAX_CHARS]
    if not clean:
        raise CatalogRefused(_("A playlist needs a name."))
    return clean


def _visibility_check(visibility: str) -> str:
    if visibility not in PlaylistVisibility.values:
        raise CatalogRefused(_("This visibility is not known."))
    return visibility
