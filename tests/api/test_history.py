"""What somebody has watched, kept for later, and does not want to meet."""

from __future__ import annotations

import pytest

from antenne.accounts.models import Person
from antenne.audience.models import History
from antenne.catalog.models import Channel, Playlist, Video
from antenne.catalog.services.visibility import Showing, visibility_set
from antenne.community.models import PersonBlock, WordBlock
from antenne.kernel.clock import now
from tests.api.callers import Calls, kept, refused, said, said_all
from tests.factories.catalog import video_make
from tests.factories.community import comment_make


def watched(person: Person, video: Video, *, position_ms: int = 5000) -> History:
    return History.objects.create(
        home=person.home, person=person, video=video, at=now(), position_ms=position_ms
    )


def titles(call: Calls, path: str) -> list[str]:
    return [row["video"]["title"] for row in said(call.get(path))["items"]]


def test_a_history_is_read_taken_from_and_cleared(
    callers: dict[str, Calls], channel: Channel, bob: Person
) -> None:
    made = [video_make(channel, title=title) for title in "ABC"]
    for video in made:
        watched(bob, video, position_ms=0 if video.title == "A" else 5000)
    call = callers["bob"]

    first = said(call.get("/me/history?size=2"))
    assert titles(call, f"/me/history?cursor={first['next_cursor']}") == ["A"]
    begun = said_all(call.get("/me/history/begun"))
    assert [(row["video"]["title"], row["position_ms"]) for row in begun] == [
        ("C", 5000), ("B", 5000),
    ]  # fmt: skip
    assert call("DELETE", f"/me/history/videos/{made[1].public_id}").status_code == 204
    assert titles(call, "/me/history") == ["C", "A"]
    assert titles(callers["alice"], "/me/history") == []
    call("DELETE", "/me/history")
    assert titles(call, "/me/history") == []


def test_what_was_made_private_since_is_not_listed(
    callers: dict[str, Calls], video: Video, bob: Person
) -> None:
    watched(bob, video)
    alice = video.channel.person
    visibility_set(by=alice, public_id=video.public_id, showing=Showing(visibility="private"))

    assert titles(callers["bob"], "/me/history") == []
    assert said_all(callers["bob"].get("/me/history/begun")) == []


def test_nobody_takes_from_the_history_of_another(
    callers: dict[str, Calls], video: Video, bob: Person
) -> None:
    watched(bob, video)

    for key in (video.public_id, "x0nothing"):
        refused(callers["alice"]("DELETE", f"/me/history/videos/{key}"), 404, "not-found")

    assert History.objects.filter(person=bob).exists()


def test_a_history_is_paused(callers: dict[str, Calls], bob: Person) -> None:
    call = callers["bob"]
    assert said(call.get("/me/history/keeping")) == {"paused": False}

    assert said(call("PUT", "/me/history/keeping", {"paused": True})) == {"paused": True}

    assert said(call.get("/me/history/keeping")) == {"paused": True}
    assert said(callers["alice"].get("/me/history/keeping")) == {"paused": False}
    refused(call("PUT", "/me/history/keeping", {"paused": "perhaps"}), 422, "invalid")


def test_videos_are_kept_for_later_once(
    callers: dict[str, Calls], channel: Channel, video: Video
) -> None:
    call, other = callers["bob"], video_make(channel, title="Geese")
    assert titles(call, "/me/later") == []

    for key in (video.public_id, other.public_id, video.public_id):
        assert call("PUT", f"/me/later/{key}").status_code == 200

    assert titles(call, "/me/later") == ["Swans", "Geese"]
    for _time in range(2):
        assert call("DELETE", f"/me/later/{video.public_id}").status_code == 204
    assert titles(call, "/me/later") == ["Geese"]
    assert titles(callers["alice"], "/me/later") == []


