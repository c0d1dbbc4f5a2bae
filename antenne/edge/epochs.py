"""From which epoch on each video's signed paths hold: a stop order without a query per segment."""

from __future__ import annotations

import fcntl
import json
import os
from pathlib import Path

from psycopg import AsyncConnection

_ALL = "SELECT video, epoch FROM delivery_epoch"


class Epochs:
    """The list in memory, and its copy in a file that nginx reads.

    Nothing is delivered before the list was loaded once.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self.floor: dict[str, int] = {}
        self.loaded = False

    async def load(self, connection: AsyncConnection) -> None:
        """Replace the list by what the database says."""
        rows = await (await connection.execute(_ALL)).fetchall()
        self.floor = {str(video): int(epoch) for video, epoch in rows}
        self.loaded = True
        self._write(keep=False)

    def notified(self, message: str) -> None:
        """Take over one change, `<video> <epoch>`; an epoch never goes back."""
        video, _, epoch = message.partition(" ")
        if epoch.isdecimal() and int(epoch) > self.floor.get(video, 0):
            self.floor[video] = int(epoch)
            self._write(keep=True)

    def holds(self, video: str, epoch: int) -> bool:
        """Say whether paths of this *epoch* may still be followed."""
        return self.loaded and epoch >= self.floor.get(video, 0)

    def _write(self, *, keep: bool) -> None:
        """Write the file whole; *keep* the higher epochs that another worker has written."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with self._file.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            merged = dict(self.floor)
            for video, epoch in self._written().items() if keep else ():
                merged[video] = max(epoch, merged.get(video, 0))
            draft = self._file.with_suffix(f".{os.getpid()}")
            draft.write_text(json.dumps(merged, separators=(",", ":")))
            draft.replace(self._file)

    def _written(self) -> dict[str, int]:
        try:
            written: dict[str, int] = json.loads(self._file.read_text())
        except (FileNotFoundError, ValueError):
            return {}
        return written
