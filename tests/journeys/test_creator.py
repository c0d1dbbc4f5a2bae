"""A creator looks after a video: edits, writes captions, cuts, schedules; in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from antenne.kernel.clock import now
from tests.journeys.conftest import Filming
from tests.journeys.house import EMAIL, LONG_S, PASSWORD, House

pytestmark = [pytest.mark.journey, pytest.mark.ffmpeg]


@pytest.fixture
def film(filmed: Filming) -> str:
    """A complete video of four seconds that this journey may change."""
    return filmed("cut")


def places(page: Page, house: House, film: str, rest: str = "") -> None:
    page.goto(house.url(f"/studio/videos/{film}{rest}"))


def saved(page: Page) -> None:
    page.click("button:text-is('Save')")
    expect(page.locator("[data-toasts] .toast", has_text="Saved")).to_be_visible()


def chapter_write(page: Page, at: str, title: str) -> None:
    """Add a row and fill it; it stands where the cursor is put."""
    page.click("[data-rows-add]")
    row = page.locator("[data-rows-list] > li:focus-within")
    row.locator("[name=at]").fill(at)
    row.locator("[name=title]").fill(title)


def test_a_video_is_described_and_its_chapters_are_named(
    house: House, member: Page, film: str
) -> None:
    places(member, house, film)
    member.fill("[name=title]", "Orange follows blue")
    expect(member.locator("[data-guard-note]")).to_be_visible()
    member.fill("[name=tags]", "Colour, cut")
    saved(member)

    places(member, house, film, "/chapters")
    chapter_write(member, "0:00", "Blue")
    chapter_write(member, "0:01", "Orange")
    saved(member)

    said = house.api("GET", f"videos/{film}")
    assert (said["title"], said["tags"]) == ("Orange follows blue", ["colour", "cut"])
    assert [row["title"] for row in said["chapters"]] == ["Blue", "Orange"]


def test_captions_are_written_split_and_joined_beside_the_video(
    house: House, member: Page, film: str
) -> None:
    places(member, house, film, "/captions")
    member.select_option("#new_language", "en")
    member.click("button:text-is('Begin a track')")
    words = member.locator("[data-cue-words]")
    words.first.fill("First blue then orange")

    member.locator("[data-cue-split]").first.click()
    expect(words).to_have_count(2)
    member.locator("[data-cue-merge]").first.click()
    expect(words).to_have_count(1)
    expect(words.first).to_have_value("First blue then orange")
    saved(member)

    expect(words.first).to_have_value("First blue then orange")


def test_a_part_is_cut_out_and_comes_back(house: House, member: Page, film: str) -> None:
    places(member, house, film, "/cut")
    expect(member.locator("[data-cut-timeline]")).to_be_visible()
    member.locator("[name=from]").first.fill("0:01")
    member.keyboard.press("Tab")
    expect(member.locator("[data-cut-sum]")).to_contain_text("0:03 of 0:04")

    member.click("button:text-is('Cut the video')")
    undo = member.locator("button:text-is('Back to the whole video')")
    expect(undo).to_be_visible(timeout=LONG_S * 1000)
    house.complete(film)
    assert house.api("GET", f"videos/{film}")["duration_ms"] == pytest.approx(3000, abs=100)

    undo.click()
    expect(undo).to_be_hidden(timeout=LONG_S * 1000)


def test_a_video_is_scheduled(house: House, member: Page, film: str) -> None:
    places(member, house, film)
    expect(member.locator("[name=publish_at]")).to_be_hidden()
    member.select_option("[name=visibility]", "scheduled")
    member.fill("[name=publish_at]", f"{now().year + 1}-06-01T20:00")
    member.check("[name=premiere]")
    saved(member)

    said = house.api("GET", f"videos/{film}")
    assert (said["visibility"], said["premiere"]) == ("scheduled", True)
    assert said["owner"]["publish_at"].startswith(f"{now().year + 1}-0")


def test_what_was_refused_is_in_sight(house: House, member: Page, film: str) -> None:
    places(member, house, film)
    member.select_option("[name=visibility]", "scheduled")
    member.fill("[name=publish_at]", "2020-06-01T20:00")
    member.click("button:text-is('Save')")

    expect(member.locator("[name=publish_at]")).to_be_focused()
    expect(member.locator(".field__error", has_text="has passed")).to_be_in_viewport()
    expect(member.locator("[data-guard-note]")).to_be_visible()


def comes_back(page: Page) -> None:
    """Send a form after the session has ended, and sign in where that leads."""
    page.context.clear_cookies(name="sessionid")
    page.click("button:text-is('Save')")
    page.wait_for_url("**/sign-in?**")
    page.fill("[name=login]", EMAIL)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    expect(page.locator("[data-guard-note]")).to_be_visible()


def test_what_was_written_outlives_the_session(house: House, member: Page, film: str) -> None:
    places(member, house, film)
    member.fill("[name=description]", "Written for an hour.")
    comes_back(member)
    expect(member.locator("[name=description]")).to_have_value("Written for an hour.")
    saved(member)

    places(member, house, film, "/chapters")
    chapter_write(member, "0:00", "Blue")
    chapter_write(member, "0:01", "Orange")
    comes_back(member)
    expect(member.locator("[data-rows-list] [name=title]")).to_have_count(2)
    member.locator("[data-rows-drop]").first.click()
    chapter_write(member, "0:00", "Nothing but blue")
    saved(member)

    said = house.api("GET", f"videos/{film}")
    assert said["description"] == "Written for an hour."
    assert [row["title"] for row in said["chapters"]] == ["Nothing but blue", "Orange"]
