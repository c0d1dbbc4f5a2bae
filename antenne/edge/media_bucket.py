"""Delivers objects from a bucket: texts through the edge, everything else by a redirect."""

from __future__ import annotations

import asyncio
import hashlib
import time
from dataclasses import dataclass
from functools import partial
from typing import Final

from antenne.edge import cors
from antenne.edge.delivered import Delivered
from antenne.edge.grants import Grant, Grants
from antenne.edge.media import MISSING, NOT_READY, REFUSED, preflight
from antenne.edge.media_files import TEXTS, headers_of
from antenne.edge.metrics import Metrics
from antenne.edge.ranges import etag_matches, range_length
from antenne.edge.replies import GUARDS, NO_STORE, Problem, problem_send
from antenne.edge.rsgi import HTTPProtocol, Scope
from antenne.kernel.storage.content_types import DELIVERED
from antenne.kernel.storage.protocol import (
    KeyRefused,
    ObjectMissing,
    Storage,
    StorageUnavailable,
)

# How long an address handed out may still be used after a stop order.
PRESIGNED_S: Final = 120
_TEXT_KEPT_S: Final = 1.0
_MAX_TEXTS: Final = 2_000
_UNAVAILABLE: Final = partial(
    Problem,
    503,
    "storage-unavailable",
    "The object store does not answer.",
    (("retry-after", "2"),),
)


@dataclass(frozen=True, slots=True)
class Text:
    """A playlist or caption file as it was read at *read_s* (monotonic)."""

    body: bytes
    etag: str
    read_s: float


class BucketMedia:
    """Answers requests below `/m/` from a bucket."""

    def __init__(
        self, grants: Grants, storage: Storage, metrics: Metrics, delivered: Delivered
    ) -> None:
        self._grants = grants
        self._storage = storage
        self._metrics = metrics
        self._delivered = delivered
        self._texts: dict[str, Text] = {}
        self._reading: dict[str, asyncio.Task[Text]] = {}

    async def answer(self, scope: Scope, protocol: HTTPProtocol) -> None:
        """Answer one request."""
        try:
            status = await self._answer(scope, protocol)
        except Problem as problem:
            status = problem.status
            problem_send(protocol, problem, cors.OPEN)
        self._metrics.media[status] += 1

    async def _answer(self, scope: Scope, protocol: HTTPProtocol) -> int:
        method = scope.method
        if method not in {"GET", "HEAD"}:
            return preflight(method, protocol)
        granted = self._grants.check(scope.path, time.time())
        if granted is None:
            raise REFUSED() if self._grants.ready else NOT_READY()
        grant, key = granted
        extension = key.rpartition(".")[2]
        if extension not in DELIVERED:
            raise MISSING()
        try:
            if extension in TEXTS:
                return await self._text(scope, protocol, key, grant)
            return await self._elsewhere(scope, protocol, key, grant)
        except (ObjectMissing, KeyRefused):
            raise MISSING() from None
        except StorageUnavailable:
            raise _UNAVAILABLE() from None

    async def _text(self, scope: Scope, protocol: HTTPProtocol, key: str, grant: Grant) -> int:
        text = self._texts.get(key)
        if text is None or time.monotonic() - text.read_s > _TEXT_KEPT_S:
            text = await self._read_once(key)
        headers = headers_of(key, text.etag, text.body, public=grant.public)
        unless = scope.headers.get("if-none-match", "")
        if unless and etag_matches(unless, text.etag):
            protocol.response_empty(304, headers)
            return 304
        if scope.method == "HEAD":
            protocol.response_empty(200, [*headers, ("content-length", str(len(text.body)))])
            return 200
        self._metrics.media_bytes += len(text.body)
        self._delivered.add(scope, grant.video, len(text.body))
        protocol.response_bytes(200, headers, text.body)
        return 200

    async def _read_once(self, key: str) -> Text:
        """Read the object, however many players ask for it at this moment."""
        task = self._reading.get(key)
        if task is None:
            task = asyncio.create_task(self._read(key))
            self._reading[key] = task
            task.add_done_callback(lambda _: self._reading.pop(key, None))
        return await asyncio.shield(task)

    async def _read(self, key: str) -> Text:
        body = await asyncio.to_thread(self._storage.get, key)
        etag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
        if len(self._texts) >= _MAX_TEXTS:
            self._texts.clear()
        self._texts[key] = Text(body=body, etag=etag, read_s=time.monotonic())
        return self._texts[key]

    async def _elsewhere(self, scope: Scope, protocol: HTTPProtocol, key: str, grant: Grant) -> int:
        if scope.method == "HEAD":  # a presigned address is for GET only
            stored = await asyncio.to_thread(self._storage.stat, key)
            headers = headers_of(key, f'"{stored.etag}"', None, public=grant.public)
            protocol.response_empty(200, [*headers, ("content-length", str(stored.size_bytes))])
            return 200
        address = self._storage.presign(key, PRESIGNED_S)
        if address is None:
            raise _UNAVAILABLE()
        headers = [*GUARDS, *cors.OPEN, NO_STORE, ("location", address)]
        protocol.response_empty(307, headers)
        # The bucket sends it; segments are ranges, so that what is asked for says how much.
        self._delivered.add(scope, grant.video, range_length(scope.headers.get("range", "")))
        return 307
