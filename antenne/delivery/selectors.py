"""What a viewer needs to play a video: signed paths, never a database query per segment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Video
from antenne.catalog.selectors.captions import captions_played
from antenne.catalog.selectors.sight import announced
from antenne.catalog.states import OPEN, Geo, State
from antenne.kernel.clock import unix_s
from antenne.kernel.environment import environment
from antenne.kernel.signing import PUBLIC, media_prefix, pictures_prefix, subkey, ticket_make

PATH_LIFE_S: Final = 300
EVENTS_LIFE_S: Final = 6 * 3600


@dataclass(frozen=True, slots=True)
class CaptionTrack:
    """One caption track: language, label, address."""

    language: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Playback:
    """Addresses and facts a player starts from; `expires_s` is 0 where paths do not run out."""

    video_id: str
    state: str
    prefix: str
    master_url: str
    mpd_url: str
    poster_url: str
    preview_url: str
    storyboard_url: str
    captions: tuple[CaptionTrack, ...]
    duration_ms: int
    width_px: int
    height_px: int
    growing: bool
    events_url: str
    expires_s: int


def edge_url(request_host: str, *, scheme: str = "http") -> str:
    """Return the edge's address as the browser at *request_host* sees it."""
    configured = environment().media_url
    if configured:
        return configured
    name = urlsplit(f"//{request_host}").hostname or "127.0.0.1"
    host = f"[{name}]" if ":" in name else name
    return f"{scheme}://{host}:{environment().edge_port}"


def media_base(video: Video, *, edge: str) -> tuple[str, int]:
    """Return the signed address of everything of *video* and when it runs out (Unix s, 0 never)."""
    expires_s = PUBLIC if everywhere(video) else unix_s() + PATH_LIFE_S
    key = subkey(environment().secret, "media")
    prefix = media_prefix(key, video=video.public_id, epoch=video.epoch, expires_s=expires_s)
    return edge + prefix, expires_s


def everywhere(video: Video) -> bool:
    """Say whether everybody may watch, wherever they are: its paths need not run out."""
    return video.visibility in OPEN and video.geo == Geo.ALL


def picture_url(video: Video, *, edge: str, path: str) -> str:
    """Return the address of one of a video's pictures, or nothing where it has none."""
    return f"{pictures_base(video, edge=edge)}/{path}" if path else ""


def pictures_base(video: Video, *, edge: str) -> str:
    """Return the address below which a video's pictures are.

    A video that is open but not everywhere, or that is announced, shows its pictures to all:
    by a path that opens nothing else of it.
    """
    shown = video.visibility in OPEN or announced(video)
    if everywhere(video) or not shown:
        return media_base(video, edge=edge)[0]
    key = subkey(environment().secret, "media")
    return edge + pictures_prefix(key, video=video.public_id, epoch=video.epoch)


def channel_picture_url(channel: Channel | Person, *, edge: str, path: str) -> str:
    """Return the address of an avatar or a banner, or nothing where there is none."""
    if not path:
        return ""
    key = subkey(environment().secret, "media")
    return (
        edge
        + media_prefix(key, video=channel.picture_folder, epoch=1, expires_s=PUBLIC)
        + f"/{path}"
    )


def export_url(path: str, *, edge: str) -> str:
    """Return the address of somebody's gathered data (`folder/name`), which holds some minutes."""
    folder, _, name = path.partition("/")
    key = subkey(environment().secret, "media")
    end_s = unix_s() + PATH_LIFE_S
    return f"{edge}{media_prefix(key, video=folder, epoch=1, expires_s=end_s)}/{name}"


def master_open(video: Video, *, edge: str) -> str:
    """Return the master playlist's address where it is everybody's and does not run out."""
    base, expires_s = media_base(video, edge=edge)
    return f"{base}/{video.stream}/master.m3u8" if video.playable and not expires_s else ""


def events_url(video: Video, *, edge: str) -> str:
    """Return where a page hears what happens to *video*."""
    return topic_url(f"video:{video.public_id}", edge=edge)


def topic_url(topic: str, *, edge: str) -> str:
    """Return where a page hears what happens to a topic that its viewer may know of."""
    expires_s = unix_s() + EVENTS_LIFE_S
    ticket = ticket_make(environment().secret, "events", {"topic": topic}, expires_s=expires_s)
    return f"{edge}/events/{ticket}"


def playback_open(video: Video, *, edge: str) -> Playback:
    """Return what plays *video*; the caller has asked the catalog whether this viewer may."""
    base, expires_s = media_base(video, edge=edge)
    stream = f"{base}/{video.stream}"
    tracks = tuple(
        CaptionTrack(caption.language, caption.label, f"{base}/{caption.path}")
        for caption in captions_played(video.pk)
    )

    def picture(path: str) -> str:
        return picture_url(video, edge=edge, path=path)

    return Playback(
        video_id=video.public_id,
        state=video.state,
        prefix=base,
        master_url=f"{stream}/master.m3u8" if video.playable else "",
        mpd_url=f"{stream}/manifest.mpd" if video.state == State.READY else "",
        poster_url=picture(video.poster),
        preview_url=picture(video.preview),
        storyboard_url=f"{base}/{video.storyboard}" if video.storyboard else "",
        captions=tracks,
        duration_ms=video.duration_ms or 0,
        width_px=video.width_px or 0,
        height_px=video.height_px or 0,
        growing=video.state == State.ON_AIR,
        events_url=events_url(video, edge=edge),
        expires_s=expires_s,
    )
