"""What comes after a video: the playlist that the address names, or what is like it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.http import HttpRequest
from django.urls import reverse

from antenne.catalog.refusals import NotFound
from antenne.catalog.selectors.playlists import (
    Entry,
    Shuffle,
    Window,
    items_around,
    playlist_seen,
    shuffle_from,
    shuffle_read,
)
from antenne.catalog.selectors.related import videos_related
from antenne.web.playlists.cards import EntryShown, entries_shown
from antenne.web.viewer import onlooker_for

if TYPE_CHECKING:
    from antenne.accounts.models import Person
    from antenne.catalog.models import Playlist, Video

NEXT_SIZE: Final = 12


@dataclass(frozen=True, slots=True)
class Queue:
    """The playlist that plays, around the video that plays; *query* is what addresses in it say."""

    playlist: Playlist
    window: Window
    rows: tuple[EntryShown, ...]
    query: str
    order: Shuffle | None

    @property
    def other_query(self) -> str:
        """Return what the address says of the same playlist in the other order."""
        query = f"list={self.playlist.public_id}"
        return query if self.order else f"{query}&shuffle={shuffle_from(self.window.at.video)}"


@dataclass(frozen=True, slots=True)
class Onward:
    """What comes after a video, and before it; *queue* where a playlist says so."""

    video: Video | None = None
    url: str = ""
    previous_url: str = ""
    queue: Queue | None = None


NOWHERE: Final = Onward()


def videos_next(request: HttpRequest, video: Video) -> list[Video]:
    """Return public videos to go on with: what is like it."""
    return videos_related(video, onlooker_for(request), NEXT_SIZE)


def onward_of(
    request: HttpRequest, video: Video, following: list[Video], *, viewer: Person | None
) -> Onward:
    """Return where the player goes on to: the rest of a playlist, else the first that follows."""
    listed = _listed(request, video, viewer=viewer)
    if listed is not None:
        return listed
    if not following:
        return NOWHERE
    return Onward(video=following[0], url=reverse("watch", args=[following[0].public_id]))


def _listed(request: HttpRequest, video: Video, *, viewer: Person | None) -> Onward | None:
    """Return the way through a playlist; None where it is not there, or not for this viewer."""
    public_id = request.GET.get("list", "")
    if not (public_id.isascii() and public_id.isalnum()):
        return None
    try:
        playlist = playlist_seen(public_id, viewer=viewer)
    except NotFound:
        return None
    order = shuffle_read(request.GET.get("shuffle", ""))
    window = items_around(playlist, video, onlooker=onlooker_for(request), shuffle=order)
    if window is None:
        return None
    query = f"list={playlist.public_id}"
    query += f"&shuffle={order}" if order else ""
    at = next(n for n, entry in enumerate(window.entries) if entry.item.pk == window.at.pk)
    following = _first_playable(window.entries[at + 1 :])
    before = _first_playable(window.entries[:at][::-1])
    return Onward(
        video=following,
        url=_url(following, query),
        previous_url=_url(before, query),
        queue=Queue(playlist, window, entries_shown(window.entries, viewer=viewer), query, order),
    )


def _first_playable(entries: tuple[Entry, ...]) -> Video | None:
    return next((row.video for row in entries if row.video and row.video.playable), None)


def _url(video: Video | None, query: str) -> str:
    if video is None:
        return ""
    return f"{reverse('watch', args=[video.public_id])}?{query}"
