"""Captions that people bring."""

from __future__ import annotations

import io

import pytest

from antenne.catalog.models import Caption, Video
from antenne.kernel.environment import environment
from antenne.kernel.storage.opening import storage_open
from antenne.kernel.storage.protocol import ObjectMissing
from tests.api.callers import Calls, kept, refused, said

SRT = b"1\n00:00:01,000 --> 00:00:02,000\nTwo swans\n"


def file_of(data: bytes, name: str = "swans.srt") -> io.BytesIO:
    file = io.BytesIO(data)
    file.name = name
    return file


@pytest.mark.parametrize(
    ("name", "status"),
    [("alice", 201), ("bob", 404), ("charlie", 404), ("mona", 404), ("stranger", 401)],
)
def test_only_the_owner_brings_captions(
    callers: dict[str, Calls], video: Video, name: str, status: int
) -> None:
    before = kept()

    response = callers[name].send(
        f"/videos/{video.public_id}/captions", file_of(SRT), language="en", label="English"
    )

    assert response.status_code == status, response.content
    assert (kept() == before) == (status >= 400)


def test_a_track_is_kept_as_webvtt_and_taken_away_with_its_object(
    callers: dict[str, Calls], video: Video
) -> None:
    path, alice = f"/videos/{video.public_id}/captions", callers["alice"]
    made = said(alice.send(path, file_of(SRT), language="en"))
    storage, key = (
        storage_open(environment()),
        f"media/{video.public_id}/{Caption.objects.get().path}",
    )
    kept_text = storage.get(key).decode()

    response = alice("DELETE", f"{path}/{made['id']}")

    assert kept_text.startswith("WEBVTT")
    assert "Two swans" in kept_text
    assert response.status_code == 204
    assert not Caption.objects.exists()
    with pytest.raises(ObjectMissing):
        storage.get(key)


@pytest.mark.parametrize("data", [b"", b"\x00" * 100, b"not captions at all", b"\x89PNG\r\n" * 50])
def test_what_is_no_caption_file_is_refused(
    callers: dict[str, Calls], video: Video, data: bytes
) -> None:
    before = kept()

    response = callers["alice"].send(
        f"/videos/{video.public_id}/captions", file_of(data), language="en"
    )

    assert response.status_code == 422, response.content
    assert kept() == before


@pytest.mark.parametrize("language", ["", "english please", "e\x00", "../en"])
def test_a_language_is_a_tag(callers: dict[str, Calls], video: Video, language: str) -> None:
    response = callers["alice"].send(
        f"/videos/{video.public_id}/captions", file_of(SRT), language=language
    )

    problem = refused(response, 422, "invalid")
    assert problem["errors"][0]["location"] == "form.language"


def test_a_file_that_is_too_large_is_refused(callers: dict[str, Calls], video: Video) -> None:
    response = callers["alice"].send(
        f"/videos/{video.public_id}/captions", file_of(b"x" * 6_000_000), language="en"
    )

    refused(response, 413, "too-large")
    assert not Caption.objects.exists()
