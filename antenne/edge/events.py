"""Server-sent events: what a page watches, pushed as PostgreSQL tells of it."""

from __future__ import annotations

import asyncio
import json
import time
from collections import defaultdict
from functools import partial
from typing import Final

from antenne.edge import cors
from antenne.edge.logs import LOGGER
from antenne.edge.metrics import Metrics
from antenne.edge.replies import GUARDS, NO_STORE, Problem
from antenne.edge.rsgi import HTTPProtocol, Scope, Transport
from antenne.kernel.clock import unix_s
from antenne.kernel.signing import TicketRefused, ticket_read

_HEARTBEAT_S: Final = 15.0
_QUEUED_AT_MOST: Final = 64
# The server below us keeps what a slow page has not read; a stream that has used up its budget
# is closed and the page, if it lives, comes back by itself.
_BUDGET_BYTES: Final = 512 * 1024
_LIFE_S: Final = 3600.0
_MAX_STREAMS: Final = 5_000
_REFUSED: Final = partial(
    Problem, 403, "events-refused", "This ticket is not valid, or has run out."
)
_FULL: Final = partial(
    Problem, 503, "events-full", "Too many pages are open.", (("retry-after", "10"),)
)

Frames = asyncio.Queue[str | None]


def frame(kind: str, data: object) -> str:
    """Return one event as the stream carries it."""
    return f"event: {kind}\ndata: {json.dumps(data, separators=(',', ':'))}\n\n"


class Hub:
    """Knows which pages watch which topic."""

    def __init__(self, secret: str, metrics: Metrics) -> None:
        self._secret = secret
        self._metrics = metrics
        self._watchers: dict[str, set[Frames]] = defaultdict(set)
        self._stopping = False

    def notified(self, message: str) -> None:
        """Hand one event, `{"topic": …, "kind": …, …}`, to the pages that watch its topic."""
        try:
            event = json.loads(message)
            topic, kind = str(event.pop("topic")), str(event.pop("kind"))
        except (ValueError, KeyError, TypeError, AttributeError):
            LOGGER.warning("events.malformed")
            return
        for queue in tuple(self._watchers.get(topic, ())):
            self._offer(queue, frame(kind, event))

    def resync(self) -> None:
        """Tell every page that events may have been missed."""
        for queues in tuple(self._watchers.values()):
            for queue in tuple(queues):
                self._offer(queue, frame("resync", {}))

    def stop(self) -> None:
        """End every stream, so that the server can end; the pages come back to the next one."""
        self._stopping = True
        for queues in self._watchers.values():
            for queue in queues:
                _cut(queue)

    async def answer(self, scope: Scope, protocol: HTTPProtocol) -> None:
        """Stream the events of the ticket in `/events/<ticket>` until one side ends it."""
        if scope.method != "GET":
            raise Problem(405, "method-not-allowed", "Events can only be read.")
        topic = self._topic(scope.path.removeprefix("/events/"))
        if self._stopping or self._open() >= _MAX_STREAMS:
            raise _FULL()
        kind = ("content-type", "text/event-stream; charset=utf-8")
        headers = [*GUARDS, *cors.OPEN, NO_STORE, kind, ("x-accel-buffering", "no")]
        transport = protocol.response_stream(200, headers)
        queue: Frames = asyncio.Queue(_QUEUED_AT_MOST)
        self._watchers[topic].add(queue)
        self._open()
        gone = asyncio.ensure_future(protocol.client_disconnect())
        gone.add_done_callback(lambda _: _cut(queue))
        try:
            await self._stream(transport, queue)
        except RuntimeError:  # granian's name for a connection that has gone
            LOGGER.debug("events.gone")
        finally:
            gone.cancel()
            self._leave(topic, queue)

    async def _stream(self, transport: Transport, queue: Frames) -> None:
        await transport.send_str("retry: 2000\n: welcome\n\n")
        until = time.monotonic() + _LIFE_S
        sent_bytes = 0
        while sent_bytes < _BUDGET_BYTES and time.monotonic() < until:
            try:
                text = await asyncio.wait_for(queue.get(), _HEARTBEAT_S)
            except TimeoutError:
                text = ": still here\n\n"
            if text is None:
                return
            await transport.send_str(text)
            self._metrics.add("antenne_edge_events_sent_total")
            sent_bytes += len(text)

    def _topic(self, ticket: str) -> str:
        if not ticket.isascii():
            raise _REFUSED()
        try:
            return str(ticket_read(self._secret, "events", ticket, now_s=unix_s())["topic"])
        except (TicketRefused, KeyError):
            raise _REFUSED() from None

    def _offer(self, queue: Frames, text: str) -> None:
        try:
            queue.put_nowait(text)
        except asyncio.QueueFull:
            self._metrics.add("antenne_edge_events_dropped_total")
            _cut(queue)

    def _open(self) -> int:
        count = sum(len(queues) for queues in self._watchers.values())
        self._metrics.gauges["antenne_edge_events_open"] = count
        return count

    def _leave(self, topic: str, queue: Frames) -> None:
        self._watchers[topic].discard(queue)
        if not self._watchers[topic]:
            del self._watchers[topic]
        self._open()


def _cut(queue: Frames) -> None:
    """Make the end the next thing that the stream sees."""
    while not queue.empty():
        queue.get_nowait()
    queue.put_nowait(None)
