"""Two people at one playlist at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, PlaylistItem
from antenne.catalog.services.playlists import (
    playlist_item_add,
    playlist_item_move,
    playlist_later,
)
from tests.factories.catalog import video_make
from tests.factories.playlists import playlist_make, titles_of

pytestmark = pytest.mark.django_db(transaction=True)


def together(*acts: Callable[[], object]) -> None:
    """Do all at once, each over a connection of its own."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> None:
        try:
            start.wait()
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        for done in [pool.submit(run, act) for act in acts]:
            done.result()


def test_two_who_move_to_one_place_both_find_room(alice: Person, channel: Channel) -> None:
    videos = [video_make(channel, title=title) for title in "ABCD"]
    playlist = playlist_make(alice, *videos)
    items = {row.video.title: row.pk for row in playlist.items.select_related("video")}

    def move(title: str) -> Callable[[], object]:
        return lambda: playlist_item_move(
            by=alice, public_id=playlist.public_id, item_id=items[title], after=items["A"]
        )

    together(move("C"), move("D"))

    order = titles_of(playlist)
    assert order[0] == "A"
    assert order[3] == "B"
    assert set(order[1:3]) == {"C", "D"}
    assert len(set(playlist.items.values_list("position", flat=True))) == 4


def test_two_who_save_at_once_stand_one_after_the_other(alice: Person, channel: Channel) -> None:
    playlist = playlist_make(alice)
    videos = [video_make(channel, title=title) for title in "ABC"]

    def save(number: int) -> Callable[[], object]:
        return lambda: playlist_item_add(
            by=alice, public_id=playlist.public_id, video=videos[number].public_id
        )

    together(save(0), save(1), save(2), save(2))

    assert sorted(titles_of(playlist)) == ["A", "B", "C"]
    assert PlaylistItem.objects.count() == 3


def test_two_first_saves_make_one_list_for_later(alice: Person) -> None:
    made: list[object] = []

    def act() -> None:
        made.append(playlist_later(by=alice).pk)

    together(act, act)

    assert len(set(made)) == 1
