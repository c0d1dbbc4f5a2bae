"""Playlists in search: public ones with something in them, in the words of each language."""

from __future__ import annotations

import pytest
from django.test import Client

from antenne.accounts.models import Person
from antenne.catalog.asking import asking_prefix, asking_read
from antenne.catalog.models import Channel, PlaylistSearch, SearchWord, Video
from antenne.catalog.selectors.playlist_search import playlists_found, playlists_suggested
from antenne.catalog.selectors.search import Sort
from antenne.catalog.services.playlists import (
    playlist_edit,
    playlist_item_remove,
    playlist_later,
    playlist_remove,
)
from antenne.catalog.services.search import search_catch_up
from antenne.catalog.services.trends import words_count
from antenne.community.selectors.onlookers import onlooker_of
from antenne.community.services.blocks import person_block, word_block
from antenne.custody.services import setting_write
from antenne.custody.settings import FeatureSettings
from tests.factories.catalog import video_make
from tests.factories.playlists import playlist_make
from tests.pipeline.draining import drain


@pytest.fixture
def video(channel: Channel) -> Video:
    """Alice's public video."""
    return video_make(channel, title="Swans")


def found(text: str, person: Person | None = None, *, sort: str = Sort.RELEVANCE) -> list[str]:
    drain(("facts", "short"))
    onlooker = onlooker_of(person, address="127.0.0.1")
    page = playlists_found(asking_read(text), onlooker=onlooker, sort=sort)
    return [row.title for row in page.rows]


@pytest.mark.parametrize(
    ("title", "asked"),
    [
        ("The singing lighthouses", "lighthouse sing"),
        ("Les chevaux de l'été", "cheval ete"),
        ("Las canciones del río", "cancion rio"),
        ("As canções do mar", "cancoes"),
        ("夜の灯台を歩く", "灯台"),
        ("Rock & roll", '"rock & roll"'),
    ],
)
def test_words_are_found_in_every_language(
    alice: Person, video: Video, title: str, asked: str
) -> None:
    playlist_make(alice, video, title=title)
    playlist_make(alice, video, title="Another")

    assert found(asked) == [title]


def test_a_title_goes_before_a_description(alice: Person, video: Video) -> None:
    playlist_make(alice, video, title="Harbours")
    said = playlist_make(alice, video, title="Evenings")
    playlist_edit(by=alice, public_id=said.public_id, description="In all the harbours. #west")

    assert found("harbour") == ["Harbours", "Evenings"]
    assert found("harbour", sort=Sort.NEWEST) == ["Evenings", "Harbours"]
    assert found("harbour -evenings") == ["Harbours"]
    assert found("west") == ["Evenings"]
    assert found("") == ["Evenings", "Harbours"]


@pytest.mark.parametrize("visibility", ["unlisted", "private"])
def test_what_is_not_public_is_found_by_nobody(
    alice: Person, video: Video, visibility: str
) -> None:
    made = playlist_make(alice, video, title="Harbours", visibility=visibility)
    playlist_later(by=alice)
    assert (found("harbour"), found("", alice)) == ([], [])

    playlist_edit(by=alice, public_id=made.public_id, visibility="public")
    assert found("harbour") == ["Harbours"]
    playlist_edit(by=alice, public_id=made.public_id, visibility=visibility)

    # From this moment on, before any worker comes by.
    assert playlists_found(asking_read("harbour")).rows == ()
    assert playlists_suggested(asking_prefix("harb")) == []
    assert found("harbour") == []
    assert not PlaylistSearch.objects.exists()
    words_count()
    assert not SearchWord.objects.filter(word="harbours").exists()


def test_a_list_in_which_nobody_sees_anything_is_not_found(
    alice: Person, channel: Channel, video: Video
) -> None:
    made = playlist_make(alice, video, title="Harbours")
    playlist_make(alice, video_make(channel, visibility="private"), title="Harbours inside")
    assert found("harbour") == ["Harbours"]

    playlist_item_remove(by=alice, public_id=made.public_id, video=video.public_id)

    assert found("harbour") == []


def test_a_removed_list_is_gone(alice: Person, video: Video) -> None:
    made = playlist_make(alice, video, title="Harbours")
    assert found("harbour") == ["Harbours"]

    playlist_remove(by=alice, public_id=made.public_id)

    assert found("harbour") == []


def test_what_somebody_has_blocked_is_not_found(
    alice: Person, bob: Person, charlie: Person, video: Video
) -> None:
    playlist_make(alice, video, title="Harbours")
    playlist_make(bob, video, title="Harbours of vinegar")
    person_block(by=charlie, handle=alice.handle)
    assert found("harbour", charlie) == ["Harbours of vinegar"]

    word_block(by=charlie, word="vinegar")

    assert found("harbour", charlie) == []
    assert len(found("harbour", bob)) == 2


def test_lists_from_before_are_caught_up_with(alice: Person, video: Video) -> None:
    playlist_make(alice, video, title="Harbours")
    playlist_make(alice, video, title="Harbours inside", visibility="private")
    PlaylistSearch.objects.all().delete()

    assert search_catch_up(most=100) >= 1
    assert [row.title for row in playlists_found(asking_read("harbour")).rows] == ["Harbours"]
    assert search_catch_up(most=100) == 0


def test_they_are_suggested_while_somebody_types(alice: Person, video: Video) -> None:
    made = playlist_make(alice, video, title="Lighthouses")
    drain(("facts", "short"))

    assert [row.pk for row in playlists_suggested(asking_prefix("lightho"))] == [made.pk]
    page = Client().get("/search/suggest?q=lightho").content.decode()
    assert f"/playlists/{made.public_id}" in page


def test_the_page_shows_them_among_everything_and_alone(alice: Person, video: Video) -> None:
    made = playlist_make(alice, video, title="Lighthouses")
    drain(("facts", "short"))
    address = f"/playlists/{made.public_id}"
    client = Client()

    for query in ("?q=lighthouse", "?q=lighthouse&kind=playlist", "?kind=playlist"):
        page = client.get(f"/search{query}").content.decode()
        assert address in page
        assert "1 video" in page
    assert address not in client.get("/search?q=lighthouse&kind=channel").content.decode()
    assert client.get("/search?kind=playlist&after=nonsense").status_code == 404
    shown = client.get("/api/v1/search?q=lighthouse&kind=playlist").json()["playlists"]
    assert [(row["id"], row["videos"], row["owner"]) for row in shown] == [
        (made.public_id, 1, alice.handle)
    ]


def test_a_site_without_playlists_finds_none(alice: Person, video: Video, mona: Person) -> None:
    playlist_make(alice, video, title="Harbours")
    assert found("harbour") == ["Harbours"]

    setting_write(value=FeatureSettings(playlists=False), by=mona.pk)

    assert found("harbour") == []
    assert playlists_suggested(asking_prefix("harb")) == []
