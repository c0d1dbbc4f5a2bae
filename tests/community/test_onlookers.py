"""What lists leave out for one person and not for another: places, blocked people and words."""

from __future__ import annotations

import pytest

from antenne.accounts.models import Person, Preferences
from antenne.accounts.services.profile import Liking, preferences_set
from antenne.catalog.asking import asking_read
from antenne.catalog.models import Channel
from antenne.catalog.selectors.onlookers import Onlooker
from antenne.catalog.selectors.playlists import shuffle_begin, shuffle_read
from antenne.catalog.selectors.related import videos_related
from antenne.catalog.selectors.search import Narrowing, channels_found, videos_found
from antenne.catalog.selectors.trending import videos_trending
from antenne.catalog.selectors.videos import videos_public
from antenne.catalog.services.search import video_index
from antenne.catalog.services.translations import translation_put
from antenne.community.selectors import onlookers
from antenne.community.selectors.onlookers import onlooker_of
from antenne.community.services.blocks import person_block, word_block
from antenne.kernel.geo import GeoTable, Place
from tests.catalog.finding import known, titles
from tests.factories.playlists import playlist_make
from tests.web.pages import client_of

NOWHERE = "127.0.0.1"


def met(onlooker: Onlooker) -> set[tuple[str, ...]]:
    """Return the titles that each kind of list shows."""
    narrowing = Narrowing(onlooker=onlooker)
    lists = (
        onlooker.of(videos_public()),
        videos_found(asking_read("swan"), narrowing).rows,
        videos_found(asking_read(""), narrowing).rows,
        videos_trending(onlooker=onlooker).rows,
    )
    return {tuple(sorted(video.title for video in each)) for each in lists}


@pytest.mark.parametrize(
    ("geo", "country", "shown"),
    [
        ("only", "FR", True),
        ("only", "DE", False),
        ("only", "", False),
        ("except", "FR", False),
        ("except", "DE", True),
        ("except", "", True),
    ],
)
def test_what_cannot_be_watched_here_stands_in_no_list(
    channel: Channel, geo: str, country: str, *, shown: bool
) -> None:
    known(channel, "A swan everywhere")
    known(channel, "A swan here", geo=geo, geo_countries=["FR", "BE"])

    wanted = ("A swan everywhere", "A swan here") if shown else ("A swan everywhere",)

    assert met(Onlooker(country=country)) == {wanted}


def test_blocked_people_and_words_stand_in_no_list(
    channel: Channel, alice: Person, bob: Person
) -> None:
    kept = known(channel, "A swan")
    known(channel, "A swan spoiler", tags=["birds"])
    person_block(by=bob, handle=alice.handle)
    blocker = onlooker_of(bob, address=NOWHERE)
    stranger = onlooker_of(None, address=NOWHERE)
    word_block(by=alice, word="Spoiler")

    assert met(blocker) == {()}
    assert channels_found(asking_read(""), onlooker=blocker).rows == ()
    assert videos_related(kept, blocker) == []
    assert met(stranger) == {("A swan", "A swan spoiler")}
    assert met(onlooker_of(alice, address=NOWHERE)) == {("A swan",)}


def test_whoever_wants_no_sensitive_videos_meets_none(channel: Channel, bob: Person) -> None:
    video = known(channel, "A swan", sensitive=True)
    preferences_set(
        by=bob, liking=Liking(language="", autoplay=True, data_saver=False, sensitive="hide")
    )

    assert met(onlooker_of(bob, address=NOWHERE)) == {()}
    assert met(onlooker_of(None, address=NOWHERE)) == {(video.title,)}


def test_the_picture_of_a_sensitive_video_is_not_sent_to_who_does_not_want_it(
    channel: Channel, alice: Person, bob: Person
) -> None:
    video = known(channel, "A swan", sensitive=True, poster="poster.webp", preview="preview.webp")
    Preferences.objects.create(person=bob, home=bob.home, sensitive="show")

    for viewer, shown in ((None, False), (bob, True), (alice, True)):
        page = client_of(viewer).get("/").content.decode()
        assert (video.poster in page, video.preview in page) in {(shown, shown), (shown, False)}
        assert ("card__veil" in page) is not shown


def test_a_translated_title_is_found_and_shown(channel: Channel, alice: Person) -> None:
    video = known(channel, "The swan", language="en")
    translation_put(by=alice, public_id=video.public_id, language="fr", title="Le cygne")
    known(channel, "Geese")
    video_index(video_id=video.pk)

    assert titles("cygnes") == ["The swan"]
    client = client_of(None)
    for address in ("/", f"/c/{channel.handle}", "/search?q=cygne", "/trending"):
        page = client.get(address, headers={"accept-language": "fr"}).content.decode()
        assert "cygne" in page, address
        assert "The swan" not in page, address


def test_a_shuffled_playlist_keeps_its_order_and_meets_each_once(
    channel: Channel, alice: Person
) -> None:
    videos = [known(channel, f"Swan {number}") for number in range(6)]
    listed = playlist_make(alice, *videos, visibility="public")
    order = shuffle_begin(listed)
    assert order is not None
    assert shuffle_read(str(order)) == order
    client, met_ids = client_of(None), []
    address = f"/v/{order.first}?list={listed.public_id}&shuffle={order}"

    while address:
        queue = client.get(address).context["queue"]
        met_ids.append(queue.window.at.video.public_id)
        address = client.get(address).context["player"]["next"]
        address = address["url"] if address else ""

    assert met_ids[0] == order.first
    assert sorted(met_ids) == sorted(video.public_id for video in videos)


@pytest.mark.parametrize("text", ["", "x", "a.b.c", "x" * 99, "v1.zz", "../etc"])
def test_nonsense_is_no_order(text: str) -> None:
    assert shuffle_read(text) is None


def test_an_address_is_looked_up_only_where_some_video_is_limited(
    channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = GeoTable({"8.8.8.8": Place(country="US")})
    monkeypatch.setattr(onlookers, "geo_open", lambda: table)
    known(channel, "A swan everywhere")

    before = onlooker_of(None, address="8.8.8.8").country
    known(channel, "A swan here", geo="only", geo_countries=["FR"])

    assert (before, onlooker_of(None, address="8.8.8.8").country) == (None, "US")
