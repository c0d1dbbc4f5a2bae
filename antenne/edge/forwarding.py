"""Sends sealed batches of records to the web, again and again until each was taken."""

from __future__ import annotations

import asyncio
import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Final

import httpx

from antenne.edge.logs import LOGGER
from antenne.edge.metrics import Metrics
from antenne.edge.spooling import Spool, batch_id
from antenne.edge.tus.finishing import Web
from antenne.kernel.clock import unix_s
from antenne.kernel.signing import ticket_make

_EVERY_S: Final = 1.0
_AWAY_S: Final = 5.0
_ANSWER_S: Final = 30.0
_TICKET_S: Final = 60


class Forwarder:
    """One process of a machine at once sends; the web knows batches and records it has already."""

    def __init__(self, spool: Spool, folder: Path, web: Web, metrics: Metrics) -> None:
        self._spool = spool
        self._folder = folder
        self._web = web
        self._metrics = metrics
        self._client = httpx.AsyncClient(timeout=_ANSWER_S)

    async def run(self) -> None:
        """Forward for ever."""
        while True:
            await asyncio.sleep(_EVERY_S if await self.forward() else _AWAY_S)

    async def forward(self) -> bool:
        """Send what is sealed; False where the web did not take it."""
        await asyncio.to_thread(self._spool.seal_due)
        with _alone(self._folder) as alone:
            if not alone:
                return True
            waiting = await asyncio.to_thread(self._spool.batches)
            self._metrics.gauges["antenne_edge_beacon_batches_waiting"] = len(waiting)
            for path in waiting:
                if not await self._send(path):
                    return False
        return True

    async def _send(self, path: Path) -> bool:
        try:
            body = await asyncio.to_thread(path.read_bytes)
            answer = await self._client.post(
                f"{self._web.url}/internal/beacons",
                content=body,
                headers={
                    "Antenne-Internal": self._ticket(path, body),
                    "Content-Type": "application/octet-stream",
                },
            )
        except (httpx.HTTPError, OSError) as error:
            LOGGER.warning("beacons.waiting", extra={"fields": {"reason": repr(error)[:300]}})
            return False
        self._metrics.add("antenne_edge_beacon_batches_total", f'status="{answer.status_code}"')
        if answer.status_code != HTTPStatus.NO_CONTENT:
            fields = {"reason": f"status {answer.status_code}", "batch": path.stem}
            LOGGER.warning("beacons.waiting", extra={"fields": fields})
            return False
        await asyncio.to_thread(path.unlink, missing_ok=True)
        return True

    def _ticket(self, path: Path, body: bytes) -> str:
        """Sign this very body: a captured call brings in nothing else."""
        said: dict[str, str | int] = {
            "batch": batch_id(path).hex,
            "sha256": hashlib.sha256(body).hexdigest(),
        }
        return ticket_make(self._web.secret, "internal", said, expires_s=unix_s() + _TICKET_S)


@contextmanager
def _alone(folder: Path) -> Iterator[bool]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".forwarding").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
