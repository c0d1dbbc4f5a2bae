"""Answers the requests of tus clients: who may do what to which upload."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email.utils import formatdate
from typing import Final

from antenne.edge.limits import Slots
from antenne.edge.metrics import Metrics
from antenne.edge.replies import Headers, Problem
from antenne.edge.rsgi import HTTPProtocol, Scope
from antenne.edge.tus import protocol as tus
from antenne.edge.tus.creating import LIFE_S, Creator, Rules, Ticket
from antenne.edge.tus.destination import Destination
from antenne.edge.tus.finishing import Finisher
from antenne.edge.tus.receiving import TOO_LARGE, Receiver, Reception
from antenne.edge.tus.spool import Spool
from antenne.edge.tus.state import State, Upload, Uploads
from antenne.edge.tus.tickets import Tickets
from antenne.kernel.clock import unix_s
from antenne.kernel.storage.protocol import StorageError

_TOMBSTONES: Final = frozenset({State.TERMINATED, State.EXPIRED})
_STORED: Final = frozenset({State.STORED, State.FINISHED})


class Tus:
    """Everything below `/uploads`; *stopping* ends bodies that are being received."""

    def __init__(
        self, uploads: Uploads, destination: Destination, finisher: Finisher, tickets: Tickets
    ) -> None:
        self._uploads = uploads
        self._destination = destination
        self._finisher = finisher
        self._tickets = tickets
        self.rules = Rules(reserve_bytes=0, in_parts=False)
        self.metrics = Metrics()
        self.slots = Slots()
        self.stopping = asyncio.Event()

    async def answer(self, scope: Scope, protocol: HTTPProtocol) -> tuple[int, Headers]:
        """Do what is asked and return the status and headers to send; raise a `Problem`."""
        method = method_of(scope)
        if method == "OPTIONS":
            return 204, tus.options_headers(self._tickets.size_max_bytes)
        tus.version_check(scope.headers.get("tus-resumable", ""))
        name = scope.path.removeprefix(tus.BASE_PATH).strip("/")
        if not name:
            if method != "POST":
                raise Problem(405, "method-not-allowed", "Uploads are begun by POST.")
            return await self._create(scope, protocol)
        upload = await asyncio.to_thread(self._open_for, scope, name)
        if method == "HEAD":
            return await asyncio.to_thread(self._head, upload)
        if method == "PATCH":
            return await self._patch(scope, protocol, upload)
        if method == "DELETE":
            return await asyncio.to_thread(self._delete, upload)
        raise Problem(405, "method-not-allowed", "Uploads know HEAD, PATCH and DELETE.")

    async def _create(self, scope: Scope, protocol: HTTPProtocol) -> tuple[int, Headers]:
        metadata = tus.metadata_parse(scope.headers.get("upload-metadata", ""))
        ticket = self._tickets.read(scope, metadata.get("ticket", ""))
        creator = Creator(self._uploads, self.rules)
        upload = await asyncio.to_thread(creator.create, ticket, scope.headers)
        if scope.headers.get("content-type", "") == tus.BODY_TYPE:
            upload = await self._receive(scope, protocol, upload, 0)
        elif upload.state is State.OPEN:
            upload = await self._finished_if_full(upload)
        location = ("location", f"{tus.BASE_PATH}/{upload.id}")
        return 201, [location, *await asyncio.to_thread(self._facts, upload)]

    def _open_for(self, scope: Scope, name: str) -> Upload:
        """Return the upload *name*; to a stranger it looks as if there were none."""
        upload = self._uploads.load(name)
        ticket = self._tickets.try_read(scope)
        if upload is None or ticket is None or not _is_theirs(upload, ticket):
            raise tus.MISSING()
        return upload

    def _head(self, upload: Upload) -> tuple[int, Headers]:
        if _is_gone(upload):
            raise tus.GONE()
        try:
            with self._uploads.lock(upload.id):
                spool = Spool(self._uploads.folder(upload.id), upload)
                spool.recover()
        except Problem:
            Spool(self._uploads.folder(upload.id), upload).ask_to_yield()
        facts = self._facts(self._uploads.load(upload.id) or upload)
        if upload.metadata:
            facts.append(("upload-metadata", upload.metadata))
        if upload.partial or upload.concat:
            facts.append(("upload-concat", upload.concat or "partial"))
        return 200, [("upload-length", str(upload.size_bytes)), *facts]

    async def _patch(
        self, scope: Scope, protocol: HTTPProtocol, upload: Upload
    ) -> tuple[int, Headers]:
        if scope.headers.get("content-type", "") != tus.BODY_TYPE:
            raise Problem(415, "content-type", f"The body must be {tus.BODY_TYPE}.")
        at = tus.number_parse("Upload-Offset", scope.headers.get("upload-offset", ""))
        upload = await self._receive(scope, protocol, upload, at)
        return 204, await asyncio.to_thread(self._facts, upload)

    async def _receive(
        self, scope: Scope, protocol: HTTPProtocol, upload: Upload, at: int
    ) -> Upload:
        checksum = tus.checksum_parse(scope.headers.get("upload-checksum", ""))
        with self.slots.take(upload.person), self._locked(upload):
            upload, spool = await asyncio.to_thread(self._prepared, upload.id, at)
            announced = scope.headers.get("content-length", "")
            reception = Reception(
                room_bytes=upload.size_bytes - at,
                announced_bytes=int(announced) if announced.isdecimal() else None,
                checksum=checksum,
                reserve_bytes=self.rules.reserve_bytes,
            )
            if (reception.announced_bytes or 0) > reception.room_bytes:
                raise TOO_LARGE()
            receiver = Receiver(spool, reception, self.stopping)
            try:
                await receiver.run(protocol)
            finally:
                self.metrics.add("antenne_edge_upload_bytes_total", amount=receiver.received_bytes)
            upload = await asyncio.to_thread(self._shipped, upload)
            return await self._end_of(upload, spool_of(self._uploads, upload))

    def _prepared(self, upload_id: str, at: int) -> tuple[Upload, Spool]:
        """Return the upload and its file, ready for bytes at the offset *at*."""
        upload = self._uploads.load(upload_id)
        if upload is None or _is_gone(upload):
            raise tus.GONE()
        spool = spool_of(self._uploads, upload)
        spool.recover()
        offset = self._offset(upload)
        if offset != at or upload.state is not State.OPEN:
            here = (("upload-offset", str(offset)),)
            raise Problem(409, "offset-conflict", f"The upload stands at byte {offset}.", here)
        return upload, spool

    def _shipped(self, upload: Upload) -> Upload:
        upload = replace(upload, expires_s=unix_s() + LIFE_S)
        self._uploads.keep(upload)
        try:
            return self._destination.ship(upload)
        except StorageError:
            raise Problem(
                503,
                "storage-unavailable",
                "The object store does not answer; what has arrived is kept.",
                (("retry-after", "5"),),
            ) from None

    async def _end_of(self, upload: Upload, spool: Spool) -> Upload:
        offset = await asyncio.to_thread(spool.offset)
        if upload.partial or offset < upload.size_bytes:
            return upload
        await self._finisher.finish(upload)
        return await asyncio.to_thread(self._uploads.load, upload.id) or upload

    async def _finished_if_full(self, upload: Upload) -> Upload:
        """Finish an upload of no bytes, or one joined from its parts."""
        with self._locked(upload):
            return await self._end_of(upload, spool_of(self._uploads, upload))

    def _delete(self, upload: Upload) -> tuple[int, Headers]:
        if upload.state in _TOMBSTONES:
            raise tus.GONE()
        with self._locked(upload):
            current = self._uploads.load(upload.id) or upload
            if current.state in _STORED:
                raise Problem(409, "upload-finished", "The upload is complete and was accepted.")
            self._destination.give_up(current)
            self._uploads.keep(replace(current, state=State.TERMINATED))
        for part in () if upload.partial else self._uploads.parts_of(upload.id):
            self._uploads.remove(part)
        return 204, []

    def _facts(self, upload: Upload) -> Headers:
        expires = formatdate(upload.expires_s, usegmt=True)
        offset = str(self._offset(upload))
        return [("upload-offset", offset), ("upload-expires", expires)]

    def _offset(self, upload: Upload) -> int:
        if upload.state in _STORED:
            return upload.size_bytes
        while True:
            offset = spool_of(self._uploads, upload).offset()
            after = self._uploads.load(upload.id)
            if after is None or after.base_bytes == upload.base_bytes:
                return offset
            upload = after  # a part was sent on in the meantime: measure again

    @contextmanager
    def _locked(self, upload: Upload) -> Iterator[None]:
        try:
            with self._uploads.lock(upload.id):
                yield
        except Problem as problem:
            if problem.status == 423:  # noqa: PLR2004 - Locked
                spool_of(self._uploads, upload).ask_to_yield()
            raise


def spool_of(uploads: Uploads, upload: Upload) -> Spool:
    """Return the file of *upload*."""
    return Spool(uploads.folder(upload.id), upload)


def method_of(scope: Scope) -> str:
    """Return the method, as a client behind a narrow proxy means it."""
    meant = scope.headers.get("x-http-method-override", "")
    return meant if scope.method == "POST" and meant else scope.method


def _is_theirs(upload: Upload, ticket: Ticket) -> bool:
    return upload.whole_id == ticket.upload and upload.person == ticket.person


def _is_gone(upload: Upload) -> bool:
    if upload.state is State.OPEN:
        return upload.expires_s <= time.time()
    return upload.state in _TOMBSTONES