@pytest.mark.parametrize("visibility", ["private", "nothing"])
def test_what_one_may_not_watch_is_not_kept(
    callers: dict[str, Calls], channel: Channel, visibility: str
) -> None:
    key = "x0nothing"
    if visibility == "private":
        key = video_make(channel, visibility="private").public_id

    answer = callers["bob"]("PUT", f"/me/later/{key}")

    assert answer.status_code == (403 if visibility == "private" else 404)
    assert not Playlist.objects.exists()


def test_whom_one_blocks_one_does_not_read(
    callers: dict[str, Calls], video: Video, bob: Person
) -> None:
    comment_make(video, by=bob)
    path = f"/videos/{video.public_id}/comments"
    call = callers["charlie"]

    made = said(call("POST", "/me/blocks/people", {"handle": "@bob"}))

    assert made["person"]["handle"] == "bob"
    assert said(call.get("/me/blocks/people"))["items"] == [made]
    assert said(call.get(path))["items"] == []
    assert call("DELETE", f"/me/blocks/people/{made['id']}").status_code == 204
    assert len(said(call.get(path))["items"]) == 1


def test_a_channel_that_is_blocked_leaves_the_lists(
    callers: dict[str, Calls], video: Video
) -> None:
    call = callers["charlie"]
    call("PUT", "/channels/alice/follow", {})

    for _time in range(2):
        assert call("PUT", "/me/blocks/channels/alice").status_code == 204

    (row,) = said(call.get("/me/blocks/channels"))["items"]
    assert row["channel"]["handle"] == "alice"
    assert said(call.get("/videos"))["items"] == []
    assert said(call.get("/me/follows"))["items"] == []
    assert call("DELETE", "/me/blocks/channels/alice").status_code == 204
    assert said(call.get("/me/blocks/channels"))["items"] == []
    assert len(said(call.get("/videos"))["items"]) == 1


def test_a_word_is_blocked_once(callers: dict[str, Calls]) -> None:
    call = callers["charlie"]
    for word in ("heron", "Heron"):
        call("POST", "/me/blocks/words", {"word": word})

    listed = said_all(call("POST", "/me/blocks/words", {"word": "a goose"}))

    assert [row["word"] for row in listed] == ["a goose", "heron"]
    assert call("DELETE", f"/me/blocks/words/{listed[0]['id']}").status_code == 204
    assert [row["word"] for row in said_all(call.get("/me/blocks/words"))] == ["heron"]


@pytest.mark.parametrize(("path", "body", "code"), [
    ("people", {"handle": "charlie"}, "refused"),
    ("people", {"handle": "nobody"}, "refused"),
    ("people", {}, "invalid"),
    ("words", {"word": ""}, "invalid"),
    ("words", {"word": "x" * 61}, "invalid"),
    ("words", {"word": " "}, "refused"),
])  # fmt: skip
def test_nonsense_blocks_nothing(
    callers: dict[str, Calls], path: str, body: dict[str, str], code: str
) -> None:
    refused(callers["charlie"]("POST", f"/me/blocks/{path}", body), 422, code)

    assert not PersonBlock.objects.exists()
    assert not WordBlock.objects.exists()


def test_a_playlist_has_helpers(callers: dict[str, Calls], channel: Channel) -> None:
    call = callers["alice"]
    made = said(call("POST", "/playlists", {"title": "Birds"}))
    path = f"/playlists/{made['id']}/helpers"
    video = {"video": video_make(channel).public_id}
    refused(callers["bob"]("POST", f"/playlists/{made['id']}/items", video), 404, "not-found")

    helper = said(call("POST", path, {"handle": "bob"}))

    assert said_all(callers["bob"].get(path)) == [helper]
    assert callers["bob"]("POST", f"/playlists/{made['id']}/items", video).status_code == 201
    before = kept()
    refused(callers["bob"]("POST", path, {"handle": "charlie"}), 404, "not-found")
    refused(callers["charlie"]("DELETE", f"{path}/{helper['id']}"), 404, "not-found")
    refused(call("POST", path, {"handle": "nobody"}), 422, "refused")
    assert kept() == before
    assert callers["bob"]("DELETE", f"{path}/{helper['id']}").status_code == 204
    refused(callers["bob"].get(path), 404, "not-found")
