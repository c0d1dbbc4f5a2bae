"""The program that fetches: yt-dlp with one way out and nothing to start, writing where it stands.

It runs confined, on its own, with the request in `request.json`, reports lines of JSON on its
descriptor 3 and asks for streams on its descriptor 4. Nothing it says is believed unchecked.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import threading
import time
from pathlib import Path
from typing import Any, Final

from yt_dlp import YoutubeDL
from yt_dlp.networking.exceptions import (
    HTTPError,
    IncompleteRead,
    TransportError,
)
from yt_dlp.utils import (
    ContentTooShortError,
    DownloadError,
    ExtractorError,
    GeoRestrictedError,
    YoutubeDLError,
)

REPORTS, DOOR = 3, 4
# The best picture up to 2160 lines, and of equals the one that goes on the air unchanged.
FORMAT: Final = "bv*+ba/b/bv*/ba"
FORMAT_ORDER: Final = ["res:2160", "fps:60", "vcodec:h264", "acodec:aac"]
CAPTIONS_MAX: Final = 12
CAPTION_KINDS: Final = ("vtt", "srt", "ass")
_PROGRESS_S: Final = 0.25
_CLOSED: Final = frozenset({401, 402, 403, 407, 451})
_GONE: Final = frozenset({404, 410})
_channel = threading.Lock()


class Refused(Exception):
    """It cannot be fetched; the code is one of `fetching.FetchFault`."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail


class Stream(socket.socket):
    """A socket that is connected from the start: to the proxy, through the door."""

    def __init__(self, *_described: int, fileno: int | None = None) -> None:
        super().__init__(fileno=stream_ask() if fileno is None else fileno)

    def connect(self, _address: object) -> None:
        """Do nothing: there is nowhere else to go."""

    def setsockopt(self, *_options: object) -> None:
        """Do nothing: the options of TCP mean nothing here."""


_Plain: Final = socket.socket


def stream_ask() -> int:
    """Return the descriptor of a fresh stream; raise OSError where none is given."""
    with _channel:
        channel = _Plain(fileno=os.dup(DOOR))
        with channel:
            channel.send(b".")
            _said, descriptors, _flags, _address = socket.recv_fds(channel, 1, 1)
    if not descriptors:
        raise ConnectionError("no stream was given")
    return descriptors[0]


class Log:
    """Where yt-dlp speaks: only its errors are kept, on standard error."""

    def debug(self, message: str) -> None:
        """Keep nothing."""

    info = warning = debug

    def error(self, message: str) -> None:
        """Keep it for the operator."""
        sys.stderr.write(message + "\n")


class Progress:
    """Counts the bytes of all tracks, reports them and stops where there are too many."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._before = 0
        self._said_s = 0.0

    def track_end(self, size_bytes: int) -> None:
        """Add a finished track to what came before the next."""
        self._before += size_bytes

    def __call__(self, said: dict[str, Any]) -> None:
        """Take what yt-dlp says of the track at hand."""
        done = self._before + int(said.get("downloaded_bytes") or 0)
        sure = self._before + int(said.get("total_bytes") or 0)
        if max(done, sure) > self._max_bytes:
            raise Refused("too_large", f"{max(done, sure)} bytes")
        if time.monotonic() - self._said_s >= _PROGRESS_S:
            self._said_s = time.monotonic()
            guess = self._before + int(said.get("total_bytes_estimate") or 0)
            report("progress", done_bytes=done, total_bytes=max(sure, guess, done))


def report(kind: str, **data: object) -> None:
    """Write one line for whoever asked."""
    os.write(REPORTS, json.dumps({"kind": kind, **data}).encode() + b"\n")


def options_for(max_bytes: int, progress: Progress) -> dict[str, Any]:
    """Return yt-dlp's options: nothing read, nothing kept, nothing started, no way but the door."""
    return {
        "quiet": True,
        "noprogress": True,
        "logger": Log(),
        "proxy": "http://127.0.0.1:1",
        "compat_opts": {"prefer-legacy-http-handler"},
        "socket_timeout": 30,
        "retries": 2,
        "extractor_retries": 1,
        "fragment_retries": 2,
        "skip_unavailable_fragments": False,
        "concurrent_fragment_downloads": 3,
        "external_downloader": {"default": "native"},
        "ffmpeg_location": "/nonexistent",
        "fixup": "never",
        "js_runtimes": {},
        "cachedir": False,
        "nopart": True,
        "updatetime": False,
        "noplaylist": True,
        "playlist_items": "1:2",
        "format": FORMAT,
        "format_sort": FORMAT_ORDER,
        "writesubtitles": True,
        "subtitleslangs": ["all", "-live_chat"],
        "subtitlesformat": "vtt/srt/ass/best",
        "max_filesize": max_bytes,
        "progress_hooks": [progress],
    }


