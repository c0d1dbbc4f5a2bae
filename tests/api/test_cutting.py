"""Cuts, added sound tracks and translations of a video over the API."""

from __future__ import annotations

import io

import pytest

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Video, VideoTranslation
from antenne.catalog.services.translations import translation_put
from antenne.kernel.environment import environment
from antenne.kernel.storage.opening import storage_open
from antenne.pipeline.models import Dub, Stream, Upload
from tests.api.callers import Calls, kept, refused, said, said_all
from tests.factories.pipeline import upload_make

PARTS = [{"start_ms": 2000, "end_ms": 5000}, {"start_ms": 6500, "end_ms": 10_000}]


@pytest.fixture
def playing(channel: Channel, video: Video) -> Video:
    """Alice's video of twelve seconds, which plays a stream."""
    upload = upload_make(channel)
    Upload.objects.filter(pk=upload.pk).update(video=video, probe={"chapters": []})
    Stream.objects.create(home=video.home, video=video, upload=upload, name="s1")
    return video


def sound(data: bytes = b"sound") -> io.BytesIO:
    file = io.BytesIO(data)
    file.name = "fr.m4a"
    return file


def test_a_cut_is_asked_for_once(callers: dict[str, Calls], playing: Video) -> None:
    call, path = callers["alice"], f"/videos/{playing.public_id}/cut"
    assert said(call.get(path)) == {"ranges": [], "pending": False}

    answer = call("PUT", path, {"ranges": PARTS})

    assert (answer.status_code, said(answer)) == (202, {"ranges": [], "pending": True})
    made = Upload.objects.get(state="cutting")
    assert made.cut
    assert made.cut["ranges"] == [[2000, 5000], [6500, 10_000]]
    refused(call("PUT", path, {"ranges": PARTS}), 422, "refused")
    assert Upload.objects.filter(state="cutting").count() == 1


@pytest.mark.parametrize(("ranges", "code"), [
    ([], "invalid"),
    ([{"start_ms": -1, "end_ms": 5}], "invalid"),
    ([{"start_ms": 0}], "invalid"),
    ([{"start_ms": 0, "end_ms": 12_000}], "refused"),
    ([{"start_ms": 5000, "end_ms": 2000}], "refused"),
    ([{"start_ms": 0, "end_ms": 9}], "refused"),
])  # fmt: skip
def test_nonsense_cuts_nothing(
    callers: dict[str, Calls], playing: Video, ranges: list[object], code: str
) -> None:
    call, path = callers["alice"], f"/videos/{playing.public_id}/cut"
    before = kept()

    refused(call("PUT", path, {"ranges": ranges}), 422, code)
    refused(call("DELETE", path), 422, "refused")

    assert kept() == before


def test_a_sound_track_is_added_once_and_taken_away(
    callers: dict[str, Calls], video: Video
) -> None:
    call, path = callers["alice"], f"/videos/{video.public_id}/sounds"

    made = said(call.send(path, sound(), language="fr", label="Français"))
    refused(call.send(path, sound(), language="fr", label="Français"), 422, "refused")

    assert (made["language"], made["label"], made["state"]) == ("fr", "Français", "waiting")
    assert said_all(call.get(path)) == [made]
    key = Dub.objects.get().object_key
    assert storage_open(environment()).get(key) == b"sound"
    assert call("DELETE", f"{path}/{made['id']}").status_code == 204
    assert said_all(call.get(path)) == []


@pytest.mark.parametrize(("data", "fields"), [
    (b"", {"language": "fr"}),
    (b"sound", {"language": "no language"}),
    (b"sound", {}),
    (b"sound", {"language": "fr", "label": "x" * 81}),
])  # fmt: skip
def test_what_is_no_track_is_refused(
    callers: dict[str, Calls], video: Video, data: bytes, fields: dict[str, str]
) -> None:
    answer = callers["alice"].send(f"/videos/{video.public_id}/sounds", sound(data), **fields)

    assert answer.status_code == 422, answer.content
    assert not Dub.objects.exists()


@pytest.mark.parametrize(
    ("name", "status"), [("bob", 404), ("charlie", 404), ("mona", 404), ("stranger", 401)]
)
def test_nobody_else_adds_a_sound(
    callers: dict[str, Calls], video: Video, name: str, status: int
) -> None:
    answer = callers[name].send(f"/videos/{video.public_id}/sounds", sound(), language="fr")

    assert answer.status_code == status
    assert not Dub.objects.exists()


def test_a_video_is_called_otherwise_in_another_language(
    callers: dict[str, Calls], video: Video
) -> None:
    call, path = callers["alice"], f"/videos/{video.public_id}/translations"
    said_now = said(call("PUT", f"{path}/pt-BR", {"title": "Cisnes", "description": "Dois."}))

    assert said_now == {"language": "pt-br", "title": "Cisnes", "description": "Dois."}
    call("PUT", f"{path}/fr", {"title": "Cygnes"})
    listed = said_all(callers["stranger"].get(path))
    assert [(row["language"], row["title"]) for row in listed] == [
        ("fr", "Cygnes"), ("pt-br", "Cisnes"),
    ]  # fmt: skip
    assert call("DELETE", f"{path}/fr").status_code == 204
    refused(call("DELETE", f"{path}/fr"), 404, "not-found")


@pytest.mark.parametrize(("language", "body"), [
    ("francais", {"title": "Cygnes"}),
    ("fr", {"title": ""}),
    ("fr", {}),
    ("fr", {"title": "x" * 201}),
    ("fr", {"title": "Cygnes", "more": 1}),
])  # fmt: skip
def test_nonsense_translates_nothing(
    callers: dict[str, Calls], video: Video, alice: Person, language: str, body: dict[str, str]
) -> None:
    translation_put(by=alice, public_id=video.public_id, language="es", title="Cisnes")
    path = f"/videos/{video.public_id}/translations/{language}"

    refused(callers["alice"]("PUT", path, body), 422, "invalid")

    assert [row.title for row in VideoTranslation.objects.all()] == ["Cisnes"]
