"""Nothing that a checker can find stands in the way on any page, in either look, at any width."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http import HTTPStatus
from typing import Final, Literal

import pytest
from playwright.sync_api import Page, Route

from tests.journeys.conftest import Opening, house_standing
from tests.journeys.faults import AXE, at_rest, faults_of, rest_await
from tests.journeys.house import EMAIL, House
from tests.journeys.places import FURTHER, addresses

pytestmark = [
    pytest.mark.journey,
    pytest.mark.ffmpeg,
    pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: npm ci"),
]

FILM: Final = "captioned"
FURNISH: Final = "tests.journeys.furnishing:furnish"
CALM: Final = {"reduced_motion": "reduce", "locale": "en"}
# A narrow light page and a wide dark one; each page is opened once and looked at in both.
LOOKS: Final[tuple[tuple[Literal["light", "dark"], int], ...]] = (("light", 390), ("dark", 1440))
NARROWEST_PX: Final = 320
# As in a browser where nothing plays before it is asked to: else films end while axe looks, and
# pages go on to the next.
UNASKED: Final = """
    HTMLMediaElement.prototype.play = () =>
        Promise.reject(new DOMException("nobody has asked", "NotAllowedError"));
"""
# Pages in the longest words, whose words are the likeliest to need room.
IN_FRENCH: Final = ("home", "watch", "search", "channel", "account_security", "upload", "library")
# Pages that show more to those they belong to.
ALSO_OWNED: Final = ("home", "watch", "channel", "channel_posts", "playlist", "post", "comments")


@pytest.fixture(scope="module")
def bare_house(chromium: str) -> Iterator[House]:
    """A platform of their own: what stands behind every address would be in the way of others."""
    with house_standing() as house:
        yield house


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


def stay(route: Route) -> None:
    """Take a page that goes on by itself, which would leave while axe looks; and let it stay."""
    answer = route.fetch()
    headers = {name: value for name, value in answer.headers.items() if name != "refresh"}
    route.fulfill(response=answer, headers=headers)


def walked(page: Page, house: House, pages: dict[str, str]) -> dict[str, list[str]]:
    """Open each page once; return what axe finds in both looks, and what is wider than a phone."""
    page.add_init_script(UNASKED)
    page.route("**/download?wait=1", stay)
    found = {}
    for name, path in pages.items():
        at_rest(page, house.url(path))
        faults = []
        for scheme, width_px in LOOKS:
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width_px, "height": 900})
            rest_await(page)
            faults += [f"{scheme} {width_px}: {fault}" for fault in faults_of(page)]
        for width_px in (NARROWEST_PX, 820):
            page.set_viewport_size({"width": width_px, "height": 900})
            rest_await(page)
            wider_px = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            faults += [f"{wider_px} px wider than {width_px}"] if wider_px > 0 else []
        if faults:
            found[name] = faults
    return found


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


def test_nothing_stands_in_the_way_in_french(
    house: House, opened: Opening, furnished: dict[str, str]
) -> None:
    member = opened({**CALM, "locale": "fr"}, member=True)

    assert walked(member, house, {name: furnished[name] for name in IN_FRENCH}) == {}
    assert member.get_attribute("html", "lang") == "fr"
