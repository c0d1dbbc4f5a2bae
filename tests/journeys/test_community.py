"""Charlie speaks of a moment; the owner pins it and gives it a heart; both are told at once."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.clips import clip
from tests.journeys.conftest import Filming, Opening
from tests.journeys.house import EMAIL, PASSWORD, House, Newcomer
from tests.journeys.player import plays, until

pytestmark = [pytest.mark.journey, pytest.mark.ffmpeg]

BELL = "[data-bell-number]"


def comes_in(page: Page, house: House, who: Newcomer) -> None:
    """Sign in, and wait until the bell listens."""
    page.goto(house.url("/sign-in"))
    page.fill("[name=login]", who.email)
    page.fill("[name=password]", who.password)
    with page.expect_response(lambda answer: answer.request.resource_type == "eventsource"):
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


def test_what_is_said_about_a_moment_is_heard_at_once(house: House, opened: Opening) -> None:
    alice, charlie = opened(), opened()
    owner = house.newcomer("Alice")
    film = house.publish(clip("long"), by=owner.email)
    comes_in(alice, house, owner)
    comes_in(charlie, house, house.newcomer("Charlie"))
    charlie.goto(house.url(f"/v/{film}"))

    says(charlie, "The light at 0:02 is unreal.")
    charlie.click(".comment__body [data-seek='2']")
    until(charlie, "video.currentTime >= 2")
    expect(alice.locator(BELL)).to_have_text("1")

    alice.click("[data-bell]")
    expect(alice.locator(".notice-row--new")).to_have_count(1)
    alice.click(".notice-row__link")
    rules(alice, "Give a heart")
    expect(alice.locator(".comment__heart")).to_be_visible()
    rules(alice, "Pin above all others")
    expect(alice.locator(".comment--pinned")).to_be_visible()
    expect(charlie.locator(BELL)).to_have_text("1")

    charlie.click(".watch__head .follow button")
    expect(charlie.locator(".watch__head .follow summary")).to_contain_text("Following")
    other = house.publish(clip("cut"), by=owner.email)
    expect(charlie.locator(BELL)).to_have_text("2")
    charlie.goto(house.url("/notifications"))
    expect(charlie.locator(".notice-row__link").first).to_contain_text(owner.name)
    charlie.goto(house.url("/subscriptions"))
    expect(charlie.locator(f"a[href='/v/{other}']").first).to_be_visible()


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
    house: House, stranger: Page, member: Page, filmed: Filming
) -> None:
    address = house.url(f"/v/{filmed('captioned_long')}")
    stranger.goto(address)
    plays(stranger, past_s=0.3)
    stranger.keyboard.press("k")  # else the next video comes to its page
    member.goto(address)
    count = stranger.locator(".watch__head [data-count]")

    for liked in (1, 0):
        member.locator(".watch__head form[data-like] button").click()
        expect(count).to_have_text(str(liked or "Like"))
