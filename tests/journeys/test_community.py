"""Charlie speaks of a moment; the owner pins it and gives it a heart; both are told at once."""

from __future__ import annotations

import sys

import pytest
from playwright.sync_api import Page, expect

from benchmarks.commands import answered
from tests.clips import clip
from tests.journeys.house import EMAIL, NAME, PASSWORD, House
from tests.journeys.player import plays, until

pytestmark = [pytest.mark.journey, pytest.mark.ffmpeg]

CHARLIE = "charlie@example.org"
BELL = "[data-bell-number]"


def charlie_comes(page: Page, house: House) -> None:
    """Make an account for Charlie and sign in with it."""
    command = [sys.executable, "-m", "antenne.cli.main", "createadmin", "--email", CHARLIE]
    command += ["--name", "Charlie", "--password-stdin"]
    answered(command, environment=house.platform.environment, given=f"{PASSWORD}\n")
    page.goto(house.url("/sign-in"))
    page.fill("[name=login]", CHARLIE)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    expect(page.locator("[data-bell]")).to_be_visible()


def says(page: Page, words: str) -> None:
    """Write a comment where the page's form is."""
    page.locator("#comments").scroll_into_view_if_needed()
    page.fill("#comments textarea", words)
    page.click("#comments .comment-form button[type=submit]")
    expect(page.locator(".comment__body", has_text=words)).to_be_visible()


def rules(page: Page, words: str) -> None:
    """Choose something in the menu of the first comment."""
    page.locator(".comment__menu summary").first.click()
    page.locator(".comment__menu[open] button", has_text=words).click()


def test_what_is_said_about_a_moment_is_heard_at_once(
    house: House, stranger: Page, member: Page
) -> None:
    film = house.publish(clip("plain"))
    member.goto(house.url("/"))
    charlie_comes(stranger, house)
    stranger.goto(house.url(f"/v/{film}"))

    says(stranger, "The light at 0:02 is unreal.")
    stranger.click(".comment__body [data-seek='2']")
    until(stranger, "video.currentTime >= 2")
    expect(member.locator(BELL)).to_have_text("1")

    member.click("[data-bell]")
    expect(member.locator(".notice-row--new")).to_have_count(1)
    member.click(".notice-row__link")
    rules(member, "Give a heart")
    expect(member.locator(".comment__heart")).to_be_visible()
    rules(member, "Pin above all others")
    expect(member.locator(".comment--pinned")).to_be_visible()
    expect(stranger.locator(BELL)).to_have_text("1")

    stranger.click(".watch__head .follow button")
    expect(stranger.locator(".watch__head .follow summary")).to_contain_text("Following")
    other = house.publish(clip("cut"))
    expect(stranger.locator(BELL)).to_have_text("2")
    stranger.goto(house.url("/notifications"))
    expect(stranger.locator(".notice-row__link").first).to_contain_text(NAME)
    stranger.goto(house.url("/subscriptions"))
    expect(stranger.locator(f"a[href='/v/{other}']").first).to_be_visible()
    for video in (film, other):
        house.remove(video)


def test_what_does_not_get_through_is_said_and_comes_back(house: House, member: Page) -> None:
    member.goto(house.url(f"/v/{house.published('plain')}"))
    member.locator("#comments").scroll_into_view_if_needed()
    field = member.locator("#comments textarea")
    field.fill("Far from every antenna.")
    like = member.locator("form[data-like] button").first

    member.context.set_offline(True)
    member.click("#comments .comment-form button[type=submit]")
    expect(member.locator("[data-toasts]")).to_contain_text("did not get through")
    like.click()
    expect(like).to_have_attribute("aria-pressed", "false")
    member.context.set_offline(False)
    member.context.clear_cookies(name="sessionid")
    member.click("#comments .comment-form button[type=submit]")
    member.wait_for_url("**/sign-in?**")
    member.fill("[name=login]", EMAIL)
    member.fill("[name=password]", PASSWORD)
    member.press("[name=password]", "Enter")

    member.locator("#comments").scroll_into_view_if_needed()
    expect(member.locator("#comments textarea")).to_have_value("Far from every antenna.")


def test_a_like_is_counted_on_every_open_page_of_its_video(
    house: House, stranger: Page, member: Page
) -> None:
    address = house.url(f"/v/{house.published('plain')}")
    stranger.goto(address)
    plays(stranger, past_s=0.3)
    member.goto(address)
    count = stranger.locator(".watch__head [data-count]")
    before = int(count.get_attribute("data-count") or "0")

    for liked in (before + 1, before):
        member.locator(".watch__head form[data-like] button").click()
        expect(count).to_have_text(str(liked or "Like"))
