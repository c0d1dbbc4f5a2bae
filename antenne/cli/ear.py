"""One connection over which all lanes of a worker hear that there is something to do."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

from procrastinate import PsycopgConnector
from procrastinate.connector import Notify
from procrastinate.manager import get_channel_for_queues


class SharedEar(PsycopgConnector):
    """The connector of lanes that listen together: PostgreSQL has a process for each connection.

    *queues* are those of all lanes. Whoever listens ends when the connection cannot be made again.
    """

    def __init__(self, queues: Iterable[str], **pool: Any) -> None:  # noqa: ANN401 - the pool's own options
        super().__init__(**pool)
        self._channels = list(get_channel_for_queues(queues))
        self._told: dict[Notify, frozenset[str]] = {}
        self._ear: asyncio.Task[None] | None = None

    async def listen_notify(self, on_notification: Notify, channels: Iterable[str]) -> None:
        """Tell *on_notification* what is said on *channels*, until cancelled."""
        self._told[on_notification] = frozenset(channels)
        if self._ear is None:
            self._ear = asyncio.create_task(super().listen_notify(self._tell, self._channels))
        try:
            await asyncio.shield(self._ear)
        finally:
            del self._told[on_notification]
            if not self._told:
                self._ear.cancel()
                self._ear = None

    async def _tell(self, *, channel: str, payload: str) -> None:
        for tell, channels in list(self._told.items()):
            if channel in channels:
                await tell(channel=channel, payload=payload)
