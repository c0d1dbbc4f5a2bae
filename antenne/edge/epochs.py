"""From which epoch on each video's signed paths hold: a stop order without a query per segment."""

from __future__ import annotations

import asyncio
import fcntl
import json
import os
from collections import defaultdict
from pathlib import Path
from typing import Final

from psycopg import AsyncConnection

_ALL: Final = "SELECT video, epoch FROM delivery_epoch"
_LOADED: Final = "loaded"


class Epochs:
    """The list in memory, and its copy in *folder* for nginx.

    Nothing is delivered before the list was loaded once. nginx keeps nothing between two requests,
    so the copy is cut into small files by the last two characters of the video's name; the file
    `loaded` says that it is complete.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.floor: dict[str, int] = {}
        self.loaded = False

    async def load(self, connection: AsyncConnection) -> None:
        """Replace the list by what the database says."""
        rows = await (await connection.execute(_ALL)).fetchall()
        self.floor = {str(video): int(epoch) for video, epoch in rows}
        self.loaded = True
        await asyncio.to_thread(self._write_all, dict(self.floor))

    def notified(self, message: str) -> None:
        """Take over one change, `<video> <epoch>`; an epoch never goes back."""
        video, _, epoch = message.partition(" ")
        if epoch.isdecimal() and int(epoch) > self.floor.get(video, 0):
            self.floor[video] = int(epoch)
            self._write_one(video, int(epoch))

    def holds(self, video: str, epoch: int) -> bool:
        """Say whether paths of this *epoch* may still be followed."""
        return self.loaded and epoch >= self.floor.get(video, 0)

    def _write_all(self, floor: dict[str, int]) -> None:
        shards: dict[str, dict[str, int]] = defaultdict(dict)
        for video, epoch in floor.items():
            shards[shard_of(video)][video] = epoch
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            for file in self._folder.glob("??.json"):
                if file.stem not in shards:
                    file.unlink()
            for shard, epochs in shards.items():
                self._replace(shard, epochs)
            (self._folder / _LOADED).touch()

    def _write_one(self, video: str, epoch: int) -> None:
        """Raise one epoch in its file; the lock keeps another worker's older list from winning."""
        shard = shard_of(video)
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            written = self._read(shard)
            self._replace(shard, written | {video: max(epoch, written.get(video, 0))})

    def _read(self, shard: str) -> dict[str, int]:
        try:
            written: dict[str, int] = json.loads((self._folder / f"{shard}.json").read_text())
        except (FileNotFoundError, ValueError):
            return {}
        return written

    def _replace(self, shard: str, epochs: dict[str, int]) -> None:
        if self._read(shard) == epochs:
            return
        draft = self._folder / f".{shard}.{os.getpid()}"
        draft.write_text(json.dumps(epochs, separators=(",", ":")))
        draft.replace(self._folder / f"{shard}.json")


def shard_of(video: str) -> str:
    """Return the name of the file, without `.json`, in which *video* would be listed."""
    end = video[-2:]
    return end if len(end) == 2 and end.isascii() and end.isalnum() else "__"  # noqa: PLR2004 - two
