"""Posters that owners choose."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from antenne.catalog.models import Channel, Video
from antenne.kernel.environment import environment
from antenne.kernel.models import FactRecord
from antenne.kernel.storage.opening import storage_open
from antenne.pipeline.models import Stream
from tests.api.callers import Calls, kept, refused, said
from tests.factories.catalog import video_make
from tests.factories.pipeline import upload_make


def image_of(side_px: int = 300, name: str = "swans.png") -> io.BytesIO:
    file = io.BytesIO()
    Image.new("RGB", (side_px, side_px), "red").save(file, "PNG")
    file.seek(0)
    file.name = name
    return file


def path_of(video: Video) -> str:
    return f"/videos/{video.public_id}/poster"


@pytest.fixture
def streamed(channel: Channel, video: Video) -> Video:
    """Alice's public video, with the stream that it plays."""
    upload = upload_make(channel)
    pictures = {"poster": "s1/poster.jpg", "poster_small": "s1/poster-small.webp"}
    Stream.objects.create(
        home=video.home, video=video, upload=upload, name="s1", plan={"pictures": pictures}
    )
    return video


@pytest.mark.parametrize(
    ("name", "status"),
    [("alice", 200), ("bob", 404), ("charlie", 404), ("mona", 404), ("stranger", 401)],
)
def test_only_the_owner_brings_an_image(
    callers: dict[str, Calls], video: Video, name: str, status: int
) -> None:
    before = kept()

    response = callers[name].send(path_of(video), image_of())

    assert response.status_code == status, response.content
    assert (kept() == before) == (status >= 400)


@pytest.mark.parametrize(
    ("name", "status"),
    [("alice", 202), ("bob", 404), ("charlie", 404), ("mona", 404), ("stranger", 401)],
)
def test_only_the_owner_asks_for_a_moment(
    callers: dict[str, Calls], streamed: Video, name: str, status: int
) -> None:
    before = kept()

    response = callers[name].form(path_of(streamed), at_ms="1500")

    assert response.status_code == status, response.content
    assert (kept() == before) == (status >= 400)


def test_an_image_is_shown_at_once_in_two_sizes(callers: dict[str, Calls], video: Video) -> None:
    answer = said(callers["alice"].send(path_of(video), image_of()))

    video.refresh_from_db()
    assert answer["poster_url"].endswith(f"/{video.poster}")
    assert answer["poster_small_url"].endswith(f"/{video.poster_small}")
    assert video.poster_chosen
    for path in (video.poster, video.poster_small):
        assert storage_open(environment()).get(f"media/{video.public_id}/{path}")


def test_a_moment_is_asked_for(callers: dict[str, Calls], streamed: Video) -> None:
    callers["alice"].form(path_of(streamed), at_ms="1500")

    fact = FactRecord.objects.get(name="poster.asked")
    assert fact.payload["at_ms"] == 1500


def test_the_automatic_one_can_be_had_again(callers: dict[str, Calls], streamed: Video) -> None:
    callers["alice"].send(path_of(streamed), image_of())

    answer = said(callers["alice"]("DELETE", path_of(streamed)))

    assert answer["poster_url"].endswith("/s1/poster.jpg")
    assert FactRecord.objects.filter(name="poster.replaced").exists()


@pytest.mark.parametrize("fields", [{}, {"at_ms": ""}, {"at_ms": "-1"}, {"at_ms": "soon"}])
def test_a_moment_is_a_number(
    callers: dict[str, Calls], streamed: Video, fields: dict[str, str]
) -> None:
    before = kept()

    refused(callers["alice"].form(path_of(streamed), **fields), 422, "invalid")

    assert kept() == before


def test_both_at_once_are_refused(callers: dict[str, Calls], streamed: Video) -> None:
    before = kept()

    refused(callers["alice"].send(path_of(streamed), image_of(), at_ms="1"), 422, "invalid")

    assert kept() == before


@pytest.mark.parametrize("at_ms", ["12001", "9007199254740992"])
def test_a_moment_past_the_end_is_refused(
    callers: dict[str, Calls], streamed: Video, at_ms: str
) -> None:
    refused(callers["alice"].form(path_of(streamed), at_ms=at_ms), 422, "refused")


def test_without_a_file_there_are_no_moments(callers: dict[str, Calls], channel: Channel) -> None:
    video = video_make(channel, state="awaiting")

    refused(callers["alice"].form(path_of(video), at_ms="0"), 422, "refused")


@pytest.mark.parametrize("data", [b"", b"not an image", b"<svg/>", b"\x89PNG\r\n\x1a\n" * 9])
def test_what_is_no_image_is_refused(callers: dict[str, Calls], video: Video, data: bytes) -> None:
    before, file = kept(), io.BytesIO(data)
    file.name = "swans.png"

    refused(callers["alice"].send(path_of(video), file), 422, "refused")

    assert kept() == before


def test_an_image_that_is_too_large_is_refused(callers: dict[str, Calls], video: Video) -> None:
    file = io.BytesIO(b"x" * 5_000_001)
    file.name = "swans.png"

    refused(callers["alice"].send(path_of(video), file), 413, "too-large")
