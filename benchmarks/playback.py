"""A player without a screen: fetches what a player fetches, and counts when it would stall."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import httpx
import m3u8

_FIRST_SEGMENTS: Final = 2
_TICK_S: Final = 0.1
_OK: Final = (200, 206)
# What a player wants ahead of it before it plays on after a stall.
_RESUME_S: Final = 1.0


class NotPlayable(Exception):
    """Something that the playlists name is not there, or is not what they say."""


@dataclass(frozen=True, slots=True)
class Watched:
    """What somebody saw who started at once and played at 1 x for a while."""

    played_s: float
    stalls: int
    stalled_s: float
    reached_end: bool


@dataclass(slots=True)
class Track:
    """One media playlist as far as it has been fetched; `buffered_s` is what can be played."""

    url: str
    buffered_s: float = 0.0
    ended: bool = False
    _fetched: int = 0
    _again_s: float = 0.0
    _inits: set[str] = field(default_factory=set)

    def look(self, http: httpx.Client, now_s: float) -> None:
        """Load the playlist where it is time to, and fetch one segment that is new.

        The pause follows hls.js: the last segment's duration after a change, else half the target.
        """
        if self.ended or now_s < self._again_s:
            return
        playlist = _loaded(http, self.url)
        fresh = playlist.segments[self._fetched :]
        for segment in fresh:
            self._fetch(http, segment)
        last_s = float(fresh[-1].duration) if fresh else playlist.target_duration / 2
        self._again_s = now_s + min(last_s, float(playlist.target_duration))
        self.ended = bool(playlist.is_endlist)

    def begin(self, http: httpx.Client) -> None:
        """Fetch the first segments; raise NotPlayable."""
        playlist = _loaded(http, self.url)
        if not playlist.segments:
            raise NotPlayable(f"{self.url} is empty")
        for segment in playlist.segments[:_FIRST_SEGMENTS]:
            self._fetch(http, segment)

    def _fetch(self, http: httpx.Client, segment: m3u8.Segment) -> None:
        init = segment.init_section
        if init is not None and init.absolute_uri not in self._inits:
            _got(http, init.absolute_uri, "")
            self._inits.add(init.absolute_uri)
        _got(http, segment.absolute_uri, segment.byterange or "")
        self._fetched += 1
        self.buffered_s += float(segment.duration)


def tracks_of(http: httpx.Client, master_url: str) -> list[Track]:
    """Return the best picture and the sound that goes with it; raise NotPlayable."""
    master = _loaded(http, master_url)
    if not master.playlists:
        raise NotPlayable(f"{master_url} names no stream")
    best = max(master.playlists, key=lambda each: each.stream_info.bandwidth or 0)
    sounds = [each for each in master.media if each.type == "AUDIO" and each.uri]
    wanted = [each for each in sounds if each.group_id == best.stream_info.audio][:1]
    return [Track(best.absolute_uri), *(Track(each.absolute_uri) for each in wanted)]


def playable_check(master_url: str) -> float:
    """Fetch master, every media playlist and first segments; return the seconds it took.

    Raises NotPlayable where anything of it is missing or cut short.
    """
    begun_s = time.monotonic()
    with httpx.Client(timeout=20) as http:
        master = _loaded(http, master_url)
        if not master.playlists:
            raise NotPlayable(f"{master_url} names no stream")
        named = [*master.playlists, *(each for each in master.media if each.uri)]
        for each in named:
            if each in master.playlists or each.type == "AUDIO":
                Track(each.absolute_uri).begin(http)
    return time.monotonic() - begun_s


def watch(master_url: str, most_s: float, between: Callable[[float], None]) -> Watched:
    """Play from now at 1 x to the end, for *most_s* at most; *between* is told the position."""
    with httpx.Client(timeout=20) as http:
        tracks = tracks_of(http, master_url)
        begun_s = last_s = time.monotonic()
        position_s, stalls, stalled_s = 0.0, 0, 0.0
        waiting = True  # for the first segment: not a stall
        while last_s - begun_s < most_s:
            now_s = time.monotonic()
            for track in tracks:
                track.look(http, now_s)
            ahead_s = min(track.buffered_s for track in tracks) - position_s
            over = all(track.ended for track in tracks)
            if waiting:
                stalled_s += now_s - last_s if position_s else 0.0
                waiting = ahead_s < _RESUME_S and not over
            else:
                position_s += min(now_s - last_s, max(ahead_s, 0.0))
                waiting = now_s - last_s > ahead_s and not over
                stalls += waiting
            if over and position_s >= min(track.buffered_s for track in tracks) - _TICK_S:
                return Watched(position_s, stalls, stalled_s, reached_end=True)
            between(position_s)
            last_s = now_s
            time.sleep(_TICK_S)
    return Watched(position_s, stalls, stalled_s, reached_end=False)


def _loaded(http: httpx.Client, url: str) -> m3u8.M3U8:
    answer = http.get(url)
    if answer.status_code not in _OK:
        raise NotPlayable(f"{url}: status {answer.status_code}")
    return m3u8.loads(answer.text, uri=url)


def _got(http: httpx.Client, url: str, byterange: str) -> bytes:
    """Fetch an object or a part of it ("length@offset"); raise NotPlayable."""
    length, _, offset = byterange.partition("@")
    start = int(offset or 0)
    headers = {"Range": f"bytes={start}-{start + int(length) - 1}"} if byterange else {}
    answer = http.get(url, headers=headers)
    if answer.status_code not in _OK or (byterange and len(answer.content) != int(length)):
        raise NotPlayable(f"{url} {byterange}: status {answer.status_code}")
    return answer.content
