"""A video is removed while a worker writes what belongs to it."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Video
from antenne.catalog.services import Showing, video_create, video_remove
from antenne.pipeline.models import Rendition, Stream, Unit, Upload
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


def test_a_deadlock_with_a_worker_is_tried_again(video: Video, alice: Person) -> None:
    errors: list[Exception] = []

    def remove() -> None:
        try:
            video_remove(by=alice, public_id=video.public_id)
        except Exception as error:  # noqa: BLE001 - told to the thread that waits
            errors.append(error)
        finally:
            connection.close()

    with transaction.atomic():
        Stream.objects.select_for_update().get()
        remover = threading.Thread(target=remove)
        remover.start()
        remover.join(timeout=HELD_S)
        list(Rendition.objects.select_for_update())
    remover.join()

    assert errors == []
    assert not Video.objects.exists()
