"""A video is removed while a worker writes what belongs to it."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Video
from antenne.catalog.services.videos import video_create, video_remove
from antenne.catalog.services.visibility import Showing
from antenne.pipeline.models import Chunk, Rendition, Stream, Unit, Upload
from antenne.pipeline.states import UnitKind, Wave

pytestmark = pytest.mark.django_db(transaction=True)
HELD_S = 0.4


@pytest.fixture
def video(channel: Channel) -> Video:
    """A video with a rendition and a unit that makes it."""
    made = video_create(channel=channel, title="Low tide", showing=Showing())
    upload = Upload.objects.create(
        home="eu", person=channel.person, video=made, video_public_id=made.public_id, filename="a"
    )
    stream = Stream.objects.create(home="eu", video=made, upload=upload, name="s1")
    Rendition.objects.create(stream=stream, name="air", kind="video", wave=Wave.AIR)
    Unit.objects.create(stream=stream, kind=UnitKind.COPY, wave=Wave.AIR)
    return made


class Remover(threading.Thread):
    """Somebody who removes the video meanwhile, and what befalls them."""

    def __init__(self, video: Video, by: Person) -> None:
        super().__init__()
        self.video, self.by = video, by
        self.errors: list[Exception] = []

    def run(self) -> None:
        """Remove it, on a connection of their own."""
        try:
            video_remove(by=self.by, public_id=self.video.public_id)
        except Exception as error:  # noqa: BLE001 - told to the thread that waits
            self.errors.append(error)
        finally:
            connection.close()


def deadlocks() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush(), pg_stat_clear_snapshot()")
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        (found,) = cursor.fetchone() or (0,)
    return int(found)


def test_a_worker_that_holds_the_stream_is_waited_for(video: Video, alice: Person) -> None:
    remover, before = Remover(video, alice), deadlocks()

    with transaction.atomic():
        Stream.objects.select_for_update().get()
        remover.start()
        remover.join(timeout=HELD_S)
        Rendition.objects.update(published_chunks=1)
        Video.objects.select_for_update().get()
    remover.join()

    assert remover.errors == []
    assert not Video.objects.exists()
    assert deadlocks() == before


def test_a_deadlock_with_a_worker_is_tried_again(video: Video, alice: Person) -> None:
    remover = Remover(video, alice)

    with transaction.atomic():
        Video.objects.select_for_update().get()
        remover.start()
        remover.join(timeout=HELD_S)
        list(Stream.objects.select_for_update())
    remover.join()

    assert remover.errors == []
    assert not Video.objects.exists()


def test_a_chunk_that_comes_in_between_is_removed_too(video: Video, alice: Person) -> None:
    remover = Remover(video, alice)

    with transaction.atomic():
        Chunk.objects.create(
            rendition=Rendition.objects.get(),
            index=0,
            object_name="0.m4s",
            size_bytes=1,
            start_ticks=0,
            duration_ticks=1,
            segments=[],
        )
        list(Rendition.objects.select_for_update())
        remover.start()
        remover.join(timeout=HELD_S)
    remover.join()

    assert remover.errors == []
    assert not Video.objects.exists()
    assert not Chunk.objects.exists()
