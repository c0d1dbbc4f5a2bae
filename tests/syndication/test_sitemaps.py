"""Sitemaps as a real parser walks them."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from defusedxml.ElementTree import fromstring
from django.test import Client
from usp.tree import sitemap_tree_for_homepage
from usp.web_client.abstract_client import (
    AbstractWebClient,
    AbstractWebClientResponse,
    AbstractWebClientSuccessResponse,
    NoWebClientException,
)

from antenne.catalog.models import Channel, Video
from antenne.syndication.selectors import sitemaps
from tests.factories.catalog import video_make

VIDEO = "{http://www.google.com/schemas/sitemap-video/1.1}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


class Answer(AbstractWebClientSuccessResponse):
    """An answer of our own pages."""

    def __init__(self, path: str) -> None:
        self.answer = Client().get(path)
        self.path = path

    def status_code(self) -> int:
        return self.answer.status_code

    def status_message(self) -> str:
        return self.answer.reason_phrase

    def header(self, case_insensitive_name: str) -> str | None:
        return self.answer.headers.get(case_insensitive_name)

    def raw_data(self) -> bytes:
        return self.answer.content

    def url(self) -> str:
        return f"http://testserver{self.path}"


class Web(AbstractWebClient):
    """Reads our own pages, and nothing else."""

    def set_max_response_data_length(self, max_response_data_length: int | None) -> None:
        pass

    def get(self, url: str) -> AbstractWebClientResponse:
        if urlsplit(url).netloc != "testserver":
            raise NoWebClientException(url)
        return Answer(urlsplit(url).path)


def pages() -> list[str]:
    tree = sitemap_tree_for_homepage("http://testserver/", web_client=Web())
    return sorted({page.url for page in tree.all_pages()})


def test_a_parser_finds_every_public_page_from_robots_txt(channel: Channel) -> None:
    shown = [video_make(channel, title=f"Swans {n}").public_id for n in range(5)]
    for visibility in ("private", "unlisted"):
        video_make(channel, visibility=visibility)

    found = pages()

    assert found == sorted(
        ["http://testserver/", "http://testserver/c/alice"]
        + [f"http://testserver/v/{public_id}" for public_id in shown]
    )


def test_months_stand_in_files_of_their_own_and_long_ones_in_parts(
    channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemaps, "PART_SIZE", 2)
    for day, month in ((1, 1), (2, 1), (31, 1), (1, 2)):
        made = video_make(channel)
        published_at = datetime(2026, month, day, tzinfo=UTC)
        Video.objects.filter(pk=made.pk).update(published_at=published_at)

    names = [part.name for part in sitemaps.sitemap_parts()]

    assert names == ["videos-2026-02-1", "videos-2026-01-1", "videos-2026-01-2"]
    assert len([url for url in pages() if "/v/" in url]) == 4


def test_a_video_is_described(channel: Channel) -> None:
    video = video_make(channel, title="Tom & <Jerry> ]]>")
    Video.objects.filter(pk=video.pk).update(
        tags=["birds", "sea"], geo="only", geo_countries=["FR"], description="Words\x0b\n" * 900
    )
    address = f"/sitemaps/{sitemaps.sitemap_parts()[0].name}.xml"

    row = fromstring(Client().get(address).content).find(f"{SITEMAP}url/{VIDEO}video")

    assert row is not None
    said = {child.tag.removeprefix(VIDEO): child.text for child in row}
    assert said["title"] == "Tom & <Jerry> ]]>"
    assert (said["duration"], said["family_friendly"], said["tag"]) == ("12", "yes", "sea")
    assert said["player_loc"] == f"http://testserver/embed/{video.public_id}"
    assert (said["thumbnail_loc"] or "").endswith("/s1/poster.jpg")
    assert len(said["description"] or "") <= 2048
    assert said["restriction"] == "FR"
    assert "content_loc" not in said


def test_the_file_of_a_video_is_named_where_everybody_may_have_it(channel: Channel) -> None:
    video_make(channel)
    address = f"/sitemaps/{sitemaps.sitemap_parts()[0].name}.xml"

    named = fromstring(Client().get(address).content).find(f".//{VIDEO}content_loc")

    assert named is not None
    assert (named.text or "").endswith("/s1/master.m3u8")


@pytest.mark.parametrize(
    "path",
    [
        "videos-2026-13-1",
        "videos-0-1-1",
        "videos-2026-1-1",
        "videos-2026-01-0",
        "videos-9999-12-1",
        "moon",
        "videos-2026-01-" + "9" * 30,
        "videos-" + "9" * 30 + "-1-1",
    ],
    ids=range(8),
)
def test_there_is_no_such_file(channel: Channel, path: str) -> None:
    assert Client().get(f"/sitemaps/{path}.xml").status_code == 404


def test_recent_news_is_told_as_news(channel: Channel) -> None:
    for title, category in (("Strike in the harbour", "news"), ("Swans", "animals")):
        Video.objects.filter(pk=video_make(channel, title=title).pk).update(category=category)

    said = Client().get("/sitemaps/news.xml").content.decode()

    assert "<news:title>Strike in the harbour</news:title>" in said
    assert "Swans" not in said
