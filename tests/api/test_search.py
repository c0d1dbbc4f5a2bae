"""Searching and looking around through the API."""

from __future__ import annotations

import json

import pytest

from antenne.catalog.models import Channel
from tests.api.callers import Calls, refused, said
from tests.catalog.finding import known, spoken


def test_videos_are_found_with_the_moments_of_their_words(channel: Channel) -> None:
    video = known(channel, "Harbour film", language="en")
    spoken(video, "nothing", "the ferry leaves")

    found = said(Calls().get("/search?q=ferries"))

    assert [row["video"]["id"] for row in found["videos"]] == [video.public_id]
    assert found["videos"][0]["moments"] == [{"start_ms": 10_000, "text": "the ferry leaves"}]
    assert (found["channels"], found["meant"], found["next_cursor"]) == ([], None, None)


def test_channels_are_found_and_typos_understood(channel: Channel) -> None:
    known(channel, "Harbour lighthouse")

    assert [
        row["handle"] for row in said(Calls().get("/search?q=ali%20ce&kind=channel"))["channels"]
    ] == []
    found = said(Calls().get("/search?q=alice&kind=channel"))
    assert [row["handle"] for row in found["channels"]] == [channel.handle]
    assert said(Calls().get("/search?q=lighthuose"))["meant"] == "lighthouse"


def test_lists_are_narrowed_and_paged(channel: Channel) -> None:
    for number in range(3):
        known(channel, f"Swan {number}", category="music", tags=["Birds"], language="fr")
    known(channel, "Ferry")

    assert len(said(Calls().get("/videos"))["items"]) == 4
    for query in ("category=music", "tag=birds", "language=fr"):
        first = said(Calls().get(f"/videos?{query}&size=2"))
        rest = said(Calls().get(f"/videos?{query}&size=2&cursor={first['next_cursor']}"))
        assert [len(first["items"]), len(rest["items"])] == [2, 1]
    assert len(said(Calls().get("/trending?category=music"))["items"]) == 3
    assert json.loads(Calls().get("/categories").content) == [{"key": "music", "name": "Music"}]


@pytest.mark.parametrize(
    "path",
    [
        "/search?kind=nothing",
        "/search?length=9",
        "/search?q=" + "x" * 201,
        "/search?q=%00",
        "/videos?category=none",
        "/trending?language=<b>",
        "/search?size=0",
    ],
)
def test_what_makes_no_sense_is_refused(region: None, path: str) -> None:
    refused(Calls().get(path), 422, "invalid")


@pytest.mark.parametrize("path", ["/search?q=a&cursor=x", "/trending?cursor=W25hbiwgIngiXQ"])
def test_a_made_up_cursor_is_refused(region: None, path: str) -> None:
    answer = Calls().get(path)

    assert answer.status_code in (400, 422)


def test_strangers_find_nothing_closed(channel: Channel) -> None:
    spoken(known(channel, "Heliotrope", visibility="private", category="music"), "heliotrope")

    for path in ("/search?q=heliotrope", "/trending", "/videos?category=music", "/categories"):
        assert "eliotrope" not in Calls().get(path).content.decode()
        assert "music" not in Calls().get(path).content.decode()
