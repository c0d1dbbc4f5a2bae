"""The player is used by keyboard alone, and shows where the focus is."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.faults import AXE, faults_of
from tests.journeys.house import House
from tests.journeys.player import VIDEO, plays, seen, until

pytestmark = [pytest.mark.journey, pytest.mark.ffmpeg]

FILM = "captioned_long"


@pytest.fixture
def watching(house: House, stranger: Page) -> Page:
    """The watch page of a video with captions, which plays."""
    stranger.goto(house.url(f"/v/{house.published(FILM)}"))
    plays(stranger)
    return stranger


def test_keys_play_seek_and_silence(watching: Page) -> None:
    watching.keyboard.press("k")
    until(watching, "video.paused")
    before_s = seen(watching)["time"]
    watching.keyboard.press("ArrowRight")
    assert until(watching, f"video.currentTime > {before_s} + 4.5")["paused"] is True
    watching.keyboard.press("ArrowLeft")
    until(watching, f"Math.abs(video.currentTime - {before_s}) < 0.2")
    watching.keyboard.press("5")
    until(watching, "Math.abs(video.currentTime - 20) < 0.6")
    watching.keyboard.press("m")
    assert until(watching, "video.muted")["paused"] is True
    watching.keyboard.press("m")
    until(watching, "!video.muted")

    watching.keyboard.press("k")

    until(watching, "!video.paused && video.currentTime > 20.6")


def test_keys_show_captions_full_screen_and_themselves(watching: Page) -> None:
    button = watching.locator("[data-part=captions-button]")
    before = button.get_attribute("aria-pressed")
    watching.keyboard.press("c")
    expect(button).not_to_have_attribute("aria-pressed", str(before))

    watching.keyboard.press("f")
    watching.wait_for_function("document.fullscreenElement?.matches('[data-player]')")
    watching.keyboard.press("f")
    watching.wait_for_function("!document.fullscreenElement")

    watching.keyboard.press("?")
    expect(watching.locator("dialog#keys")).to_be_visible()
    watching.keyboard.press("Escape")
    expect(watching.locator("dialog#keys")).to_be_hidden()


def test_keys_typed_into_a_field_are_only_letters(watching: Page) -> None:
    watching.click("[data-dialog=share]")
    watching.focus("#share-link")

    watching.keyboard.press("k")
    watching.keyboard.press("m")

    assert not seen(watching)["muted"]
    assert not seen(watching)["paused"]


def test_tab_reaches_every_control_and_shows_where_it_is(watching: Page) -> None:
    watching.keyboard.press("k")
    watching.locator("[data-part=seek]").focus()
    reached = set()
    for _ in range(12):
        found = watching.evaluate(
            """() => {
                const style = getComputedStyle(document.activeElement);
                const ringed = style.outlineStyle !== "none" || style.boxShadow !== "none";
                return [document.activeElement.dataset.part ?? "", ringed];
            }"""
        )
        assert found[1], f"nobody sees that {found[0]} has the focus"
        reached.add(found[0])
        watching.keyboard.press("Tab")

    assert {"seek", "play", "mute", "volume", "settings", "theatre", "fullscreen"} <= reached


def test_the_menu_is_walked_by_arrows(watching: Page) -> None:
    watching.locator("[data-part=settings]").focus()
    watching.keyboard.press("Enter")
    menu = watching.locator("[data-part=menu]")
    expect(menu).to_be_visible()
    watching.keyboard.press("ArrowDown")
    watching.keyboard.press("ArrowRight")
    watching.keyboard.press("End")
    watching.keyboard.press("Enter")
    assert until(watching, "video.playbackRate === 2")
    watching.keyboard.press("Escape")

    expect(menu).to_be_hidden()
    expect(watching.locator("[data-part=settings]")).to_be_focused()
    assert watching.locator(VIDEO).count() == 1


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: npm ci")
def test_nothing_stands_in_the_way_while_it_plays(watching: Page) -> None:
    assert faults_of(watching) == []
    assert not seen(watching)["paused"]
