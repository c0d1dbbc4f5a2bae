"""What must reach the web though it is away: records on the disk first, in files sent on whole.

A record is acknowledged once it is synced; records of thirty milliseconds share one sync. A file
is written by one process, which holds its lock, and sealed by a new name: `<id>.part` becomes
`<id>.batch`. The part of a dead process has no lock and is sealed by whoever finds it.
"""

from __future__ import annotations

import asyncio
import errno
import fcntl
import os
import threading
import time
from pathlib import Path
from typing import Final
from uuid import UUID

from antenne.edge.replies import Problem
from antenne.kernel.frames import frame_make
from antenne.kernel.ids import uuid7

BATCH_BYTES: Final = 512 * 1024
_TOGETHER_S: Final = 0.03
_SEAL_AFTER_S: Final = 2.0
_SPOOL_BYTES: Final = 512 * 1024 * 1024


class Spool:
    """Keeps records in *folder* until they are taken away as batches."""

    def __init__(self, folder: Path, *, max_bytes: int = _SPOOL_BYTES) -> None:
        self._folder = folder
        self._max_bytes = max_bytes
        self._waiting: list[bytes] = []
        self._sync: asyncio.Task[None] | None = None
        self._lock = threading.Lock()
        self._part: Part | None = None
        self.kept_bytes = 0

    async def append(self, records: list[bytes]) -> None:
        """Keep *records*; when this returns they are on the disk. Raise a `Problem` if full."""
        if self.kept_bytes > self._max_bytes:
            raise Problem(503, "spool-full", "Try again later.", (("retry-after", "60"),))
        self._waiting += records
        if self._sync is None:
            self._sync = asyncio.create_task(self._sync_soon())
        await asyncio.shield(self._sync)

    async def _sync_soon(self) -> None:
        await asyncio.sleep(_TOGETHER_S)
        records, self._waiting, self._sync = self._waiting, [], None
        await asyncio.to_thread(self.write, records)

    def write(self, records: list[bytes]) -> None:
        """Write and sync *records* at once; for threads."""
        data = b"".join(map(frame_make, records))
        with self._lock:
            if self._part is None:
                self._folder.mkdir(parents=True, exist_ok=True)
                self._part = Part(self._folder)
            try:
                self._part.write(data)
            except OSError:
                self._seal()  # nothing may follow a torn line
                raise
            self.kept_bytes += len(data)
            if self._part.size_bytes >= BATCH_BYTES:
                self._seal()

    def seal_due(self) -> None:
        """Seal this process's file where it is old enough, and those of dead processes."""
        with self._lock:
            if self._part is not None and self._part.age_s >= _SEAL_AFTER_S:
                self._seal()
        for path in self._folder.glob("*.part"):
            if self._part is None or path != self._part.path:
                _seal_if_orphaned(path)

    def batches(self) -> list[Path]:
        """Return the sealed files, the oldest first, and note how much is kept."""
        sizes: dict[Path, int] = {}
        for path in self._folder.glob("*.batch"):
            try:
                sizes[path] = path.stat().st_size
            except FileNotFoundError:  # another process has just delivered it
                continue
        self.kept_bytes = sum(sizes.values())
        return sorted(sizes)

    def _seal(self) -> None:
        if self._part is not None:
            self._part.seal()
            self._part = None


class Part:
    """A file that is being written; its lock says that its process lives."""

    def __init__(self, folder: Path) -> None:
        name = uuid7().hex
        draft = folder / f".{name}"
        self.path = folder / f"{name}.part"
        self._file = draft.open("ab", buffering=0)
        # Locked before it has its name: nobody ever sees it without.
        fcntl.flock(self._file, fcntl.LOCK_EX)
        draft.rename(self.path)
        self._began_s = time.monotonic()
        self.size_bytes = 0

    @property
    def age_s(self) -> float:
        """How long ago it was begun."""
        return time.monotonic() - self._began_s

    def write(self, data: bytes) -> None:
        """Append and sync; raise `OSError` where not everything found room."""
        if self._file.write(data) != len(data):
            raise OSError(errno.ENOSPC, "no room", str(self.path))
        os.fdatasync(self._file.fileno())
        self.size_bytes += len(data)

    def seal(self) -> None:
        """Give it the name under which it is sent on."""
        self.path.rename(self.path.with_suffix(".batch"))
        self._file.close()


def batch_id(path: Path) -> UUID:
    """Return the id of a sealed file."""
    return UUID(path.stem)


def _seal_if_orphaned(path: Path) -> None:
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.rename(path.with_suffix(".batch"))
    except (BlockingIOError, FileNotFoundError):
        return
