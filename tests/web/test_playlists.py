"""Pages of playlists: the library, saving, ordering, playing one; who may do which."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Playlist, Video
from antenne.catalog.selectors.playlists import playlist_for_later
from antenne.catalog.services.playlists import playlist_editor_add
from antenne.catalog.services.visibility import Showing, visibility_set
from tests.cast import person_make
from tests.factories.catalog import video_make, video_of
from tests.factories.playlists import playlist_make, titles_of
from tests.web.pages import block_of, client_of

CAST = ("alice", "bob", "charlie", "stranger")


@pytest.fixture
def birds(alice: Person, bob: Person, channel: Channel) -> Playlist:
    """Alice's playlist, with which Bob helps."""
    videos = [video_make(channel, title=title) for title in ("Auk", "Bee", "Crane")]
    playlist = playlist_make(alice, *videos)
    playlist_editor_add(by=alice, public_id=playlist.public_id, handle="bob")
    return playlist


@pytest.fixture
def browsers(alice: Person, bob: Person, region: None) -> dict[str, Client]:
    """A browser of each: Alice owns, Bob helps, Charlie and a stranger only look."""
    people = {"alice": alice, "bob": bob, "charlie": person_make("Charlie")}
    return {name: client_of(people.get(name)) for name in CAST}


def item_path(playlist: Playlist, title: str, act: str) -> str:
    item = playlist.items.get(video__title=title)
    return f"/playlists/{playlist.public_id}/items/{item.pk}/{act}"


@pytest.mark.parametrize(("name", "status"), list(zip(CAST, (302, 302, 404, 302), strict=True)))
def test_owner_and_helper_order_and_nobody_else(
    browsers: dict[str, Client], birds: Playlist, name: str, status: int
) -> None:
    response = browsers[name].post(item_path(birds, "Crane", "move"), {"step": "up"})

    moved = name in ("alice", "bob")
    assert response.status_code == status
    assert titles_of(birds) == (["Auk", "Crane", "Bee"] if moved else ["Auk", "Bee", "Crane"])
    assert moved or status == 404 or "/sign-in" in response.headers["Location"]


@pytest.mark.parametrize(("name", "status"), list(zip(CAST, (302, 404, 404, 302), strict=True)))
@pytest.mark.parametrize("act", ["edit", "remove", "helpers"])
def test_only_its_owner_changes_a_playlist_itself(
    browsers: dict[str, Client], birds: Playlist, act: str, name: str, status: int
) -> None:
    body = {"title": "Other", "visibility": "private", "handle": "charlie"}
    response = browsers[name].post(f"/playlists/{birds.public_id}/{act}", body)

    after = Playlist.objects.filter(pk=birds.pk).first()
    same = after is not None and after.title == "Birds" and after.editors.count() == 1
    assert response.status_code == status
    assert same is (name != "alice")


@pytest.mark.parametrize(("title", "step", "order"), [
    ("Auk", "up", "Auk Bee Crane"), ("Auk", "down", "Bee Auk Crane"),
    ("Crane", "down", "Auk Bee Crane"), ("Bee", "up", "Bee Auk Crane"),
])  # fmt: skip
def test_a_step_goes_no_further_than_the_ends(
    browsers: dict[str, Client], birds: Playlist, title: str, step: str, order: str
) -> None:
    browsers["alice"].post(item_path(birds, title, "move"), {"step": step})

    assert titles_of(birds) == order.split()


@pytest.mark.parametrize("body", [{"after": "nonsense"}, {"after": str(uuid4())}, {"step": "over"}])
def test_nonsense_moves_nothing(
    browsers: dict[str, Client], birds: Playlist, body: dict[str, str]
) -> None:
    response = browsers["alice"].post(item_path(birds, "Auk", "move"), body)

    assert response.status_code == 404
    assert titles_of(birds) == ["Auk", "Bee", "Crane"]


def test_a_script_is_answered_with_nothing(browsers: dict[str, Client], birds: Playlist) -> None:
    headers = {"X-Requested-With": "fetch"}

    moved = browsers["alice"].post(item_path(birds, "Auk", "move"), {"after": ""}, headers=headers)
    taken = browsers["alice"].post(item_path(birds, "Bee", "drop"), headers=headers)

    assert (moved.status_code, taken.status_code) == (204, 204)
    assert titles_of(birds) == ["Auk", "Crane"]


def test_a_private_playlist_is_shown_to_its_people_alone(
    browsers: dict[str, Client], birds: Playlist
) -> None:
    browsers["alice"].post(
        f"/playlists/{birds.public_id}/edit", {"title": "Birds", "visibility": "private"}
    )

    seen = {name: browsers[name].get(f"/playlists/{birds.public_id}") for name in CAST}

    statuses = [seen[name].status_code for name in CAST]
    assert statuses == [200, 200, 404, 404]
    assert "Birds" not in seen["charlie"].content.decode()
    assert birds.items.filter(list_audience="owners").count() == 3


