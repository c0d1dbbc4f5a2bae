"""Playlists: an order that somebody chose, and who may see and change it."""

from __future__ import annotations

from uuid import uuid4

import pytest

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Playlist, PlaylistItem, Video
from antenne.catalog.refusals import CatalogRefused, NotFound
from antenne.catalog.selectors.playlists import covers_of, items_around, items_page, playlist_seen
from antenne.catalog.selectors.tallies import tallies_of
from antenne.catalog.services import playlists as services
from antenne.catalog.services.playlists import (
    playlist_create,
    playlist_editor_add,
    playlist_editor_remove,
    playlist_item_add,
    playlist_item_drop,
    playlist_item_move,
    playlist_later,
    playlist_remove,
)
from antenne.catalog.services.videos import video_remove
from antenne.catalog.services.visibility import Showing, visibility_set
from tests.factories.catalog import video_make, video_of
from tests.factories.playlists import playlist_make, titles_of


@pytest.fixture
def birds(alice: Person, channel: Channel) -> Playlist:
    """Alice's playlist of three videos."""
    return playlist_make(alice, *(video_make(channel, title=name) for name in ("A", "B", "C")))


def item_of(playlist: Playlist, title: str) -> PlaylistItem:
    return PlaylistItem.objects.get(playlist=playlist, video__title=title)


@pytest.mark.parametrize(
    ("moved", "after", "order"),
    [("C", "", "CAB"), ("A", "C", "BCA"), ("A", "B", "BAC"), ("B", "B", "ABC"), ("B", "A", "ABC")],
)
def test_an_item_goes_where_it_is_put(
    alice: Person, birds: Playlist, moved: str, after: str, order: str
) -> None:
    behind = item_of(birds, after).pk if after else None

    playlist_item_move(
        by=alice, public_id=birds.public_id, item_id=item_of(birds, moved).pk, after=behind
    )

    assert titles_of(birds) == list(order)


def test_moving_changes_one_row_alone(alice: Person, birds: Playlist) -> None:
    others = list(birds.items.exclude(video__title="C").order_by("pk").values())

    playlist_item_move(
        by=alice, public_id=birds.public_id, item_id=item_of(birds, "C").pk, after=None
    )

    assert list(birds.items.exclude(video__title="C").order_by("pk").values()) == others


@pytest.mark.slow
def test_a_stubborn_hand_gets_short_keys_again(alice: Person, birds: Playlist) -> None:
    a, b, c = (item_of(birds, title).pk for title in "ABC")
    for turn in range(500):
        moved = (b, c)[turn % 2]
        playlist_item_move(by=alice, public_id=birds.public_id, item_id=moved, after=a)

    assert titles_of(birds) == ["A", "C", "B"]
    assert max(len(item.position) for item in birds.items.all()) < 70


def test_nobody_moves_what_is_not_theirs(alice: Person, bob: Person, birds: Playlist) -> None:
    other = playlist_make(bob, video_of(bob, title="Z"), title="Geese")
    mine, theirs = item_of(birds, "A").pk, item_of(other, "Z").pk
    tries = [(bob, birds, mine, None), (bob, other, mine, None), (bob, other, theirs, mine)]

    for by, playlist, item, after in tries:
        with pytest.raises(NotFound):
            playlist_item_move(by=by, public_id=playlist.public_id, item_id=item, after=after)
        with pytest.raises(NotFound):
            playlist_item_move(by=by, public_id="x0nothing", item_id=uuid4(), after=None)

    assert titles_of(birds) == ["A", "B", "C"]


def test_a_private_playlist_is_as_if_it_were_not_there(alice: Person, bob: Person) -> None:
    playlist = playlist_make(alice, visibility="private")

    for viewer in (None, bob):
        with pytest.raises(NotFound):
            playlist_seen(playlist.public_id, viewer=viewer)
    assert playlist_seen(playlist.public_id, viewer=alice) == playlist


def test_a_video_that_turns_private_says_nothing_of_itself_to_others(
    alice: Person, bob: Person
) -> None:
    shared = playlist_make(bob, video_of(alice, title="A"), video_of(bob, title="B"))
    video = Video.objects.get(title="A")
    visibility_set(by=alice, public_id=video.public_id, showing=Showing(visibility="private"))

    assert titles_of(shared) == titles_of(shared, bob) == ["-", "B"]
    assert titles_of(shared, alice) == ["A", "B"]
    cover = covers_of([shared])[shared.pk]
    assert (cover.count, cover.video and cover.video.title) == (2, "B")


