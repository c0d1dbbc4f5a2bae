"""Somebody watches; the creator reads it in the studio, as a picture, as a table and as a file."""

from __future__ import annotations

import csv

import pytest
from playwright.sync_api import Page, expect

from benchmarks.platform import eventually
from tests.journeys.conftest import Filming, Opening
from tests.journeys.house import LONG_S, House
from tests.journeys.player import plays

pytestmark = [pytest.mark.journey, pytest.mark.ffmpeg]

PHONE = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark", "locale": "fr"}


@pytest.fixture
def watched(house: House, stranger: Page, filmed: Filming) -> str:
    """A film of four seconds that a stranger has watched to its end, and left."""
    film = filmed("cut")
    stranger.goto(house.url(f"/v/{film}"))
    plays(stranger, past_s=3)
    stranger.goto(house.url("/"))
    return film


def test_a_creator_reads_on_a_phone_in_the_dark_who_watched(
    house: House, opened: Opening, watched: str
) -> None:
    phone = opened(PHONE, member=True)
    address = house.url(f"/studio/videos/{watched}/statistics")
    views = phone.locator(".figures__value").first

    def counted() -> bool:
        phone.goto(address)
        return views.inner_text() == "1"

    assert eventually(counted, LONG_S, pause_s=1)
    expect(phone.locator("[data-chart=views] canvas")).to_be_visible()
    phone.locator(".chart__table summary").first.click()
    expect(phone.locator(".chart__rows").first.locator("tbody tr").first).to_contain_text("1")
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")

    with phone.expect_download() as fetched:
        phone.locator(".chart__table a").first.click()
    rows = list(csv.DictReader(fetched.value.path().read_text().splitlines()))
    assert sum(int(row["views"]) for row in rows) == 1
