"""Everything can be reached by keyboard, and nothing that a checker can find stands in the way."""

from __future__ import annotations

from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import ROOT, Opening
from tests.journeys.house import House
from tests.journeys.player import VIDEO, plays, seen, until

pytestmark = [pytest.mark.journey, pytest.mark.ffmpeg]

AXE: Final = ROOT / "node_modules/axe-core/axe.min.js"
RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FILM: Final = "captioned_long"
# Path, whether its reader is signed in.
PAGES: Final = {
    "home": ("/", False),
    "watch": ("/v/{film}", False),
    "embed": ("/embed/{film}", False),
    "sign-in": ("/sign-in", False),
    "missing": ("/v/nothing", False),
    "upload": ("/upload", True),
    "studio": ("/studio", True),
    "edit": ("/studio/videos/{film}", True),
    "styleguide": ("/styleguide", False),
}
LOOKS: Final = [
    pytest.param("light", 390, "en", id="light-390"),
    pytest.param("dark", 1440, "en", id="dark-1440"),
    pytest.param("light", 1440, "fr", id="light-1440-fr"),
    pytest.param("dark", 390, "fr", id="dark-390-fr"),
]


@pytest.fixture
def watching(house: House, stranger: Page) -> Page:
    """The watch page of a video with captions, which plays."""
    stranger.goto(house.url(f"/v/{house.published(FILM)}"))
    plays(stranger)
    return stranger


def faults_of(page: Page) -> list[str]:
    """Return what axe finds wrong: the rule, and where."""
    page.evaluate(AXE.read_text())
    found: dict[str, Any] = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", RULES
    )
    return [
        f"{fault['id']}: {node['target']} {node['failureSummary']}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: npm ci")
@pytest.mark.parametrize(("scheme", "width_px", "language"), LOOKS)
def test_a_checker_finds_nothing_in_the_way(
    house: House, opened: Opening, scheme: str, width_px: int, language: str
) -> None:
    film = house.published(FILM)
    look = {
        "viewport": {"width": width_px, "height": 900},
        "color_scheme": scheme,
        "locale": language,
        "reduced_motion": "reduce",
    }
    readers = {signed_in: opened(look, member=signed_in) for signed_in in (False, True)}
    faults = {}
    for name, (path, signed_in) in PAGES.items():
        page = readers[signed_in]
        page.goto(house.url(path.format(film=film)))
        assert page.get_attribute("html", "lang") == language
        faults[name] = faults_of(page)

    assert {name: found for name, found in faults.items() if found} == {}


@pytest.mark.parametrize("width_px", [390, 820, 1440])
def test_no_page_is_wider_than_its_window(house: House, opened: Opening, width_px: int) -> None:
    film = house.published(FILM)
    size = {"viewport": {"width": width_px, "height": 900}}
    readers = {signed_in: opened(size, member=signed_in) for signed_in in (False, True)}
    wider = {}
    for name, (path, signed_in) in PAGES.items():
        page = readers[signed_in]
        page.goto(house.url(path.format(film=film)))
        wider[name] = page.evaluate("document.documentElement.scrollWidth - innerWidth")

    assert {name: by_px for name, by_px in wider.items() if by_px > 0} == {}


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
