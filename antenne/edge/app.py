"""The edge's application for granian: `granian --interface rsgi antenne.edge.app:app`.

One event loop per worker process; any number of workers, which share nothing but the disk and the
database.
"""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final

from antenne.edge import cors
from antenne.edge.logs import LOGGER, logs_open, request_id_of
from antenne.edge.media import Media
from antenne.edge.parts import Parts, parts_make
from antenne.edge.replies import GUARDS, NO_STORE, Headers, Problem, problem_send, text_send
from antenne.edge.rsgi import HTTPProtocol, Scope
from antenne.edge.tus.protocol import RESUMABLE
from antenne.edge.tus.receiving import drain
from antenne.kernel.environment import environment

_WITH_BODY: Final = frozenset({"PATCH", "POST"})
_RESTART_S: Final = 1.0
_LAST_WORDS_S: Final = 0.3


class Edge:
    """Routes requests, and keeps the background work of one process going."""

    def __init__(self) -> None:
        self._parts: Parts | None = None
        self._tasks: list[asyncio.Task[None]] = []

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Start with the server's loop."""
        asyncio.set_event_loop(loop)
        logs_open(environment().log)
        parts = parts_make(environment())
        self._parts = parts
        background = {
            "listener": parts.listener.run,
            "finisher": parts.finisher.run,
            "cleaner": parts.cleaner.run,
            "forwarder": parts.forwarder.run,
            "delivered": parts.delivered.run,
        }
        self._tasks = [loop.create_task(_forever(name, run)) for name, run in background.items()]
        # granian waits for open connections when it ends. This runs first, ends ours, and hands
        # on by the other signal, for which granian's own handler is still in place.
        loop.add_signal_handler(signal.SIGTERM, lambda: loop.create_task(self._stop()))

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        """End the background work with the server."""
        for task in self._tasks:
            task.cancel()
        loop.run_until_complete(asyncio.gather(*self._tasks, return_exceptions=True))

    async def __rsgi__(self, scope: Scope, protocol: HTTPProtocol) -> None:
        """Answer one request."""
        parts = self._parts
        if parts is None:
            text_send(protocol, 503, "starting")
            return
        path = scope.path
        try:
            if path.startswith("/m/"):
                if isinstance(parts.media, Media):
                    parts.media.answer(scope, protocol)
                else:
                    await parts.media.answer(scope, protocol)
            else:
                await _route(parts, scope, protocol)
        except Exception:  # noqa: BLE001 - the outermost handler: a request fails by itself
            parts.metrics.add("antenne_edge_errors_total")
            LOGGER.exception("request.failed", extra={"fields": {"path": path[:200]}})
            problem = Problem(500, "fault", "The server made a mistake; it has been noted.")
            problem_send(protocol, problem, cors.OPEN)

    async def _stop(self) -> None:
        if self._parts is not None:
            self._parts.tus.stopping.set()
            self._parts.hub.stop()
        await asyncio.sleep(_LAST_WORDS_S)
        os.kill(os.getpid(), signal.SIGINT)


async def _forever(name: str, run: Callable[[], Awaitable[None]]) -> None:
    while True:
        try:
            await run()
        except Exception:  # noqa: BLE001 - the outermost handler: work is taken up again
            LOGGER.exception("background.failed", extra={"fields": {"part": name}})
        await asyncio.sleep(_RESTART_S)


async def _route(parts: Parts, scope: Scope, protocol: HTTPProtocol) -> None:
    path = scope.path
    if path == "/beacon":
        await _beacon(parts, scope, protocol)
    elif path == "/uploads" or path.startswith("/uploads/"):
        await _upload(parts, scope, protocol)
    elif path.startswith("/events/"):
        await _events(parts, scope, protocol)
    else:
        _about(parts, path, protocol)


async def _upload(parts: Parts, scope: Scope, protocol: HTTPProtocol) -> None:
    request_id, began_s = request_id_of(scope), time.monotonic()
    preflight = scope.method == "OPTIONS"
    allowed = cors.uploads_allow(scope, parts.public_url, preflight=preflight)
    try:
        status, headers = await parts.tus.answer(scope, protocol)
    except Problem as problem:
        status = problem.status
        with suppress(RuntimeError):  # its body was read already
            await drain(aiter(protocol))
        # Of a body that was not read to its end, what is left would be taken for a next request.
        ended: Headers = [("connection", "close")] if scope.method in _WITH_BODY else []
        problem_send(protocol, problem, [RESUMABLE, *allowed, *ended], request_id=request_id)
    else:
        own: Headers = [] if preflight else [RESUMABLE, NO_STORE, ("x-request-id", request_id)]
        protocol.response_empty(status, [*GUARDS, *allowed, *own, *headers])
    parts.metrics.add(
        "antenne_edge_upload_requests_total", f'method="{scope.method[:8]}",status="{status}"'
    )
    fields = {
        "request_id": request_id,
        "method": scope.method,
        "path": scope.path[:200],
        "status": status,
        "took_ms": round((time.monotonic() - began_s) * 1000),
    }
    LOGGER.info("upload.request", extra={"fields": fields})


async def _events(parts: Parts, scope: Scope, protocol: HTTPProtocol) -> None:
    if scope.method == "OPTIONS":
        protocol.response_empty(204, cors.OPEN_PREFLIGHT)
        return
    try:
        await parts.hub.answer(scope, protocol)
    except Problem as problem:
        problem_send(protocol, problem, cors.OPEN)


async def _beacon(parts: Parts, scope: Scope, protocol: HTTPProtocol) -> None:
    try:
        status = await parts.beacons.answer(scope, protocol)
    except Problem as problem:
        status = problem.status
        problem_send(protocol, problem, cors.OPEN)
    parts.metrics.add("antenne_edge_beacons_total", f'status="{status}"')


def _about(parts: Parts, path: str, protocol: HTTPProtocol) -> None:
    if path == "/healthz":
        text_send(protocol, 200, "ok\n")
    elif path == "/readyz":
        missing = parts.not_ready()
        text_send(protocol, 503 if missing else 200, f"{missing or 'ready'}\n")
    elif path == "/metrics":
        parts.metrics.gauges["antenne_edge_uploads_receiving"] = parts.tus.slots.taken
        text_send(protocol, 200, parts.metrics.text(), "text/plain; version=0.0.4")
    else:
        problem_send(protocol, Problem(404, "missing", "Nothing is here."), [])


app: Final = Edge()
