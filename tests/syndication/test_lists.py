"""Feeds of playlists and searches, and a real downloader on a channel's page."""

from __future__ import annotations

from typing import Any

import feedparser
import pytest
from django.test import Client
from pytest_django.live_server_helper import LiveServer
from yt_dlp import YoutubeDL

from antenne.catalog.models import Channel, Playlist
from antenne.catalog.services.playlists import playlist_create, playlist_item_add
from antenne.catalog.services.search import video_index
from tests.factories.catalog import video_make


@pytest.fixture
def playlist(channel: Channel) -> Playlist:
    """Alice's list of a public and an unlisted video."""
    made = playlist_create(by=channel.person, title="Birds", visibility="public")
    for title, visibility in (("Swans", "public"), ("Kept quiet", "unlisted")):
        video = video_make(channel, title=title, visibility=visibility)
        playlist_item_add(by=channel.person, public_id=made.public_id, video=video.public_id)
    return made


def titles(address: str) -> list[str]:
    answer = Client().get(address)
    assert answer.status_code == 200
    found = feedparser.parse(answer.content)
    assert not found.bozo
    return [entry.title for entry in found.entries]


@pytest.mark.parametrize("visibility", ["public", "unlisted"])
def test_a_playlist_is_followed_as_far_as_it_is_public(playlist: Playlist, visibility: str) -> None:
    Playlist.objects.update(visibility=visibility)
    addresses = [
        f"/feeds/playlist/{playlist.public_id}/rss.xml",
        f"/feeds/videos.xml?playlist_id={playlist.public_id}",
    ]

    assert [titles(address) for address in addresses] == [["Swans"], ["Swans"]]


@pytest.mark.parametrize("form", ["rss.xml", "atom.xml", "feed.json", "msn.xml", "list.xspf"])
def test_a_private_playlist_has_no_feed(playlist: Playlist, form: str) -> None:
    Playlist.objects.update(visibility="private")

    answer = Client().get(f"/feeds/playlist/{playlist.public_id}/{form}")

    assert answer.status_code == 404
    assert b"Birds" not in answer.content


def test_a_search_is_followed(channel: Channel) -> None:
    for title in ("Swans on the lake", "A lighthouse"):
        video_index(video_id=video_make(channel, title=title).pk)

    assert titles("/feeds/search/rss.xml?q=swans") == ["Swans on the lake"]
    assert titles("/feeds/search/rss.xml?q=nothing+of+the+kind") == []
    assert Client().get("/feeds/search/rss.xml").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_yt_dlp_lists_a_channel_from_its_address(channel: Channel, live_server: LiveServer) -> None:
    made = {video_make(channel, title=f"Swans {number}").public_id for number in range(3)}
    options: dict[str, Any] = {"quiet": True, "no_warnings": True, "extract_flat": "in_playlist"}

    with YoutubeDL(options) as program:
        found = program.extract_info(f"{live_server.url}/c/alice", download=False)

    assert found["title"] == "Alice"
    assert {entry["url"].split("#")[0].rpartition("/")[2] for entry in found["entries"]} == made
    assert sorted(entry["title"] for entry in found["entries"]) == ["Swans 0", "Swans 1", "Swans 2"]
    assert [entry["duration"] for entry in found["entries"]] == [12, 12, 12]
