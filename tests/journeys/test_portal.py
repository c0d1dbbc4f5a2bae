"""A portal and its reader take what a channel hands on: each feed, the map, the embed, the list."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import extruct
import feedparser
import httpx
import podcastparser
import pytest
from defusedxml.ElementTree import fromstring
from playwright.sync_api import Page, expect
from usp.tree import sitemap_tree_for_homepage
from yt_dlp import YoutubeDL
from yt_dlp.utils import DownloadError

from benchmarks.platform import eventually
from tests.clips import clip
from tests.journeys.house import LONG_S, House
from tests.journeys.player import plays
from tests.sites import page as page_of
from tests.sites import site

pytestmark = [pytest.mark.journey, pytest.mark.ffmpeg]

FEEDS = {"RSS", "Atom", "JSON Feed", "Podcast", "MRSS (MSN)", "XSPF"}


@pytest.fixture
def film(house: House) -> str:
    return house.published("captioned_long")


@pytest.fixture
def offer_restored(house: House, film: str) -> Iterator[None]:
    """Let the channel hand on in the end what it does now."""
    path = f"channels/{house.api('GET', f'videos/{film}')['channel']}/offer"
    before = house.api("GET", path)
    yield
    house.api("PUT", path, before)


@pytest.fixture
def feeds(house: House, member: Page, film: str, offer_restored: None) -> dict[str, str]:
    """The addresses that a creator copies from the studio and gives to others."""
    member.goto(house.url("/studio/channels"))
    member.get_by_role("link", name="Syndication").first.click()
    offer = member.locator("section[aria-labelledby=offer]")
    offer.get_by_label("Offer files").check()
    offer.get_by_label("Other sites may show these videos").check()
    offer.get_by_role("button", name="Save").click()
    expect(member.locator("[data-toasts]")).to_contain_text("Saved")
    fields = member.locator("[id^=feed-]")
    named = [fields.nth(at) for at in range(fields.count())]
    found = {
        str(field.evaluate("field => field.labels[0].textContent")): field.input_value()
        for field in named
    }
    assert eventually(lambda: film in taken(found["Podcast"]).text, LONG_S, pause_s=1)
    # Reading them has the files made that a portal needs.
    assert eventually(lambda: film in taken(found["MRSS (MSN)"]).text, LONG_S, pause_s=1)
    return found


def taken(url: str) -> Any:  # noqa: ANN401 - an answer
    answer = httpx.get(url, follow_redirects=True, timeout=20)
    answer.raise_for_status()
    return answer


def test_every_feed_of_the_studio_is_read_without_a_complaint(
    house: House, feeds: dict[str, str], film: str
) -> None:
    assert set(feeds) == FEEDS
    for name, address in feeds.items():
        answer = taken(address)
        assert film in answer.text, name
        if "json" in answer.headers["content-type"]:
            assert any(item["url"].endswith(film) for item in answer.json()["items"]), name
        elif "xspf" in answer.headers["content-type"]:
            fromstring(answer.content)
        else:
            found = feedparser.parse(answer.content)
            assert not found.bozo, (name, found.get("bozo_exception"))
            assert all(entry.title for entry in found.entries), name


def test_a_podcast_player_finds_a_file_that_it_can_fetch(feeds: dict[str, str], film: str) -> None:
    found = podcastparser.parse(feeds["Podcast"], BytesIO(taken(feeds["Podcast"]).content))
    episode = next(row for row in found["episodes"] if row["link"].endswith(film))

    enclosure = episode["enclosures"][0]
    answer = httpx.get(enclosure["url"], headers={"Range": "bytes=0-99"})
    assert (answer.status_code, len(answer.content)) == (206, 100)


def test_a_reader_goes_on_from_the_feed_and_watches(
    house: House, stranger: Page, feeds: dict[str, str], film: str
) -> None:
    found = feedparser.parse(taken(feeds["RSS"]).content)
    link = next(entry.link for entry in found.entries if entry.link.endswith(film))

    stranger.goto(link)

    plays(stranger)
    expect(stranger.locator("h1")).to_be_visible()


def test_a_search_engine_reads_the_page_and_the_map(house: House, film: str) -> None:
    page = taken(house.url(f"/v/{film}"))
    said = extruct.extract(page.text, base_url=str(page.url), syntaxes=["json-ld", "opengraph"])
    named = {row.get("@type") for row in said["json-ld"]}

    tree = sitemap_tree_for_homepage(house.url(), use_known_paths=False)

    assert "VideoObject" in named
    assert said["opengraph"]
    assert f"/v/{film}" in {urlsplit(row.url).path for row in tree.all_pages()}


def test_another_site_embeds_what_oembed_says(house: House, stranger: Page, film: str) -> None:
    asked = {"url": house.url(f"/v/{film}"), "maxwidth": "640"}
    said = httpx.get(house.url("/oembed"), params=asked).raise_for_status().json()
    assert said["width"] == 640

    html = f"<!doctype html><title>Elsewhere</title>{said['html']}"
    with site({"/": page_of(html.encode(), "text/html")}) as elsewhere:
        stranger.goto(elsewhere.url("/"))
        frame = stranger.frame_locator("iframe")
        frame.locator("[data-part=big]").click()

        plays(stranger, inside=frame)


def test_yt_dlp_lists_what_is_public_and_fetches_it(
    house: House, member: Page, film: str, tmp_path: Path
) -> None:
    hidden = house.publish(clip("plain"), wait=False)
    house.show(hidden, "private")
    handle = house.api("GET", f"videos/{film}")["channel"]
    quiet: dict[str, Any] = {"quiet": True, "noprogress": True, "proxy": ""}

    with YoutubeDL({**quiet, "extract_flat": "in_playlist"}) as program:
        listed = program.extract_info(house.url(f"/c/{handle}"), download=False)["entries"]
    with YoutubeDL({**quiet, "outtmpl": str(tmp_path / "film.%(ext)s")}) as program:
        program.download([house.url(f"/v/{film}")])
    with YoutubeDL(quiet) as program, pytest.raises(DownloadError):
        program.extract_info(house.url(f"/v/{hidden}"), download=False)

    addresses = " ".join(row["url"] for row in listed)
    assert film in addresses
    assert hidden not in addresses
    assert next(tmp_path.glob("film.*")).stat().st_size > 10_000
    house.remove(hidden)
