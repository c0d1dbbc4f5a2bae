"""Playlists over the API: made, filled, ordered, and what nonsense does."""

from __future__ import annotations

from uuid import uuid4

import pytest

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Playlist, Video
from antenne.catalog.services.visibility import Showing, visibility_set
from tests.api.callers import Calls, refused, said
from tests.factories.catalog import video_make
from tests.factories.playlists import playlist_make, titles_of


def test_a_playlist_is_made_filled_and_ordered(
    callers: dict[str, Calls], alice: Person, channel: Channel
) -> None:
    call = callers["alice"]
    made = said(call("POST", "/playlists", {"title": " Birds  of\nprey ", "visibility": "public"}))
    items = []
    for title in "ABC":
        video = {"video": video_make(channel, title=title).public_id}
        items.append(said(call("POST", f"/playlists/{made['id']}/items", video))["id"])

    call("PUT", f"/playlists/{made['id']}/items/{items[2]}/place", {"after": items[0]})

    assert (made["title"], made["videos"], made["owner"]) == ("Birds of prey", 0, "alice")
    listed = said(callers["stranger"].get(f"/playlists/{made['id']}/items?size=2"))
    assert [row["video"]["title"] for row in listed["items"]] == ["A", "C"]
    rest = callers["stranger"].get(f"/playlists/{made['id']}/items?cursor={listed['next_cursor']}")
    assert [row["video"]["title"] for row in said(rest)["items"]] == ["B"]
    assert said(call.get("/playlists"))["items"][0]["videos"] == 3


def test_what_is_closed_now_is_null(
    callers: dict[str, Calls], alice: Person, channel: Channel
) -> None:
    playlist = playlist_make(alice, video_make(channel))
    video = Video.objects.get()
    visibility_set(by=alice, public_id=video.public_id, showing=Showing(visibility="private"))

    found = said(callers["bob"].get(f"/playlists/{playlist.public_id}/items"))

    assert [row["video"] for row in found["items"]] == [None]


@pytest.mark.parametrize("body", [
    {}, {"title": ""}, {"title": "x" * 151}, {"title": 7}, {"title": "a\x00b"},
    {"title": "A", "visibility": "magic"}, {"title": "A", "more": 1},
])  # fmt: skip
def test_nonsense_makes_no_playlist(
    callers: dict[str, Calls], alice: Person, body: dict[str, object]
) -> None:
    refused(callers["alice"]("POST", "/playlists", body), 422, "invalid")

    assert Playlist.objects.count() == 0


def test_nonsense_moves_nothing(callers: dict[str, Calls], alice: Person, channel: Channel) -> None:
    playlist = playlist_make(alice, *(video_make(channel, title=title) for title in "AB"))
    place = f"/playlists/{playlist.public_id}/items/{playlist.items.earliest('pk').pk}/place"
    call = callers["alice"]

    refused(call("PUT", place, {"after": str(uuid4())}), 404, "not-found")
    refused(call("PUT", place, {"after": "first"}), 422, "invalid")
    path = f"/playlists/{playlist.public_id}/items"
    refused(call("POST", path, {"video": "x0nothing"}), 404, "not-found")
    refused(call("POST", path, {"video": "\x00"}), 422, "invalid")

    assert titles_of(playlist) == ["A", "B"]