def test_what_cannot_be_watched_cannot_be_saved(bob: Person, channel: Channel) -> None:
    playlist = playlist_make(bob)
    for visibility in ("private", "password"):
        video = video_make(channel, visibility=visibility, password="vinegar")  # noqa: S106
        with pytest.raises(NotFound):
            playlist_item_add(by=bob, public_id=playlist.public_id, video=video.public_id)

    assert titles_of(playlist) == []


def test_saving_twice_saves_once_and_is_counted_once(alice: Person, birds: Playlist) -> None:
    video = Video.objects.get(title="A")

    playlist_item_add(by=alice, public_id=birds.public_id, video=video.public_id)

    assert titles_of(birds) == ["A", "B", "C"]
    assert tallies_of([video.pk])[video.pk] == {"saves": 1}


def test_a_full_playlist_takes_no_more(
    alice: Person, channel: Channel, birds: Playlist, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "ITEMS_MAX", 3)
    video = video_make(channel, title="D")

    with pytest.raises(CatalogRefused):
        playlist_item_add(by=alice, public_id=birds.public_id, video=video.public_id)

    assert titles_of(birds) == ["A", "B", "C"]


def test_a_helper_orders_but_does_not_own(alice: Person, bob: Person, birds: Playlist) -> None:
    playlist_editor_add(by=alice, public_id=birds.public_id, handle="@Bob")

    playlist_item_add(by=bob, public_id=birds.public_id, video=video_of(bob, title="D").public_id)
    playlist_item_move(
        by=bob, public_id=birds.public_id, item_id=item_of(birds, "D").pk, after=None
    )
    with pytest.raises(NotFound):
        playlist_remove(by=bob, public_id=birds.public_id)

    assert titles_of(birds) == ["D", "A", "B", "C"]


def test_a_helper_leaves_and_strangers_take_nobody_away(
    alice: Person, bob: Person, charlie: Person, birds: Playlist
) -> None:
    playlist_editor_add(by=alice, public_id=birds.public_id, handle="bob")

    with pytest.raises(NotFound):
        playlist_editor_remove(by=charlie, public_id=birds.public_id, person_id=bob.pk)
    playlist_editor_remove(by=bob, public_id=birds.public_id, person_id=bob.pk)

    with pytest.raises(NotFound):
        playlist_item_drop(by=bob, public_id=birds.public_id, item_id=item_of(birds, "A").pk)
    assert titles_of(birds) == ["A", "B", "C"]


def test_a_removed_playlist_leaves_the_videos_and_uncounts_them(
    alice: Person, birds: Playlist
) -> None:
    playlist_remove(by=alice, public_id=birds.public_id)

    assert Video.objects.count() == 3
    assert PlaylistItem.objects.count() == 0
    counted = tallies_of(Video.objects.values_list("pk", flat=True))
    assert {row["saves"] for row in counted.values()} == {0}


def test_a_removed_video_leaves_every_playlist(alice: Person, birds: Playlist) -> None:
    video_remove(by=alice, public_id=Video.objects.get(title="B").public_id)

    assert titles_of(birds) == ["A", "C"]


def test_each_person_has_one_list_for_later(alice: Person) -> None:
    first, second = playlist_later(by=alice), playlist_later(by=alice)

    assert first == second
    with pytest.raises(CatalogRefused):
        services.playlist_edit(by=alice, public_id=first.public_id, visibility="public")
    first.refresh_from_db()
    assert (first.visibility, first.audience) == ("private", "owners")


@pytest.mark.parametrize("title", ["", "   ", "\n\t"])
def test_a_playlist_needs_a_name(alice: Person, title: str) -> None:
    with pytest.raises(CatalogRefused):
        playlist_create(by=alice, title=title)

    assert Playlist.objects.count() == 0


def test_the_window_knows_where_it_is(alice: Person, birds: Playlist) -> None:
    video = Video.objects.get(title="B")

    window = items_around(birds, video)

    assert window is not None
    assert (window.number, window.total) == (2, 3)
    assert [entry.item.pk for entry in window.entries] == [item_of(birds, n).pk for n in "ABC"]
    assert items_around(playlist_make(alice), video) is None


def test_pages_of_a_playlist_meet_without_a_gap(birds: Playlist) -> None:
    first = items_page(birds, size=2)
    second = items_page(birds, after=first.next_cursor, size=2)

    names = [entry.video.title for page in (first, second) for entry in page.rows if entry.video]
    assert names == ["A", "B", "C"]
    assert second.next_cursor == ""
