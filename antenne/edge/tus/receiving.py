"""Takes the body of one request into the spool, whatever happens to the connection."""

from __future__ import annotations

import asyncio
import errno
import hashlib
import shutil
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from antenne.edge.replies import CHECKSUM_MISMATCH, Problem
from antenne.edge.rsgi import HTTPProtocol
from antenne.edge.tus.protocol import Checksum
from antenne.edge.tus.spool import Spool

_WRITE_BYTES: Final = 1024 * 1024
_IDLE_S: Final = 30.0
_TICK_S: Final = 1.0
_YIELD_AFTER_TICKS: Final = 2
_DRAIN_BYTES: Final = 8 * 1024 * 1024
_DRAIN_S: Final = 3.0
_FULL_ERRORS: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})

DISK_FULL: Final = partial(
    Problem,
    507,
    "storage-full",
    "The server has no room for more at the moment; what has arrived is kept.",
    (("retry-after", "60"),),
)
TOO_LARGE: Final = partial(
    Problem, 413, "upload-too-large", "There is more than the upload was announced to hold."
)
_TOO_SLOW: Final = partial(
    Problem, 408, "upload-idle", "Nothing arrived for a while; what has arrived is kept."
)


@dataclass(frozen=True, slots=True)
class Reception:
    """What one request may bring: *room_bytes* at most, *announced_bytes* if it said so."""

    room_bytes: int
    announced_bytes: int | None
    checksum: Checksum | None
    reserve_bytes: int


def disk_check(folder: Path, needed_bytes: int, reserve_bytes: int) -> None:
    """Raise `DISK_FULL` where *needed_bytes* would eat into the reserve."""
    if shutil.disk_usage(folder).free - reserve_bytes < needed_bytes:
        raise DISK_FULL()


class Receiver:
    """One body on its way into one spool; the upload's lock is held by the caller."""

    def __init__(self, spool: Spool, reception: Reception, stopping: asyncio.Event) -> None:
        self._spool = spool
        self._reception = reception
        self._stopping = stopping
        self._hasher = reception.checksum.hasher() if reception.checksum else None
        self._buffer = bytearray()
        self.received_bytes = 0

    async def run(self, protocol: HTTPProtocol) -> None:
        """Receive; raise a `Problem` on anything but a whole and right body.

        What arrived is kept in either case, unless there is a checksum that it did not pass.
        """
        if self._hasher is not None:
            await asyncio.to_thread(self._spool.check_begin)
        try:
            await self._receive(protocol)
        finally:
            await asyncio.shield(asyncio.to_thread(self._close))

    async def _receive(self, protocol: HTTPProtocol) -> None:
        body = aiter(protocol)
        while (chunk := await self._next(body)) is not None:
            try:
                await self._take(chunk)
            except Problem:
                await drain(body)
                raise

    async def _take(self, chunk: bytes) -> None:
        self.received_bytes += len(chunk)
        if self.received_bytes > self._reception.room_bytes:
            raise TOO_LARGE()
        if self._hasher is not None:
            self._hasher.update(chunk)
        self._buffer += chunk
        if len(self._buffer) >= _WRITE_BYTES:
            await asyncio.to_thread(self._flush)

    async def _next(self, body: AsyncIterator[bytes]) -> bytes | None:
        """Return the next chunk, or None at the end; give up on a client that is silent."""
        task = asyncio.ensure_future(_one(body))
        ticks = 0
        while not task.done():
            await asyncio.wait({task}, timeout=_TICK_S)
            ticks += 1
            if not task.done() and self._is_hopeless(ticks):
                task.cancel()
                raise _TOO_SLOW()
        return task.result()

    def _is_hopeless(self, ticks: int) -> bool:
        wanted = ticks >= _YIELD_AFTER_TICKS and self._spool.asked_to_yield()
        return wanted or ticks * _TICK_S >= _IDLE_S or self._stopping.is_set()

    def _flush(self) -> None:
        """Write what is buffered; a full disk keeps what fits."""
        data, self._buffer = bytes(self._buffer), bytearray()
        disk_check(self._spool.path.parent, len(data), self._reception.reserve_bytes)
        try:
            self._spool.write(data)
        except OSError as error:
            if error.errno not in _FULL_ERRORS:
                raise
            raise DISK_FULL() from error

    def _close(self) -> None:
        """Write the rest, then settle or throw away."""
        try:
            self._flush()
        finally:
            if self._hasher is None:
                self._spool.settle()
            else:
                self._judge(self._hasher)

    def _judge(self, hasher: hashlib._Hash) -> None:
        checksum, announced = self._reception.checksum, self._reception.announced_bytes
        whole = announced is None or announced == self.received_bytes
        if checksum is not None and whole and checksum.matches(hasher):
            self._spool.check_end()
            return
        self._spool.recover()
        if whole:
            raise Problem(
                CHECKSUM_MISMATCH, "checksum-mismatch", "The bytes are not those of the checksum."
            )


async def _one(body: AsyncIterator[bytes]) -> bytes | None:
    # Not `anext(body, None)`: its wrapper crashes the interpreter on granian's awaitables.
    try:
        return await body.__anext__()
    except StopAsyncIteration:
        return None


async def drain(body: AsyncIterator[bytes]) -> None:
    """Read what the client is still sending, within bounds, so that it hears the refusal.

    A connection that is closed over unread bytes is reset, and the answer is lost with it.
    """

    async def read() -> None:
        total = 0
        while total <= _DRAIN_BYTES and (chunk := await _one(body)) is not None:
            total += len(chunk)

    with suppress(TimeoutError, RuntimeError):
        await asyncio.wait_for(read(), _DRAIN_S)
