"""Pages with playlists cost the same number of queries for 3 rows and for 30."""

from __future__ import annotations

from antenne.accounts.models import Person
from antenne.catalog.models import Playlist, Video
from antenne.catalog.services.channels import channel_create
from antenne.catalog.services.playlists import playlist_item_add
from tests.factories.catalog import video_make
from tests.factories.playlists import playlist_make
from tests.test_queries import queries_of
from tests.web.pages import client_of

PAGES = ["/library", "/playlists/{playlist}", "/v/{video}?list={playlist}", "/v/{video}/save"]


def more(person: Person, birds: Playlist, numbers: range) -> None:
    """Make playlists, and put videos of other channels into one of them."""
    for number in numbers:
        video = video_make(channel_create(person=person, name=f"More {number}"))
        playlist_item_add(by=person, public_id=birds.public_id, video=video.public_id)
        playlist_make(person, video, title=f"List {number}")


def test_thirty_rows_of_a_playlist_cost_what_three_do(mona: Person) -> None:
    birds = playlist_make(mona, video_make(channel_create(person=mona, name="Birds")))
    more(mona, birds, range(3))
    browser = client_of(mona)
    video = Video.objects.earliest("pk").public_id
    addresses = [path.format(playlist=birds.public_id, video=video) for path in PAGES]
    for address in addresses:
        queries_of(browser, address)  # what is remembered for good is not counted

    few = {address: queries_of(browser, address) for address in addresses}
    more(mona, birds, range(3, 23))

    assert {address: queries_of(browser, address) for address in addresses} == few
