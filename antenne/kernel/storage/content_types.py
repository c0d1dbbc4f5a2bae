"""The few kinds of file that may be delivered, and the type each is announced as."""

from __future__ import annotations

from typing import Final

DELIVERED: Final = {
    "m3u8": "application/vnd.apple.mpegurl",
    "mpd": "application/dash+xml",
    "mp4": "video/mp4",
    "m4s": "video/mp4",
    "m4a": "audio/mp4",
    "vtt": "text/vtt; charset=utf-8",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "avif": "image/avif",
}
UNKNOWN: Final = "application/octet-stream"


def content_type(key: str) -> str:
    """Return the type to announce for *key*; never one that a browser would run."""
    return DELIVERED.get(key.rpartition(".")[2], UNKNOWN)
