"""After the last byte: make it an object, tell the web, and keep at it until the web has heard."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Final

import httpx

from antenne.edge.logs import LOGGER
from antenne.edge.metrics import Metrics
from antenne.edge.replies import Problem
from antenne.edge.tus.destination import Destination
from antenne.edge.tus.spool import Spool
from antenne.edge.tus.state import State, Upload, Uploads
from antenne.kernel.clock import unix_s
from antenne.kernel.signing import ticket_make
from antenne.kernel.storage.protocol import StorageError

_ANSWER_S: Final = 5.0
_RETRY_S: Final = 3.0
_SCAN_EVERY_PASSES: Final = 20
_TICKET_S: Final = 60


@dataclass(frozen=True, slots=True)
class Web:
    """Where the web pages answer internal calls, and the secret that signs these."""

    url: str
    secret: str


class Finisher:
    """Brings complete uploads to their end; the state of each is on the disk, so a kill is safe."""

    def __init__(
        self, uploads: Uploads, destination: Destination, web: Web, metrics: Metrics
    ) -> None:
        self._uploads = uploads
        self._destination = destination
        self._web = web
        self._metrics = metrics
        self._client = httpx.AsyncClient(timeout=_ANSWER_S)
        self._pending: set[str] = set()

    async def finish(self, upload: Upload) -> None:
        """Finish *upload*, whose bytes are all here and whose lock is held; never fails.

        Where the store or the web is away, the upload stays complete and is taken up again later.
        """
        try:
            upload = await asyncio.to_thread(self._store, upload)
        except (StorageError, OSError) as error:
            self._later(upload, "store", str(error))
            return
        try:
            status = await self._report(upload)
        except httpx.HTTPError as error:
            self._later(upload, "web", repr(error))
            return
        await self._settle(upload, status)

    async def run(self) -> None:
        """Take up again, for ever, what could not be finished, by this process or a dead one."""
        passes = 0
        while True:
            if passes % _SCAN_EVERY_PASSES == 0:
                self._pending |= set(await asyncio.to_thread(self._unfinished))
            for upload_id in sorted(self._pending):
                await self._again(upload_id)
            self._metrics.gauges["antenne_edge_uploads_unreported"] = len(self._pending)
            passes += 1
            await asyncio.sleep(_RETRY_S)

    async def _again(self, upload_id: str) -> None:
        try:
            with self._uploads.lock(upload_id):
                upload = self._uploads.load(upload_id)
                self._pending.discard(upload_id)
                if upload is not None and self._is_unfinished(upload):
                    await self.finish(upload)
        except Problem:  # some request holds the lock and will finish it itself
            return

    def _unfinished(self) -> list[str]:
        loaded = (self._uploads.load(upload_id) for upload_id in self._uploads.ids())
        return [upload.id for upload in loaded if upload and self._is_unfinished(upload)]

    def _is_unfinished(self, upload: Upload) -> bool:
        if upload.state is State.OPEN and not upload.partial:
            offset = Spool(self._uploads.folder(upload.id), upload).offset()
            return offset == upload.size_bytes
        return upload.state is State.STORED

    def _store(self, upload: Upload) -> Upload:
        if upload.state is State.STORED:
            return upload
        self._destination.finish(upload)
        stored = replace(upload, state=State.STORED)
        self._uploads.keep(stored)
        self._metrics.add("antenne_edge_uploads_finished_total")
        return stored

    async def _report(self, upload: Upload) -> int:
        ticket = ticket_make(
            self._web.secret, "internal", {"upload": upload.id}, expires_s=unix_s() + _TICKET_S
        )
        answer = await self._client.post(
            f"{self._web.url}/internal/uploads/{upload.id}/finished",
            json={"size_bytes": upload.size_bytes},
            headers={"Antenne-Internal": ticket},
        )
        return answer.status_code

    async def _settle(self, upload: Upload, status: int) -> None:
        self._metrics.add("antenne_edge_upload_reports_total", f'status="{status}"')
        if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
            await asyncio.to_thread(self._uploads.keep, replace(upload, state=State.FINISHED))
            LOGGER.info("upload.finished", extra={"fields": {"upload": upload.id}})
        elif status == HTTPStatus.GONE:
            await asyncio.to_thread(self._withdraw, upload)
        else:
            self._later(upload, "web", f"status {status}")

    def _withdraw(self, upload: Upload) -> None:
        """The web wants it no more: its video was deleted in the meantime."""
        self._destination.remove(upload)
        self._uploads.keep(replace(upload, state=State.TERMINATED))
        LOGGER.info("upload.withdrawn", extra={"fields": {"upload": upload.id}})

    def _later(self, upload: Upload, what: str, reason: str) -> None:
        self._pending.add(upload.id)
        self._metrics.add("antenne_edge_upload_reports_total", f'status="{what}-away"')
        fields = {"upload": upload.id, "waiting_for": what, "reason": reason[:300]}
        LOGGER.warning("upload.waiting", extra={"fields": fields})
