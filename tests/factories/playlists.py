"""Playlists with videos in them."""

from __future__ import annotations

from antenne.accounts.models import Person
from antenne.catalog.models import Playlist, Video
from antenne.catalog.selectors.onlookers import Onlooker
from antenne.catalog.selectors.playlists import items_page
from antenne.catalog.services.playlists import playlist_create, playlist_item_add


def playlist_make(
    person: Person, *videos: Video, title: str = "Birds", visibility: str = "public"
) -> Playlist:
    """Make a playlist of *videos* in their order."""
    playlist = playlist_create(by=person, title=title, visibility=visibility)
    for video in videos:
        playlist_item_add(by=person, public_id=playlist.public_id, video=video.public_id)
    return playlist


def titles_of(playlist: Playlist, viewer: Person | None = None) -> list[str]:
    """Return the titles in their order, a dash for what *viewer* may not watch."""
    rows = items_page(playlist, onlooker=Onlooker(person=viewer)).rows
    return [row.video.title if row.video else "-" for row in rows]
