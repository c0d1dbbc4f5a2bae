"""Why a source cannot become a video, by name."""

from __future__ import annotations

from enum import StrEnum


class RefusalCode(StrEnum):
    """The reasons for refusing a source; pages turn each into a sentence."""

    EMPTY = "empty"
    NOT_MEDIA = "not_media"
    PICTURE = "picture"
    UNSUPPORTED_FORMAT = "unsupported_format"
    TRUNCATED = "truncated"
    PLAYLIST = "playlist"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_LONG = "too_long"
    NO_STREAMS = "no_streams"
    UNSUPPORTED_CODEC = "unsupported_codec"
    DOLBY_VISION_5 = "dolby_vision_5"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    TIMEOUT = "timeout"
    TOO_LARGE = "too_large"


class SourceRefused(Exception):
    """A source was looked at and cannot be used; `detail` is for the operator's log."""

    def __init__(self, code: RefusalCode, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail

    def __str__(self) -> str:
        """Say the code and the detail."""
        return f"{self.code}: {self.detail}" if self.detail else str(self.code)
