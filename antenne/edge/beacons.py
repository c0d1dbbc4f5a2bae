"""Hears from players what was watched: checks the ticket, bounds the rest, keeps it, answers.

No address is kept. It is asked for its country, unless the viewer does not want to be tracked,
and forgotten with the request.
"""

from __future__ import annotations

import asyncio
import json
import time
from datetime import datetime
from functools import partial
from typing import Any, Final

from antenne.edge import cors
from antenne.edge.addresses import address_of
from antenne.edge.replies import GUARDS, NO_STORE, Problem
from antenne.edge.rsgi import HTTPProtocol, Scope
from antenne.edge.spooling import Spool
from antenne.kernel.clock import unix_s
from antenne.kernel.geo import Geo
from antenne.kernel.signing import TicketRefused, ticket_read

KINDS: Final = frozenset({"start", "progress", "end"})
_BODY_BYTES: Final = 16 * 1024
_BODY_S: Final = 10.0
_AT_ONCE: Final = 20
_SEQUENCE_MAX: Final = 0xFFFF
_RANGES_MAX: Final = 40
_POSITION_MAX_MS: Final = 7 * 24 * 3600 * 1000
# One player sends one beacon in ten seconds; a few more when it seeks, ends or comes back.
_BURST: Final = 12
_PER_S: Final = 0.5
_REMEMBERED: Final = 100_000

_REFUSED: Final = partial(
    Problem, 403, "beacon-refused", "This ticket is not valid, or has run out."
)
_MALFORMED: Final = partial(Problem, 400, "beacon-malformed", "This is not a beacon.")
_TOO_LARGE: Final = partial(Problem, 413, "beacon-too-large", "A beacon is a short text.")
_TOO_OFTEN: Final = partial(
    Problem, 429, "beacon-too-often", "Too many beacons.", (("retry-after", "10"),)
)
_NO_ROOM: Final = partial(
    Problem, 507, "storage-full", "The server has no room.", (("retry-after", "60"),)
)


class Beacons:
    """Answers `POST /beacon`: 204 once every event in it is on the disk."""

    def __init__(self, secret: str, spool: Spool, geo: Geo, *, behind_proxy: bool) -> None:
        self._secret = secret
        self._spool = spool
        self._geo = geo
        self._behind_proxy = behind_proxy
        self._spent: dict[str, tuple[float, float]] = {}

    async def answer(self, scope: Scope, protocol: HTTPProtocol) -> int:
        """Answer one request and return its status; raise a `Problem`."""
        if scope.method == "OPTIONS":
            protocol.response_empty(204, cors.BEACON_PREFLIGHT)
            return 204
        if scope.method != "POST":
            raise Problem(405, "method-not-allowed", "Beacons are sent.", (("allow", "POST"),))
        body = await _body(scope, protocol)
        ticket, events = self._read(body)
        self._spend(str(ticket["s"]), len(events))
        if not ticket.get("a"):
            place = await asyncio.to_thread(
                self._geo.place, address_of(scope, behind_proxy=self._behind_proxy)
            )
            ticket["c"] = place.country
        try:
            await self._spool.append([record_make(ticket, event) for event in events])
        except OSError as error:
            raise _NO_ROOM() from error
        protocol.response_empty(204, [*GUARDS, *cors.OPEN, NO_STORE])
        return 204

    def _read(self, body: bytes) -> tuple[dict[str, str | int], list[dict[str, Any]]]:
        try:
            said = json.loads(body)
            text, events = said["t"], said["e"]
        except (ValueError, KeyError, TypeError, RecursionError):
            raise _MALFORMED() from None
        if not isinstance(text, str) or not text.isascii() or not _events_hold(events):
            raise _MALFORMED()
        try:
            ticket = ticket_read(self._secret, "beacon", text, now_s=unix_s())
        except (TicketRefused, ValueError):
            raise _REFUSED() from None
        return ticket, events

    def _spend(self, session: str, count: int) -> None:
        """Let one session send so much and no more."""
        now_s = time.monotonic()
        if len(self._spent) > _REMEMBERED:
            self._spent.clear()
        left, at_s = self._spent.get(session, (float(_BURST), now_s))
        left = min(float(_BURST), left + (now_s - at_s) * _PER_S) - count
        if left < -_AT_ONCE:
            raise _TOO_OFTEN()
        self._spent[session] = (left, now_s)


def record_make(
    ticket: dict[str, str | int], event: dict[str, Any], *, at: datetime | None = None
) -> bytes:
    """Return what is kept of one event: the words of the ticket, the event, the time here."""
    ranges = [edge for pair in event.get("r") or () for edge in pair]
    kept = {**ticket, "n": event["n"], "k": event["k"], "x": event["x"], "r": ranges}
    kept["at"] = round((at.timestamp() if at else time.time()) * 1000)
    return json.dumps(kept, separators=(",", ":")).encode()


def _events_hold(events: object) -> bool:
    if not isinstance(events, list) or not 0 < len(events) <= _AT_ONCE:
        return False
    return all(isinstance(event, dict) and _event_holds(event) for event in events)


def _event_holds(event: dict[str, Any]) -> bool:
    kind, ranges = event.get("k"), event.get("r") or []
    if not isinstance(kind, str) or kind not in KINDS:
        return False
    if not _number(event.get("n"), _SEQUENCE_MAX) or not _number(event.get("x"), _POSITION_MAX_MS):
        return False
    if not isinstance(ranges, list) or len(ranges) > _RANGES_MAX:
        return False
    return all(_range_holds(pair) for pair in ranges)


def _range_holds(pair: object) -> bool:
    if not isinstance(pair, list) or len(pair) != 2:  # noqa: PLR2004 - its two ends
        return False
    if not all(_number(edge, _POSITION_MAX_MS) for edge in pair):
        return False
    return bool(pair[0] < pair[1])


def _number(value: object, most: int) -> bool:
    return type(value) is int and 0 <= value <= most


async def _body(scope: Scope, protocol: HTTPProtocol) -> bytes:
    announced = scope.headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > _BODY_BYTES:
        raise _TOO_LARGE()
    body = bytearray()

    async def read() -> None:
        async for chunk in protocol:
            body.extend(chunk)
            if len(body) > _BODY_BYTES:
                raise _TOO_LARGE()

    try:
        await asyncio.wait_for(read(), _BODY_S)
    except (TimeoutError, RuntimeError):  # granian's name for a connection that has gone
        raise _MALFORMED() from None
    return bytes(body)