def test_a_video_that_is_closed_now_says_nothing_of_itself(
    browsers: dict[str, Client], alice: Person, birds: Playlist
) -> None:
    video = Video.objects.get(title="Bee")
    visibility_set(by=alice, public_id=video.public_id, showing=Showing(visibility="private"))

    theirs = browsers["bob"].get(f"/playlists/{birds.public_id}").content.decode()
    own = browsers["alice"].get(f"/playlists/{birds.public_id}").content.decode()

    assert "Bee" not in theirs
    assert video.public_id not in theirs
    assert "Not available" in theirs
    assert "Bee" in own


def test_playing_a_playlist_goes_on_through_it(
    client: Client, birds: Playlist, alice: Person
) -> None:
    videos = {video.title: video.public_id for video in Video.objects.all()}
    listed = f"?list={birds.public_id}"
    visibility_set(by=alice, public_id=videos["Bee"], showing=Showing(visibility="private"))

    first = block_of(client.get(f"/v/{videos['Auk']}{listed}"), "playback")
    last = block_of(client.get(f"/v/{videos['Crane']}{listed}"), "playback")

    assert first["next"]["url"] == f"/v/{videos['Crane']}{listed}"
    assert (first["listed"], first["previousUrl"]) == (True, "")
    assert (last["next"], last["previousUrl"]) == (None, f"/v/{videos['Auk']}{listed}")


@pytest.mark.parametrize("wish", ["", "x0nothing", "\x00", "%00", "a" * 400, "تاج"])
def test_a_playlist_that_is_not_there_is_left_out(
    client: Client, channel: Channel, wish: str
) -> None:
    video = video_make(channel)

    response = client.get(f"/v/{video.public_id}", {"list": wish})

    assert response.status_code == 200
    assert block_of(response, "playback")["listed"] is False


def test_nonsense_for_a_place_is_the_beginning(client: Client, birds: Playlist) -> None:
    for after in ("\x00", "%", "تاج", "zzzz" * 99):
        response = client.get(f"/playlists/{birds.public_id}", {"after": after})
        assert response.status_code == 200


def test_someone_elses_private_playlist_does_not_play(client: Client, alice: Person) -> None:
    video = video_of(alice)
    playlist = playlist_make(alice, video, title="Secrets", visibility="private")

    page = client.get(f"/v/{video.public_id}?list={playlist.public_id}").content.decode()

    assert "Secrets" not in page


def test_the_library_holds_ones_own_and_what_one_helps_with(
    browsers: dict[str, Client], birds: Playlist
) -> None:
    pages = {name: browsers[name].get("/library") for name in CAST}

    held = {name: "Birds" in page.content.decode() for name, page in pages.items()}
    assert held == {"alice": True, "bob": True, "charlie": False, "stranger": False}
    assert "/sign-in" in pages["stranger"].headers["Location"]


def test_a_new_playlist_needs_a_name(browsers: dict[str, Client]) -> None:
    for body in ({}, {"title": " "}, {"title": "x" * 151}, {"title": "A", "visibility": "magic"}):
        response = browsers["alice"].post("/library/playlists", {"visibility": "public", **body})
        assert response.headers["Location"] == "/library"
    assert Playlist.objects.count() == 0

    made = browsers["alice"].post("/library/playlists", {"title": "A", "visibility": "public"})
    assert made.headers["Location"] == f"/playlists/{Playlist.objects.get().public_id}"


def test_saving_for_later_works_without_scripts(alice: Person, bob: Person) -> None:
    video = video_of(alice)
    browser = client_of(bob)
    path = f"/v/{video.public_id}/save"

    browser.post(path, {"playlist": "later", "wish": "on"})
    later = playlist_for_later(bob)
    assert later is not None
    assert titles_of(later, bob) == ["Swans"]

    browser.post(path, {"playlist": "later", "wish": "off"})
    assert titles_of(later, bob) == []


def test_the_dialog_is_a_part_and_makes_a_playlist(alice: Person, bob: Person) -> None:
    video = video_of(alice)
    browser = client_of(bob)
    headers = {"HX-Request": "true"}

    part = browser.post(
        f"/v/{video.public_id}/save", {"title": "New", "visibility": "private"}, headers=headers
    )

    assert part.status_code == 200
    assert "<html" not in part.content.decode()
    assert 'aria-pressed="true"' in part.content.decode()
    assert titles_of(Playlist.objects.get(), bob) == ["Swans"]


def test_nobody_saves_to_anothers_playlist_or_what_they_may_not_watch(
    browsers: dict[str, Client], birds: Playlist, channel: Channel
) -> None:
    secret = video_make(channel, title="Secret", visibility="private")
    open_one = video_make(channel, title="Open")
    body = {"playlist": birds.public_id, "wish": "on"}

    assert browsers["charlie"].post(f"/v/{open_one.public_id}/save", body).status_code == 404
    assert browsers["bob"].post(f"/v/{secret.public_id}/save", body).status_code == 404
    assert browsers["bob"].get(f"/v/{secret.public_id}/save").status_code == 404
    assert titles_of(birds) == ["Auk", "Bee", "Crane"]