def one_of(info: dict[str, Any]) -> dict[str, Any]:
    """Return the one video that was found; raise Refused where there is none, or more."""
    if info.get("_type") in ("playlist", "multi_video"):
        entries = [entry for entry in info.get("entries") or () if entry]
        if not entries:
            raise Refused("nothing_there", "an empty list")
        if len(entries) > 1 and info.get("extractor_key") != "Generic":
            raise Refused("several", str(info.get("title") or ""))
        return one_of(entries[0])
    if info.get("is_live") or info.get("live_status") == "is_upcoming":
        raise Refused("live", "")
    return info


def fetch(url: str, max_bytes: int) -> None:
    """Find the video behind *url* and write its tracks and captions into the current folder."""
    progress = Progress(max_bytes)
    with YoutubeDL(options_for(max_bytes, progress)) as ydl:
        info = one_of(ydl.extract_info(url, download=False) or {})
        names = ("title", "description", "language", "extractor_key")
        report("about", **{name: info.get(name) for name in names})
        formats = info.get("requested_formats") or [info]
        for number, wanted in enumerate(formats):
            progress.track_end(track_fetch(ydl, Path(f"track-{number}"), {**info, **wanted}))
        captions_fetch(ydl, info)
        report("done", tracks=len(formats))


def track_fetch(ydl: YoutubeDL, target: Path, track: dict[str, Any]) -> int:
    """Write one track and return its size in bytes."""
    try:
        done, _real = ydl.dl(str(target), track)
    except DownloadError as error:
        code = code_of(causes_of(error))
        raise Refused("interrupted" if code == "fetch_failed" else code, str(error)) from error
    if not target.exists():
        raise Refused("too_large", "announced as larger")  # max_filesize: it was not begun
    if not done:
        raise Refused("interrupted", "")
    return target.stat().st_size


def captions_fetch(ydl: YoutubeDL, info: dict[str, Any]) -> None:
    """Write the captions that people made; a track that cannot be had is left out."""
    offered = list((info.get("requested_subtitles") or {}).items())
    for number, (language, offer) in enumerate(offered[:CAPTIONS_MAX]):
        target = Path(f"caption-{number}.{offer.get('ext')}")
        if offer.get("ext") not in CAPTION_KINDS:
            continue
        try:
            if offer.get("data") is not None:
                target.write_text(offer["data"])
            else:
                ydl.dl(str(target), {**info, **offer}, subtitle=True)
        except (YoutubeDLError, OSError):
            continue
        report("caption", file=target.name, language=language, label=offer.get("name") or "")


def causes_of(error: BaseException | None) -> list[BaseException]:
    """Return an error and everything it was raised from, the outermost first."""
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        inner = error.exc_info[1] if isinstance(error, DownloadError) and error.exc_info else None
        error = inner or getattr(error, "cause", None) or error.__cause__
    return found


def code_of(causes: list[BaseException]) -> str:
    """Name what went wrong by the innermost cause that says it."""
    for cause in reversed(causes):
        if isinstance(cause, HTTPError):
            return _code_of_status(cause.status)
        if isinstance(cause, GeoRestrictedError):
            return "not_open"
        if isinstance(cause, IncompleteRead | ContentTooShortError):
            return "interrupted"
        if isinstance(cause, TransportError):
            return "address_unreachable"
    return "nothing_there" if any(isinstance(c, ExtractorError) for c in causes) else "fetch_failed"


def _code_of_status(status: int) -> str:
    if status in _GONE:
        return "nothing_there"
    return "not_open" if status in _CLOSED else "address_unreachable"


def main() -> None:
    """Do what the request says and report how it went."""
    request = json.loads(Path("request.json").read_text())
    os.environ["YTDLP_NO_PLUGINS"] = "1"
    socket.socket = Stream  # type: ignore[assignment, misc]
    try:
        fetch(request["url"], request["max_bytes"])
    except Refused as refused:
        report("refused", code=refused.code, detail=refused.detail)
    except (YoutubeDLError, OSError) as error:
        report("refused", code=code_of(causes_of(error)), detail=str(error)[:1000])


if __name__ == "__main__":
    main()
