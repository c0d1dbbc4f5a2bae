"""What comes after a video: the playlist that the address names, or what is like it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.http import HttpRequest
from django.urls import reverse

from antenne.catalog.refusals import NotFound
from antenne.catalog.selectors.playlists import Entry, Window, items_around, playlist_seen
from antenne.catalog.selectors.related import videos_related

if TYPE_CHECKING:
    from antenne.accounts.models import Person
    from antenne.catalog.models import Playlist, Video

NEXT_SIZE: Final = 12


@dataclass(frozen=True, slots=True)
class Onward:
    """What comes after a video, and before it; *playlist* where one says so."""

    video: Video | None = None
    url: str = ""
    previous_url: str = ""
    playlist: Playlist | None = None
    window: Window | None = None


NOWHERE: Final = Onward()


def videos_next(video: Video) -> list[Video]:
    """Return public videos to go on with: what is like it."""
    return videos_related(video, None, NEXT_SIZE)


def onward_of(
    request: HttpRequest, video: Video, following: list[Video], *, viewer: Person | None
) -> Onward:
    """Return where the player goes on to: the rest of a playlist, else the first that follows."""
    listed = _listed(request.GET.get("list", ""), video, viewer=viewer)
    if listed is not None:
        return listed
    if not following:
        return NOWHERE
    return Onward(video=following[0], url=reverse("watch", args=[following[0].public_id]))


def _listed(public_id: str, video: Video, *, viewer: Person | None) -> Onward | None:
    """Return the way through a playlist; None where it is not there, or not for this viewer."""
    if not (public_id.isascii() and public_id.isalnum()):
        return None
    try:
        playlist = playlist_seen(public_id, viewer=viewer)
    except NotFound:
        return None
    window = items_around(playlist, video, viewer=viewer)
    if window is None:
        return None
    at = next(n for n, entry in enumerate(window.entries) if entry.item.pk == window.at.pk)
    following = _first_playable(window.entries[at + 1 :])
    before = _first_playable(window.entries[:at][::-1])
    return Onward(
        video=following,
        url=_url(following, playlist),
        previous_url=_url(before, playlist),
        playlist=playlist,
        window=window,
    )


def _first_playable(entries: tuple[Entry, ...]) -> Video | None:
    return next((row.video for row in entries if row.video and row.video.playable), None)


def _url(video: Video | None, playlist: Playlist) -> str:
    if video is None:
        return ""
    return f"{reverse('watch', args=[video.public_id])}?list={playlist.public_id}"
