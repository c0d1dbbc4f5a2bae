"""Which of our own pages an address leads to, and what is shown of a linked page."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from antenne.catalog.models import Channel, Playlist, Video
from antenne.catalog.refusals import NotFound
from antenne.catalog.selectors.channels import channel_by_handle
from antenne.catalog.selectors.playlists import playlist_seen
from antenne.catalog.selectors.sight import SightRefused, video_open
from antenne.catalog.states import PlaylistVisibility, Visibility
from antenne.community.models import LinkCard, Post
from antenne.custody.selectors import setting_of
from antenne.custody.settings import FeatureSettings
from antenne.kernel.environment import environment


@dataclass(frozen=True, slots=True)
class Ours:
    """What stands at an address of this site: one of these, or nothing that a card shows."""

    video: Video | None = None
    channel: Channel | None = None
    playlist: Playlist | None = None

    @property
    def found(self) -> bool:
        """Say whether there is something to show."""
        return bool(self.video or self.channel or self.playlist)


def ours_at(url: str) -> Ours | None:
    """Return what everybody sees at an address of this site; None for any other site."""
    here = environment()
    parts = urlsplit(url)
    if parts.netloc not in {urlsplit(own).netloc for own in (here.public_url, here.web_url)}:
        return None
    try:
        found = resolve(parts.path or "/")
        named = dict(found.kwargs)
        if found.url_name in {"watch", "embed"}:
            return Ours(video=_public(video_open(named["public_id"], viewer=None)))
        if found.url_name in {"channel", "channel_about", "channel_posts"}:
            return Ours(channel=channel_by_handle(named["handle"]))
        if found.url_name == "playlist":
            listed = playlist_seen(named["public_id"], viewer=None)
            return Ours(playlist=listed if _open(listed) else None)
    except (Resolver404, NotFound, SightRefused):
        pass
    return Ours()


def _public(video: Video | None) -> Video | None:
    return video if video is not None and video.visibility == Visibility.PUBLIC else None


def _open(playlist: Playlist | None) -> bool:
    return playlist is not None and playlist.visibility == PlaylistVisibility.PUBLIC


def video_shown(post: Post) -> Video | None:
    """Return the video that a post shows: the one chosen for it, else the one it links to.

    One that is not everybody's any more is not shown.
    """
    card = _card_of(post)
    return _public(post.video) or _public(card.video if card else None)


def link_shown(post: Post) -> LinkCard | None:
    """Return the card of the page that a post links to; a linked video is shown as a video."""
    card = _card_of(post)
    if card is None:
        return None
    return card if card.title or card.channel or _open(card.playlist) else None


def _card_of(post: Post) -> LinkCard | None:
    """Return the card that came with a post; none where the site has switched them off."""
    card: LinkCard | None = getattr(post, "link", None)
    return card if card and setting_of(FeatureSettings).link_cards else None
