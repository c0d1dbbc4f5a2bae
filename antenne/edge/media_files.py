"""Local objects ready to be delivered: their facts and headers, kept until the file changes."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from antenne.edge import cors
from antenne.edge.replies import GUARDS, Headers
from antenne.kernel.storage.content_types import DELIVERED, content_type
from antenne.kernel.storage.protocol import KeyRefused, Storage

TEXTS: Final = frozenset({"m3u8", "mpd", "vtt"})
_KEPT_IN_MEMORY_BYTES: Final = 256 * 1024
_MAX_ENTRIES: Final = 20_000
_MAX_KEPT_BYTES: Final = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Deliverable:
    """One file; *body* holds it whole where it is a small text."""

    path: str
    mtime_ns: int
    size_bytes: int
    etag: str
    body: bytes | None
    public: Headers
    private: Headers

    def headers(self, *, public: bool) -> Headers:
        """Return the headers of every answer about this file."""
        return self.public if public else self.private


def caching(key: str, body: bytes | None) -> str:
    """Return for how long *key* may be kept: playlists grow, texts are edited, the rest never."""
    extension = key.rpartition(".")[2]
    if extension not in TEXTS:
        return "max-age=31536000, immutable"
    # A master may still gain qualities: who reloads must find them, so it is asked for again.
    settled = extension != "m3u8" or (body is not None and b"#EXT-X-ENDLIST" in body)
    return "max-age=30" if settled else "max-age=1"


def headers_of(key: str, etag: str, body: bytes | None, *, public: bool) -> Headers:
    """Return the headers of an answer about the object *key*."""
    return [
        *GUARDS,
        *cors.OPEN,
        ("content-type", content_type(key)),
        ("cache-control", f"{'public' if public else 'private'}, {caching(key, body)}"),
        ("accept-ranges", "bytes"),
        ("etag", etag),
    ]


class MediaFiles:
    """Looks files up; what it remembers is checked against the file each time."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._known: dict[str, Deliverable] = {}
        self._kept_bytes = 0

    def find(self, key: str) -> Deliverable | None:
        """Return the file of *key*, or None where nothing of that name may be delivered."""
        known = self._known.get(key)
        if known is not None:
            try:
                facts = os.stat(known.path)  # noqa: PTH116 - a Path costs more than the call
            except OSError:
                self._forget(key)
                return None
            if facts.st_mtime_ns == known.mtime_ns and facts.st_size == known.size_bytes:
                return known
            self._forget(key)
        return self._read(key)

    def _read(self, key: str) -> Deliverable | None:
        if key.rpartition(".")[2] not in DELIVERED:
            return None
        try:
            path = self._storage.local_path(key)
            found = _deliverable(key, path) if path else None
        except (KeyRefused, OSError):
            return None
        if found is not None:
            self._remember(key, found)
        return found

    def _remember(self, key: str, found: Deliverable) -> None:
        self._kept_bytes += len(found.body or b"")
        if len(self._known) >= _MAX_ENTRIES or self._kept_bytes > _MAX_KEPT_BYTES:
            self._known.clear()
            self._kept_bytes = len(found.body or b"")
        self._known[key] = found

    def _forget(self, key: str) -> None:
        self._kept_bytes -= len(self._known.pop(key).body or b"")


def _deliverable(key: str, path: Path) -> Deliverable | None:
    with path.open("rb") as file:
        facts = os.fstat(file.fileno())
        if not stat.S_ISREG(facts.st_mode):
            return None
        small = facts.st_size <= _KEPT_IN_MEMORY_BYTES
        body = file.read() if small and key.rpartition(".")[2] in TEXTS else None
    etag = f'"{facts.st_mtime_ns:x}-{facts.st_size:x}"'
    return Deliverable(
        path=str(path),
        mtime_ns=facts.st_mtime_ns,
        size_bytes=facts.st_size,
        etag=etag,
        body=body,
        public=headers_of(key, etag, body, public=True),
        private=headers_of(key, etag, body, public=False),
    )
