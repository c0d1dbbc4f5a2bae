"""A channel's handle, pictures, defaults and offer over the API, and its end."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Video
from tests.api.callers import Calls, kept, refused, said
from tests.community.test_posts import picture
from tests.factories.catalog import video_make

DEFAULTS = {"visibility": "unlisted", "category": "music", "language": "fr", "tags": ["Swans"]}


def image(data: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile("swans.png", picture(800, 800) if data is None else data)


def test_a_channel_says_what_it_is_with_links_and_a_featured_video(
    callers: dict[str, Calls], video: Video
) -> None:
    wish = {"links": [{"url": "example.org/birds"}], "featured": video.public_id}

    said_now = said(callers["alice"]("PATCH", "/channels/alice", wish))

    assert said_now["links"] == [{"title": "example.org", "url": "https://example.org/birds"}]
    assert said_now["featured"] == video.public_id
    assert said(callers["stranger"].get("/channels/alice")) == said_now


@pytest.mark.parametrize("wish", [
    {"links": [{"url": "javascript://example.org/%0a"}]},
    {"links": [{"url": "https://example.org"}] * 11},
    {"links": [{"title": "Where?"}]},
    {"featured": "x0nothing"},
])  # fmt: skip
def test_nonsense_is_not_said_of_a_channel(
    callers: dict[str, Calls], channel: Channel, wish: dict[str, object]
) -> None:
    before = kept()

    assert callers["alice"]("PATCH", "/channels/alice", wish).status_code == 422

    assert kept() == before


def test_a_channel_is_renamed(callers: dict[str, Calls], channel: Channel) -> None:
    call = callers["alice"]

    renamed = said(call("PUT", "/channels/alice/handle", {"handle": "Swans"}))

    assert renamed["handle"] == "swans"
    before = kept()
    refused(call("PUT", "/channels/swans/handle", {"handle": "a b"}), 422, "invalid")
    refused(call("PUT", "/channels/swans/handle", {"handle": "--"}), 422, "refused")
    assert kept() == before


@pytest.mark.parametrize("kind", ["avatar", "banner"])
def test_a_picture_is_shown_and_taken_away(
    callers: dict[str, Calls], channel: Channel, kind: str
) -> None:
    path = f"/channels/alice/pictures/{kind}"

    shown = said(callers["alice"].send(path, image()))
    assert f"/{channel.picture_folder}" in shown[f"{kind}_url"]

    gone = said(callers["alice"]("DELETE", path))
    assert gone[f"{kind}_url"] is None


@pytest.mark.parametrize(
    ("name", "status"), [("bob", 404), ("charlie", 404), ("mona", 404), ("stranger", 401)]
)
def test_only_its_managers_choose_its_pictures(
    callers: dict[str, Calls], channel: Channel, name: str, status: int
) -> None:
    before = kept()

    answer = callers[name].send("/channels/alice/pictures/avatar", image())

    assert (answer.status_code, kept()) == (status, before)


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [(b"GIF89a", 422, "refused"), (b"", 422, "refused"), (b"x" * 5_000_001, 413, "too-large")],
)
def test_what_is_no_picture_is_refused(
    callers: dict[str, Calls], channel: Channel, data: bytes, status: int, code: str
) -> None:
    before = kept()

    refused(callers["alice"].send("/channels/alice/pictures/banner", image(data)), status, code)

    assert kept() == before


def test_new_videos_begin_with_the_defaults(callers: dict[str, Calls], channel: Channel) -> None:
    call = callers["alice"]
    assert said(call.get("/channels/alice/defaults"))["visibility"] == "public"

    chosen = said(call("PUT", "/channels/alice/defaults", DEFAULTS))
    made = said(call("POST", "/videos", {"filename": "a.mp4", "channel": "alice"}))["video"]

    assert chosen == said(call.get("/channels/alice/defaults"))
    assert (chosen["visibility"], chosen["tags"]) == ("unlisted", ["swans"])
    assert (made["visibility"], made["language"]) == ("unlisted", "fr")


@pytest.mark.parametrize(
    "wish", [{"visibility": "password"}, {"category": "magic"}, {"language": "?"}, {"more": 1}]
)
def test_nonsense_is_no_default(
    callers: dict[str, Calls], channel: Channel, wish: dict[str, object]
) -> None:
    before = kept()

    assert callers["alice"]("PUT", "/channels/alice/defaults", wish).status_code == 422

    assert kept() == before


def test_an_offer_is_made(callers: dict[str, Calls], channel: Channel) -> None:
    call, wish = callers["alice"], {"files": False, "rights": True, "ahead": True}
    assert said(call.get("/channels/alice/offer")) == {
        "files": True,
        "rights": False,
        "ahead": False,
    }

    assert said(call("PUT", "/channels/alice/offer", wish)) == wish

    assert said(call.get("/channels/alice/offer")) == wish


def test_a_channel_goes_with_its_videos(
    callers: dict[str, Calls], channel: Channel, alice: Person
) -> None:
    gone = video_make(channel).public_id

    assert callers["alice"]("DELETE", "/channels/alice").status_code == 204

    refused(callers["alice"].get("/channels/alice"), 404, "not-found")
    assert callers["alice"].get(f"/videos/{gone}").status_code in (404, 410)
    assert not Channel.objects.exists()
