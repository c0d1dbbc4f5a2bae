"""Finds what nothing names: objects without a row, work folders without a worker."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.platform import Platform

_FIXED: Final = re.compile(
    r"master\.m3u8|manifest\.mpd|(poster|preview|storyboard)(-\w+)?\.(jpg|webp|avif|vtt)"
)
_CHUNKS: Final = """
    SELECT u.video_public_id || '/' || s.name || '/' || r.name, c.object_name
      FROM pipeline_chunk c JOIN pipeline_rendition r ON r.id = c.rendition_id
      JOIN pipeline_stream s ON s.id = r.stream_id JOIN pipeline_upload u ON u.id = s.upload_id
"""
_STREAMS: Final = """
    SELECT u.video_public_id || '/' || s.name
      FROM pipeline_stream s JOIN pipeline_upload u ON u.id = s.upload_id
"""
_CAPTIONS: Final = """
    SELECT v.public_id || '/' || c.path FROM catalog_caption c
      JOIN catalog_video v ON v.id = c.video_id
"""
_FILES: Final = """
    SELECT v.public_id || '/' || f.path FROM catalog_mediafile f
      JOIN catalog_video v ON v.id = f.video_id
"""
_OF_RENDITION: Final = ("init.mp4", "index.m3u8", "iframes.m3u8")


@dataclass(frozen=True, slots=True)
class Leftovers:
    """Paths below the home that nothing names, by kind."""

    objects: tuple[str, ...]
    drafts: tuple[str, ...]
    work: tuple[str, ...]
    spooled: tuple[str, ...]

    @property
    def count(self) -> int:
        """Return how many there are."""
        return len(self.objects) + len(self.drafts) + len(self.work) + len(self.spooled)


def leftovers_of(platform: Platform) -> Leftovers:
    """Return what is left over in a platform that has nothing to do."""
    objects = platform.home / "objects"
    named = named_objects(platform)
    streams = {row[0] for row in platform.rows(_STREAMS)}
    kept = {path.relative_to(objects).as_posix() for path in _files(objects)}
    drafts = {key for key in kept if key.startswith(".")}
    unnamed = (key for key in kept - drafts - named if not _is_of_stream(key, streams))
    home = platform.home
    return Leftovers(
        objects=tuple(sorted(unnamed)),
        drafts=tuple(sorted(drafts)),
        work=tuple(sorted(path.name for path in _entries(home / "work"))),
        spooled=tuple(
            sorted(
                path.relative_to(home).as_posix()
                for path in _files(home / "uploads")
                if path.name.startswith("data")
            )
        ),
    )


def named_objects(platform: Platform) -> set[str]:
    """Return the keys of all objects that a row names."""
    named = {f"sources/{row[0]}" for row in platform.rows("SELECT id FROM pipeline_upload")}
    for folder, name in platform.rows(_CHUNKS):
        named |= {f"media/{folder}/{each}" for each in (name, *_OF_RENDITION)}
    named |= {f"media/{path}" for (path,) in platform.rows(_FILES)}
    for (path,) in platform.rows(_CAPTIONS):
        named |= {f"media/{path}", f"media/{path.removesuffix('.vtt')}.m3u8"}
    return named


def _is_of_stream(key: str, streams: set[str]) -> bool:
    """Say whether *key* is one of the fixed names in the folder of a stream that there is."""
    folder, _, name = key.removeprefix("media/").rpartition("/")
    return folder in streams and _FIXED.fullmatch(name) is not None


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and path.name != "key")


def _entries(folder: Path) -> Iterator[Path]:
    return iter(folder.iterdir()) if folder.is_dir() else iter(())
