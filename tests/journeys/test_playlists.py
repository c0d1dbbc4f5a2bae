"""A playlist is made, filled, ordered by hand and by key, and played."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.house import House
from tests.journeys.player import plays

pytestmark = [pytest.mark.journey, pytest.mark.ffmpeg]


def titles(page: Page) -> list[str]:
    return page.locator(".playlist__item .card__title").all_inner_texts()


@pytest.fixture
def filled(house: House, member: Page) -> Page:
    """The page of a new playlist with three videos, saved one by one from their pages."""
    title = f"{house.fresh('Evening')} at home"
    for number, name in enumerate(("captioned_long", "plain", "portrait")):
        member.goto(house.url(f"/v/{house.published(name)}"))
        member.click("[data-dialog=save]")
        if number == 0:
            expect(member.locator("#save-list .save-new")).to_be_visible()
            if not member.locator("#save-list .save-new[open]").count():
                member.click("#save-list .save-new summary")
            member.fill("#save-list [name=title]", title)
            member.click("#save-list button[type=submit].button--ink")
        else:
            member.get_by_role("button", name=title).click()
        expect(member.get_by_role("button", name=title)).to_have_attribute("aria-pressed", "true")
    member.goto(house.url("/library"))
    member.get_by_role("link", name=title).first.click()
    expect(member.locator(".playlist__item")).to_have_count(3)
    return member


def test_a_playlist_is_ordered_by_hand_and_by_key(filled: Page) -> None:
    first, second, third = titles(filled)
    grip = filled.locator("[data-grip]").nth(2)
    expect(grip).to_be_visible()
    start, goal = grip.bounding_box(), filled.locator("[data-grip]").nth(0).bounding_box()
    assert start is not None
    assert goal is not None

    with filled.expect_response(lambda answer: answer.url.endswith("/move")):
        filled.mouse.move(start["x"] + 8, start["y"] + 8)
        filled.mouse.down()
        filled.mouse.move(goal["x"] + 8, goal["y"] + 40, steps=12)
        filled.mouse.move(goal["x"] + 8, goal["y"] - 10, steps=4)
        filled.mouse.up()
    assert titles(filled) == [third, first, second]

    with filled.expect_response(lambda answer: answer.url.endswith("/move")):
        filled.get_by_role("button", name=f"Down: {third}").press("Enter")
    expect(filled.locator("[data-order-said]")).to_have_text("Moved to place 2")
    filled.reload()
    assert titles(filled) == [first, third, second]

    filled.get_by_role("link", name="Play all").click()
    expect(filled.locator(".queue [aria-current=true]")).to_contain_text(first)
    plays(filled, past_s=0.5)
    filled.keyboard.press("Shift+N")
    expect(filled.locator(".queue [aria-current=true]")).to_contain_text(third)


def test_an_order_that_was_not_kept_goes_back_and_says_so(filled: Page) -> None:
    before = titles(filled)
    filled.context.clear_cookies(name="sessionid")

    filled.get_by_role("button", name=f"Down: {before[0]}").click()

    expect(filled.locator("[data-toasts]")).to_contain_text("could not be moved")
    assert titles(filled) == before


def test_words_selected_beyond_its_edge_do_not_close_a_dialog(filled: Page) -> None:
    filled.click("[data-dialog=playlist-edit]")
    field = filled.locator("#playlist-edit [name=title]")
    box = field.bounding_box()
    assert box is not None

    filled.mouse.move(box["x"] + box["width"] - 20, box["y"] + box["height"] / 2)
    filled.mouse.down()
    filled.mouse.move(5, 5, steps=4)
    filled.mouse.up()
    expect(field).to_be_visible()

    filled.mouse.click(5, 5)
    expect(field).to_be_hidden()
