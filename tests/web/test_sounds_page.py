"""The page on which sound tracks are added to a video."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Video
from antenne.pipeline.models import Dub
from tests.factories.catalog import video_make
from tests.web.pages import client_of


@pytest.fixture
def video(channel: Channel) -> Video:
    """Alice's video."""
    return video_make(channel)


def add(client: Client, video: Video, data: bytes = b"sound", language: str = "fr") -> int:
    file = SimpleUploadedFile("a.m4a", data, "audio/mp4")
    fields = {"file": file, "language": language, "label": "Français"}
    return client.post(f"/studio/videos/{video.public_id}/sound", fields).status_code


def test_a_track_is_added_waited_for_and_taken_away(alice: Person, video: Video) -> None:
    client = client_of(alice)

    assert add(client, video) == 302
    page = client.get(f"/studio/videos/{video.public_id}/sound").content.decode()
    assert "Being encoded" in page

    client.post(f"/studio/videos/{video.public_id}/sound/{Dub.objects.get().pk}/drop")
    assert not Dub.objects.exists()


@pytest.mark.parametrize(("data", "language"), [(b"", "fr"), (b"x", ""), (b"x", "no language")])
def test_what_is_no_track_is_refused(
    alice: Person, video: Video, data: bytes, language: str
) -> None:
    assert add(client_of(alice), video, data, language) == 200
    assert not Dub.objects.exists()


def test_the_same_language_and_name_are_there_once(alice: Person, video: Video) -> None:
    client = client_of(alice)

    assert [add(client, video), add(client, video)] == [302, 200]
    assert Dub.objects.count() == 1


def test_a_stranger_adds_and_removes_nothing(alice: Person, bob: Person, video: Video) -> None:
    add(client_of(alice), video)
    other, made = client_of(bob), Dub.objects.get()

    assert other.get(f"/studio/videos/{video.public_id}/sound").status_code == 404
    assert add(other, video) == 404
    drop = f"/studio/videos/{video.public_id}/sound/{made.pk}/drop"
    assert other.post(drop).status_code == 404
    assert Dub.objects.get() == made
