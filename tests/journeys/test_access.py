"""Everything can be reached by keyboard, and nothing that a checker can find stands in the way."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any, Final, Literal

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import ROOT, Opening
from tests.journeys.house import EMAIL, House
from tests.journeys.places import FURTHER, addresses
from tests.journeys.player import VIDEO, plays, seen, until

pytestmark = [pytest.mark.journey, pytest.mark.ffmpeg]

AXE: Final = ROOT / "node_modules/axe-core/axe.min.js"
RULES: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FILM: Final = "captioned_long"
FURNISH: Final = "tests.journeys.furnishing:furnish"
CALM: Final = {"reduced_motion": "reduce", "locale": "en"}
# A narrow light page and a wide dark one; each page is opened once and looked at in both.
LOOKS: Final[tuple[tuple[Literal["light", "dark"], int], ...]] = (("light", 390), ("dark", 1440))
NARROWEST_PX: Final = 320
PAINTED: Final = "new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))"
# Pages in the longest words, whose words are the likeliest to need room.
IN_FRENCH: Final = ("home", "watch", "search", "channel", "account_security", "upload", "library")
# Pages that show more to those they belong to.
ALSO_OWNED: Final = ("home", "watch", "channel", "channel_posts", "playlist", "post", "comments")


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


@pytest.fixture(scope="module")
def furnished(house: House) -> dict[str, str]:
    """The path of every address of the site, each with something behind it."""
    film = house.published(FILM)
    values: dict[str, str] = json.loads(house.called(FURNISH, email=EMAIL, film=film))
    for place in ("v", "embed", "studio", "desk"):
        values[f"{place}:public_id"] = film
    values["report:key"] = film
    return addresses(values)


def pages_of(page: Page, house: House, paths: dict[str, str]) -> tuple[dict[str, str], list[str]]:
    """Ask for every path; return those that are pages for this reader, and what is missing."""
    pages, missing = {}, []
    for name, path in paths.items():
        answer = page.request.get(house.url(path), max_redirects=0, fail_on_status_code=False)
        html = answer.headers.get("content-type", "").startswith("text/html")
        if answer.status == HTTPStatus.NOT_FOUND and name not in FURTHER:
            missing.append(name)
        elif html and answer.status != HTTPStatus.METHOD_NOT_ALLOWED and "<main" in answer.text():
            pages[name] = path
    return pages, missing


def walked(page: Page, house: House, pages: dict[str, str]) -> dict[str, list[str]]:
    """Open each page once; return what axe finds in both looks, and what is wider than a phone."""
    found = {}
    for name, path in pages.items():
        page.goto(house.url(path))
        faults = []
        for scheme, width_px in LOOKS:
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width_px, "height": 900})
            page.evaluate(PAINTED)
            faults += [f"{scheme} {width_px}: {fault}" for fault in faults_of(page)]
        for width_px in (NARROWEST_PX, 820):
            page.set_viewport_size({"width": width_px, "height": 900})
            wider_px = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            faults += [f"{wider_px} px wider than {width_px}"] if wider_px > 0 else []
        if faults:
            found[name] = faults
    return found


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: npm ci")
def test_nothing_stands_in_the_way_on_any_page(
    house: House, opened: Opening, furnished: dict[str, str]
) -> None:
    stranger, member = (opened(CALM, member=signed_in) for signed_in in (False, True))
    public, _kept = pages_of(stranger, house, furnished)
    own, missing = pages_of(member, house, furnished)
    kept = {name: path for name, path in own.items() if name not in public or name in ALSO_OWNED}

    assert missing == []
    assert walked(stranger, house, public) == {}
    assert walked(member, house, kept) == {}
    assert len(public) > 30
    assert len(kept) > 50


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: npm ci")
def test_nothing_stands_in_the_way_in_french(
    house: House, opened: Opening, furnished: dict[str, str]
) -> None:
    member = opened({**CALM, "locale": "fr"}, member=True)

    assert walked(member, house, {name: furnished[name] for name in IN_FRENCH}) == {}
    assert member.get_attribute("html", "lang") == "fr"


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
