"""The lanes of a worker hear of their jobs over one connection."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Final

import pytest
from asgiref.sync import sync_to_async
from django.db import connection
from procrastinate.contrib.django.utils import connector_params

from antenne.cli.ear import SharedEar

WAIT_S: Final = 60.0
QUEUES: Final = ("air", "short")


class Heard:
    """What the lanes have heard, each over its own queue."""

    def __init__(self, ear: SharedEar) -> None:
        self.said: dict[str, list[str]] = {queue: [] for queue in QUEUES}
        self.lanes = [asyncio.create_task(self._listen(ear, queue)) for queue in QUEUES]

    async def _listen(self, ear: SharedEar, queue: str) -> None:
        async def tell(*, channel: str, payload: str) -> None:
            self.said[queue].append(json.loads(payload)["of"])

        await ear.listen_notify(tell, [f"procrastinate_queue_v1#{queue}"])

    async def until(self, queue: str, word: str) -> None:
        """Say *word* to *queue* until its lane has heard it."""
        async with asyncio.timeout(WAIT_S):
            while word not in self.said[queue]:
                await notify(queue, word)
                await asyncio.sleep(0.05)


@sync_to_async
def notify(queue: str, word: str) -> None:
    with connection.cursor() as cursor:
        payload = json.dumps({"of": word})
        cursor.execute("SELECT pg_notify(%s, %s)", [f"procrastinate_queue_v1#{queue}", payload])
    connection.close()  # it is the one of a thread


@sync_to_async
def ears(statement: str = "SELECT count(*)") -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} FROM pg_stat_activity WHERE query LIKE 'LISTEN%%'", [])
        found = sum(int(row[0]) for row in cursor.fetchall())
    connection.close()
    return found


def played(scene: Callable[[Heard], Awaitable[None]]) -> None:
    """Play *scene* with an ear and two lanes that listen."""

    async def play() -> None:
        ear = SharedEar(QUEUES, kwargs=connector_params("default"), min_size=1, max_size=1)
        await ear.open_async()
        heard = Heard(ear)
        try:
            await scene(heard)
        finally:
            for lane in heard.lanes:
                lane.cancel()
            await asyncio.gather(*heard.lanes, return_exceptions=True)
            await ear.close_async()

    asyncio.run(play())


@pytest.mark.django_db(transaction=True)
def test_each_lane_hears_of_its_own_queue_alone() -> None:
    async def scene(heard: Heard) -> None:
        await heard.until("air", "swan")
        await heard.until("short", "duck")

        assert set(heard.said["air"]) == {"swan"}
        assert set(heard.said["short"]) == {"duck"}

    played(scene)


@pytest.mark.django_db(transaction=True)
def test_all_lanes_share_one_connection() -> None:
    async def scene(heard: Heard) -> None:
        await heard.until("air", "swan")
        await heard.until("short", "swan")

        assert await ears() == 1

    played(scene)


@pytest.mark.django_db(transaction=True)
def test_a_lane_that_ends_leaves_the_others_listening() -> None:
    async def scene(heard: Heard) -> None:
        await heard.until("air", "swan")
        heard.lanes[0].cancel()
        await asyncio.gather(heard.lanes[0], return_exceptions=True)

        await heard.until("short", "duck")

    played(scene)


@pytest.mark.django_db(transaction=True)
def test_after_the_connection_was_lost_every_lane_hears_again() -> None:
    async def scene(heard: Heard) -> None:
        await heard.until("air", "swan")
        await ears("SELECT pg_terminate_backend(pid)::int")

        await heard.until("air", "swan again")
        await heard.until("short", "duck")

    played(scene)
