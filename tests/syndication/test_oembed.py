"""What other sites are told when they want to show a video."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from antenne.catalog.models import Channel, Video
from antenne.catalog.services.playlists import playlist_create
from antenne.catalog.services.videos import video_describe, video_embedding_set
from tests.factories.catalog import video_make

SITE = "http://testserver"


@pytest.fixture
def video(channel: Channel) -> Video:
    """Alice's public video, 1920 by 1080."""
    return video_make(channel, title="Swans & <geese>")


def ask(path: str, **asked: str) -> Any:  # noqa: ANN401 - the test client's own response class
    return Client().get("/oembed", {"url": SITE + path, **asked})


@pytest.mark.parametrize("form", ["/v/{}", "/embed/{}", "/v/{}/", "/v/{}?t=5"])
def test_a_public_video_is_described(video: Video, form: str) -> None:
    answer = ask(form.format(video.public_id)).json()

    assert (answer["type"], answer["version"]) == ("video", "1.0")
    assert answer["title"] == "Swans & <geese>"
    assert answer["author_name"] == "Alice"
    assert answer["author_url"] == f"{SITE}/c/alice"
    assert (answer["width"], answer["height"]) == (1280, 720)
    assert f'src="{SITE}/embed/{video.public_id}"' in answer["html"]
    assert 'title="Swans &amp; &lt;geese&gt;"' in answer["html"]
    assert answer["thumbnail_url"].endswith("/s1/poster.jpg")
    assert (answer["thumbnail_width"], answer["thumbnail_height"]) == (1280, 720)


def test_xml_says_the_same(video: Video) -> None:
    path = f"/v/{video.public_id}"

    response = ask(path, format="xml")

    assert response["Content-Type"].startswith("text/xml")
    found = {row.tag: row.text for row in ET.fromstring(response.content)}  # noqa: S314 - our own
    assert found == {name: str(value) for name, value in ask(path).json().items()}


@pytest.mark.parametrize(
    ("bounds", "size"),
    [
        ({"maxwidth": "640"}, (640, 360)),
        ({"maxheight": "360"}, (640, 360)),
        ({"maxwidth": "640", "maxheight": "90"}, (160, 90)),
        ({"maxwidth": "100000"}, (1280, 720)),
        ({"maxwidth": "1", "maxheight": "1"}, (1, 1)),
        ({"maxwidth": "0"}, (1280, 720)),
        ({"maxwidth": "-5"}, (1280, 720)),
        ({"maxwidth": "²"}, (1280, 720)),
        ({"maxwidth": "9" * 5000}, (1280, 720)),
    ],
)
def test_the_frame_fits_into_the_bounds(
    video: Video, bounds: dict[str, str], size: tuple[int, int]
) -> None:
    answer = ask(f"/v/{video.public_id}", **bounds).json()

    assert (answer["width"], answer["height"]) == size


def test_a_portrait_video_stays_upright(video: Video) -> None:
    video_describe(video_id=video.pk, width_px=1080, height_px=1920)

    answer = ask(f"/v/{video.public_id}", maxwidth="400", maxheight="400").json()

    assert (answer["width"], answer["height"]) == (225, 400)


def test_without_a_poster_nothing_is_said_of_one(video: Video) -> None:
    video_describe(video_id=video.pk, poster="")

    assert not any(name.startswith("thumbnail") for name in ask(f"/v/{video.public_id}").json())


@pytest.mark.parametrize(
    ("visibility", "status"),
    [("public", 200), ("unlisted", 200), ("private", 401), ("password", 401)],
)
def test_only_what_anybody_may_watch_is_described(
    channel: Channel, visibility: str, status: int
) -> None:
    word = "swans" if visibility == "password" else ""
    made = video_make(channel, title="A secret", visibility=visibility, password=word)

    response = ask(f"/v/{made.public_id}")

    assert response.status_code == status
    assert (b"A secret" in response.content) == (status == 200)


def test_a_video_that_may_stand_nowhere_else_is_not_described(video: Video) -> None:
    person, public_id = video.channel.person, video.public_id
    video_embedding_set(by=person, public_id=public_id, embedding="none")

    assert ask(f"/v/{public_id}").status_code == 401


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({}, 400),
        ({"url": "http://testserver/v/x000000000"}, 404),
        ({"url": "http://testserver/c/nobody"}, 404),
        ({"url": "http://testserver/playlists/nothing"}, 404),
        ({"url": "http://testserver/c/%00"}, 404),
        ({"url": "http://other.example/v/{video}"}, 404),
        ({"url": "http://[broken"}, 404),
        ({"url": "http://testserver/v/\x00"}, 404),
        ({"url": "http://testserver/v/{video}", "format": "yaml"}, 501),
    ],
)
def test_what_cannot_be_answered_has_the_status_of_the_standard(
    video: Video, asked: dict[str, str], status: int
) -> None:
    filled = {name: value.replace("{video}", video.public_id) for name, value in asked.items()}

    assert Client().get("/oembed", filled).status_code == status


def test_a_channel_is_a_link_with_a_picture(video: Video) -> None:
    answer = ask("/c/alice").json()

    assert (answer["type"], answer["title"]) == ("link", "Alice")
    assert answer["author_url"] == f"{SITE}/c/alice"
    assert answer["thumbnail_url"].endswith("/s1/poster.jpg")
    assert (answer["thumbnail_width"], answer["thumbnail_height"]) == (1920, 1080)
    assert "html" not in answer


@pytest.mark.parametrize(("visibility", "status"), [("public", 200), ("private", 404)])
def test_a_private_playlist_is_not_described(
    channel: Channel, visibility: str, status: int
) -> None:
    made = playlist_create(by=channel.person, title="Birds", visibility=visibility)

    assert ask(f"/playlists/{made.public_id}").status_code == status
