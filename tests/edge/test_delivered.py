"""Bytes delivered, counted at a real edge and handed on without an address."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from antenne.edge.delivered import Delivered
from antenne.edge.spooling import Spool
from antenne.kernel.frames import frames_read
from antenne.kernel.geo import GeoTable, Place
from tests.edge.conftest import EdgeStart
from tests.edge.server import EdgeServer

pytestmark = pytest.mark.process

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Names:
    """Headers of a request."""

    def __init__(self, values: dict[str, str]) -> None:
        self._values = values

    def get(self, key: str, default: str = "") -> str:
        return self._values.get(key, default)


class Asked:
    """One request as the edge sees it."""

    method = "GET"
    path = "/m/x"

    def __init__(self, client: str, query: str = "", **headers: str) -> None:
        self.client, self.query_string, self.headers = client, query, Names(headers)


def counter(folder: Path, *, public_url: str = "https://antenne.example") -> Delivered:
    geo = GeoTable({"198.51.100.7": Place("FR", "Orange"), "198.51.100.8": Place("FR", "Orange")})
    return Delivered(Spool(folder), geo, region="eu", public_url=public_url)


def rows(delivered: Delivered) -> list[list[object]]:
    return [
        row
        for record in delivered.records(delivered._taken(), NOW)
        for row in json.loads(record)["rows"]
    ]


def test_two_addresses_of_one_network_are_one_line(tmp_path: Path) -> None:
    delivered = counter(tmp_path)
    for last in ("7", "8", "8"):
        asked = Asked("10.0.0.1:1", **{"x-forwarded-for": f"1.2.3.4, 198.51.100.{last}"})
        delivered.add(asked, "xeu1", 100)

    assert rows(delivered) == [["xeu1", "FR", "Orange", "", 300, 3]]
    assert rows(delivered) == []


def test_a_partner_is_the_site_around_our_player_or_the_page_that_asks(tmp_path: Path) -> None:
    delivered = counter(tmp_path)
    for query, referrer in (
        ("p=msn.example", "https://antenne.example/"),
        ("", "https://www.news.example/a"),
        ("", "https://antenne.example/v/x"),
        ("p=<script>", ""),
        ("p=" + "a" * 90, "http://[broken"),
    ):
        delivered.add(Asked("10.0.0.1:1", query, referer=referrer), "xeu1", 1)

    found = {str(row[3]): row[5] for row in rows(delivered)}
    assert found == {"msn.example": 1, "news.example": 1, "": 3}


def test_a_site_without_a_public_address_knows_its_own_pages(tmp_path: Path) -> None:
    delivered = counter(tmp_path, public_url="")
    for referrer in ("http://antenne.local:8000/v/x", "http://news.example/"):
        asked = Asked("10.0.0.1:1", referer=referrer, host="antenne.local:8001")
        delivered.add(asked, "xeu1", 1)

    assert sorted(str(row[3]) for row in rows(delivered)) == ["", "news.example"]


def test_invented_partners_do_not_fill_the_table(tmp_path: Path) -> None:
    delivered = counter(tmp_path)
    for number in range(1_000):
        delivered.add(Asked("10.0.0.1:1", f"p=s{number}.example"), "xeu1", 1)

    found = rows(delivered)
    assert len(found) == 201
    assert sum(int(str(row[4])) for row in found) == 1_000


def test_what_an_edge_sends_is_counted_to_the_byte_and_handed_on_as_it_ends(
    edge_start: EdgeStart,
) -> None:
    edge = edge_start()
    edge.media_put("xeu000001", "s1/v/0.m4s", b"a" * 1_000)
    url = edge.media_url("xeu000001", "s1/v/0.m4s")
    for headers in ({}, {"range": "bytes=0-99"}, {"range": "bytes=900-"}):
        assert httpx.get(f"{url}?p=msn.example", headers=headers).is_success
    httpx.head(url)
    httpx.get(url, headers={"range": "bytes=5000-"})

    edge.stop()

    assert delivered_of(edge) == [["xeu000001", "", "", "msn.example", 1_200, 3]]
    kept = b"".join(path.read_bytes() for path in (edge.home / "beacons").iterdir())
    assert b"127.0.0.1" not in kept


def delivered_of(edge: EdgeServer) -> list[list[object]]:
    paths = [path for path in (edge.home / "beacons").iterdir() if path.suffix]
    frames = [frame for path in paths for frame in frames_read(path.read_bytes())]
    said = [json.loads(frame) for frame in frames]
    return [row for record in said if record["k"] == "bytes" for row in record["rows"]]
