"""Where a video may be watched: its owner's list, and the country of an address."""

from __future__ import annotations

import pytest

from antenne.catalog.models import Channel, Video
from antenne.catalog.selectors.onlookers import open_in
from antenne.delivery.places import country_of, open_from
from antenne.delivery.selectors import master_open, media_base, picture_url, playback_open
from antenne.kernel.geo import GeoRefused, GeoTable, Place
from tests.factories.catalog import video_make

EDGE = "http://edge.example"


@pytest.mark.parametrize(
    ("geo", "country", "opens"),
    [
        ("all", "", True), ("all", "US", True),
        ("only", "FR", True), ("only", "US", False), ("only", "", False),
        ("except", "FR", False), ("except", "US", True), ("except", "", True),
    ],
)  # fmt: skip
def test_a_list_of_countries_says_where(geo: str, country: str, opens: bool) -> None:  # noqa: FBT001 - a column of the table above
    assert open_in(Video(geo=geo, geo_countries=["FR", "BE"]), country) is opens


def test_an_address_as_it_is_counted_has_a_country() -> None:
    table = GeoTable({"2001:db8::": Place("FR"), "192.0.2.7": Place("BE")})

    assert country_of("2001:db8::/64", geo=table) == "FR"
    assert country_of("192.0.2.7", geo=table) == "BE"
    assert country_of("unknown", geo=table) == ""


def test_without_a_database_nobody_is_anywhere() -> None:
    class Broken:
        def place(self, address: str) -> Place:
            raise GeoRefused(address)

    assert country_of("192.0.2.7", geo=Broken()) == ""


def test_real_addresses_are_found_and_private_ones_are_nowhere() -> None:
    here = Video(geo="only", geo_countries=["US"])

    assert open_from(here, "8.8.8.8")
    assert not open_from(here, "127.0.0.1")
    assert not open_from(Video(geo="except", geo_countries=["US"]), "8.8.8.8")


def test_paths_of_a_video_that_is_not_open_everywhere_run_out(channel: Channel) -> None:
    video = video_make(channel)
    assert media_base(video, edge=EDGE)[1] == 0
    video.geo, video.geo_countries = "only", ["FR"]

    assert media_base(video, edge=EDGE)[1] > 0
    assert master_open(video, edge=EDGE) == ""
    assert "/m/p1.0." in picture_url(video, edge=EDGE, path=video.poster)
    assert "/m/p1.0." in playback_open(video, edge=EDGE).poster_url
    assert "/m/k1.0." not in playback_open(video, edge=EDGE).master_url


def test_a_private_video_shows_no_picture_for_ever(channel: Channel) -> None:
    video = video_make(channel, visibility="private")
    video.geo = "only"

    url = picture_url(video, edge=EDGE, path=video.poster)

    assert "/m/k1." in url
    assert "/m/k1.0." not in url
