"""Clears away what people left unfinished, and after a while the memory of it."""

from __future__ import annotations

import asyncio
import fcntl
import time
from dataclasses import replace
from typing import Final

from antenne.edge.logs import LOGGER
from antenne.edge.replies import Problem
from antenne.edge.tus.destination import Destination
from antenne.edge.tus.state import State, Upload, Uploads
from antenne.kernel.storage.protocol import Storage, StorageError

_EVERY_S: Final = 600.0
_TOMBSTONE_S: Final = 7 * 24 * 3600
_LEFTOVER_S: Final = 7 * 24 * 3600


class Cleaner:
    """Looks through the uploads from time to time; one process of a machine at once."""

    def __init__(self, uploads: Uploads, destination: Destination, storage: Storage) -> None:
        self._uploads = uploads
        self._destination = destination
        self._storage = storage

    async def run(self) -> None:
        """Clean for ever."""
        while True:
            await asyncio.to_thread(self.clean)
            await asyncio.sleep(_EVERY_S)

    def clean(self) -> int:
        """Clean once and return how many uploads were touched; 0 while another process does."""
        with (self._uploads.root / ".cleaning").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return 0
            touched = sum(self._look_at(upload_id) for upload_id in list(self._uploads.ids()))
            self._sweep()
            return touched

    def _look_at(self, upload_id: str) -> bool:
        now_s = time.time()
        try:
            with self._uploads.lock(upload_id):
                upload = self._uploads.load(upload_id)
                if upload is None:
                    return self._forget_if_old(upload_id, now_s)
                if upload.state is State.OPEN:
                    return upload.expires_s <= now_s and self._expire(upload)
                if upload.state is State.STORED or upload.expires_s + _TOMBSTONE_S > now_s:
                    return False
                self._uploads.remove(upload_id)
                return True
        except Problem:  # in use
            return False

    def _forget_if_old(self, upload_id: str, now_s: float) -> bool:
        """Remove a folder that a killed creation left without its state."""
        changed_s = self._uploads.folder(upload_id).stat().st_mtime
        if changed_s + _TOMBSTONE_S > now_s:
            return False
        self._uploads.remove(upload_id)
        return True

    def _expire(self, upload: Upload) -> bool:
        try:
            self._destination.give_up(upload)
        except StorageError:
            return False
        if upload.partial:
            self._uploads.remove(upload.id)
        else:
            self._uploads.keep(replace(upload, state=State.EXPIRED))
        LOGGER.info("upload.expired", extra={"fields": {"upload": upload.id}})
        return True

    def _sweep(self) -> None:
        try:
            self._storage.sweep(_LEFTOVER_S)
        except StorageError as error:
            LOGGER.warning("storage.sweep", extra={"fields": {"reason": str(error)[:300]}})
