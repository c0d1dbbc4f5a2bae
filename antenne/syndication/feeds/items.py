"""What a feed says, before it is written in one form or another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class FeedFile:
    """A file that can be fetched whole: one sound, or picture and sound in one."""

    url: str
    type: str
    size_bytes: int
    width_px: int = 0
    height_px: int = 0

    @property
    def medium(self) -> str:
        """Return what Media RSS calls it."""
        return self.type.partition("/")[0]


@dataclass(frozen=True, slots=True)
class FeedCaption:
    """One caption track, as WebVTT."""

    language: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One public video, with absolute addresses.

    *promised* are files that are made once somebody asks, with the size they will about have.
    """

    video_id: UUID
    public_id: str
    title: str
    text: str
    link: str
    embed_url: str
    hls_url: str
    poster_url: str
    published_at: datetime
    updated_at: datetime
    duration_ms: int
    width_px: int
    height_px: int
    language: str
    category: str
    tags: tuple[str, ...]
    licence: str
    sensitive: bool
    countries: tuple[str, tuple[str, ...]]
    author: str
    author_url: str
    channel_id: str
    views: int
    likes: int
    captions: tuple[FeedCaption, ...]
    files: tuple[FeedFile, ...]
    chapters_url: str
    syndicated: bool = False
    promised: tuple[FeedFile, ...] = ()

    @property
    def guid(self) -> str:
        """Return the id by which readers know it again."""
        return f"urn:uuid:{self.video_id}"

    @property
    def duration_s(self) -> int:
        """Return the length in whole seconds, at least one where there is any."""
        return max(1, round(self.duration_ms / 1000)) if self.duration_ms else 0

    def file(self, medium: str, *, promised: bool = False) -> FeedFile | None:
        """Return the largest file of a medium (`video` or `audio`), or the one that will be."""
        files = self.files or (self.promised if promised else ())
        found = [file for file in files if file.medium == medium]
        return max(found, key=lambda file: file.size_bytes, default=None)


@dataclass(frozen=True, slots=True)
class Feed:
    """One page of a list of videos: what it is called, where it is, and its items, newest first."""

    title: str
    text: str
    home_url: str
    self_url: str
    first_url: str
    next_url: str
    hub_url: str
    image_url: str
    language: str
    author: str
    updated_at: datetime
    key: str
    channel_id: UUID | None
    items: tuple[FeedItem, ...]
