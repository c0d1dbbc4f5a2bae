"""One connection to PostgreSQL that hears of changes, made again whenever it is lost."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

import psycopg
from psycopg import AsyncConnection, sql

from antenne.edge.logs import LOGGER

_ALIVE_EVERY_S: Final = 10.0
_RETRY_FIRST_S: Final = 0.2
_RETRY_MOST_S: Final = 5.0
_LOST_AFTER_S: Final = 60.0


@dataclass(frozen=True, slots=True)
class Channels:
    """What to do on each channel's message, and each time that messages may have been missed."""

    on_message: dict[str, Callable[[str], None]]
    on_connect: Callable[[AsyncConnection], Awaitable[None]]


class Listener:
    """Listens for ever; `heard_s` is the monotonic time of the last proof that it still does."""

    def __init__(self, url: str, channels: Channels) -> None:
        self._url = url
        self._channels = channels
        self.heard_s: float | None = None

    @property
    def fresh(self) -> bool:
        """Say whether changes of the last minute are known to have arrived."""
        return self.heard_s is not None and time.monotonic() - self.heard_s < _LOST_AFTER_S

    async def run(self) -> None:
        """Listen until cancelled."""
        pause_s = _RETRY_FIRST_S
        while True:
            try:
                await self._listen()
            except (psycopg.Error, OSError) as error:
                LOGGER.warning("database.lost", extra={"fields": {"reason": str(error).strip()}})
                if self.heard_s is not None and time.monotonic() - self.heard_s < _RETRY_MOST_S:
                    pause_s = _RETRY_FIRST_S
            await asyncio.sleep(pause_s)
            pause_s = min(pause_s * 2, _RETRY_MOST_S)

    async def _listen(self) -> None:
        connection = await AsyncConnection.connect(
            self._url,
            autocommit=True,
            connect_timeout=5,
            keepalives_idle=10,
            keepalives_interval=5,
            keepalives_count=3,
            application_name="antenne-edge",
        )
        async with connection:
            # LISTEN before reading: a change in between is then heard twice, never missed.
            for channel in self._channels.on_message:
                await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
            await self._channels.on_connect(connection)
            while True:
                self.heard_s = time.monotonic()
                async for note in connection.notifies(timeout=_ALIVE_EVERY_S, stop_after=100):
                    self._channels.on_message[note.channel](note.payload)
                    await asyncio.sleep(0)  # let open pages empty their queues
                await connection.execute("SELECT 1")
