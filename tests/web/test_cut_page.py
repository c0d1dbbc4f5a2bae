"""The page on which a video is cut."""

from __future__ import annotations

import pytest
from django.test import Client

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Video
from antenne.pipeline.models import Stream, Upload
from tests.factories.catalog import video_make
from tests.factories.pipeline import upload_make
from tests.web.pages import client_of

PARTS = {"from": ["0:02", "", "0:06,5"], "to": ["5", "", "0:10"]}


@pytest.fixture
def video(channel: Channel) -> Video:
    """Alice's video of twelve seconds, which plays a stream."""
    video, upload = video_make(channel), upload_make(channel)
    Upload.objects.filter(pk=upload.pk).update(video=video, probe={"chapters": []})
    Stream.objects.create(home=video.home, video=video, upload=upload, name="s1")
    return video


def ask(client: Client, video: Video, parts: dict[str, list[str]]) -> int:
    return client.post(f"/studio/videos/{video.public_id}/cut", parts).status_code


def test_a_cut_is_asked_for_and_waited_for(alice: Person, video: Video) -> None:
    client = client_of(alice)

    assert ask(client, video, PARTS) == 302

    made = Upload.objects.get(state="cutting")
    assert made.cut is not None
    assert made.cut["ranges"] == [[2000, 5000], [6500, 10_000]]
    page = client.get(f"/studio/videos/{video.public_id}/cut").content.decode()
    assert "Another version of this video is being made." in page
    assert "Cut the video" not in page


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"from": ["0"], "to": ["12"]},
        {"from": ["soon"], "to": ["later"]},
        {"from": ["5"], "to": ["2"]},
        {"from": ["\u0665"], "to": ["\u0669"]},
        {"from": [str(n) for n in range(60)], "to": [f"{n}.1" for n in range(60)]},
    ],
    ids=str,
)
def test_parts_that_make_no_cut_are_given_back(
    alice: Person, video: Video, parts: dict[str, list[str]]
) -> None:
    assert ask(client_of(alice), video, parts) == 422
    assert not Upload.objects.filter(state="cutting").exists()


def test_a_stranger_cuts_nothing(bob: Person, video: Video) -> None:
    client = client_of(bob)

    assert client.get(f"/studio/videos/{video.public_id}/cut").status_code == 404
    assert ask(client, video, PARTS) == 404
    assert client.post(f"/studio/videos/{video.public_id}/cut/undo").status_code == 404
    assert not Upload.objects.filter(state="cutting").exists()


def test_nothing_comes_back_where_nothing_was_cut(alice: Person, video: Video) -> None:
    page = client_of(alice).post(f"/studio/videos/{video.public_id}/cut/undo", follow=True)

    assert "Nothing was cut out of this video." in page.content.decode()
