"""An operator's morning: a new logo, a report, somebody who waits to be let in; and the log."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Opening
from tests.journeys.house import House
from tests.journeys.letters import code_for

pytestmark = pytest.mark.journey
PHONE: Final[dict[str, Any]] = {
    "viewport": {"width": 390, "height": 844},
    "color_scheme": "dark",
    "locale": "fr",
}
WORDS: Final = "a heron in the reeds at noon"
LOGO: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40">'
    '<path d="M0 0h120v40H0z" fill="teal"/></svg>'
)


@pytest.fixture
def sign_up_restored(house: House) -> Iterator[None]:
    with house.restoring("sign_up"):
        yield


@pytest.fixture
def logo_restored(house: House) -> Iterator[None]:
    yield
    house.api("DELETE", "desk/logos/logo")


def chosen(member: Page, house: House, mode: str) -> None:
    """Say in the settings who may sign up."""
    member.goto(house.url("/desk/settings/sign_up"))
    member.locator("select[name=mode]").select_option(mode)
    member.get_by_role("button", name="Save").click()
    expect(member.locator("[data-toasts]")).to_contain_text("Saved")
    house.heard()


def asks_to_come_in(phone: Page, house: House, name: str, address: str) -> None:
    """Sign up, with a message to whoever decides, up to the page that says to wait."""
    phone.goto(house.url("/sign-up"))
    for field, value in (("name", name), ("email", address), ("password1", WORDS)):
        phone.fill(f"[name={field}]", value)
    phone.fill("[name=message]", "Je filme des phares.")
    phone.click("main form button.button--main")
    phone.fill("[name=code]", code_for(house, address))
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/sign-up/waiting")


def logged(member: Page, house: House, name: str) -> int:
    """Return how many lines of the log are about somebody."""
    member.goto(house.url("/desk/log"))
    return member.locator(".log__line", has_text=name).count()


def test_a_report_is_decided_and_stands_in_the_log(
    house: House, member: Page, stranger: Page
) -> None:
    name = house.newcomer("Nora").name
    assert logged(member, house, name) == 0
    stranger.goto(house.url(f"/report/person/{name.lower()}"))
    stranger.get_by_label("Spam").check()
    stranger.get_by_role("button", name="Send the report").click()
    expect(stranger.get_by_role("heading", name="Thank you")).to_be_visible()

    member.goto(house.url("/desk"))
    member.get_by_role("link", name=re.compile(r"^\d+ open reports?$")).click()
    row = member.locator("main tbody tr", has_text=name)
    row.get_by_role("link").click()
    member.get_by_label("Nothing: it stays").check()
    member.get_by_role("button", name="Decide").click()

    expect(member.get_by_role("heading", name="Reports")).to_be_visible()
    expect(row).to_have_count(0)
    assert logged(member, house, name) == 1


def test_everybody_sees_the_new_logo_until_it_is_removed(
    house: House, member: Page, stranger: Page, tmp_path: Path, logo_restored: None
) -> None:
    logo = tmp_path / "logo.svg"
    logo.write_text(LOGO)

    member.goto(house.url("/desk/settings/site"))
    member.locator("#image-logo").set_input_files(logo)
    member.get_by_role("button", name="Use this image").first.click()
    expect(member.locator(".masthead .brand__logo")).to_be_visible()
    house.heard()
    stranger.goto(house.url())
    expect(stranger.locator(".masthead .brand__logo")).to_be_visible()

    member.get_by_role("button", name="Remove: Logo").click()
    expect(member.locator(".masthead .mark")).to_be_visible()


def test_a_newcomer_waits_until_an_operator_without_a_mouse_lets_them_in(
    house: House, member: Page, opened: Opening, sign_up_restored: None
) -> None:
    name = house.fresh("Ibrahim")
    address = f"{name.lower()}@example.org"
    chosen(member, house, "approval")
    phone = opened(PHONE)
    asks_to_come_in(phone, house, name, address)

    member.goto(house.url("/desk"))
    member.get_by_role("link", name="Sign-ups").first.focus()
    member.keyboard.press("Enter")
    waiting = member.locator(".log__line", has_text=name)
    expect(waiting).to_contain_text("Je filme des phares.")
    member.get_by_role("button", name=f"Let {name} in").focus()
    member.keyboard.press("Enter")
    expect(waiting).to_have_count(0)

    phone.goto(house.url("/sign-in"))
    phone.fill("[name=login]", address)
    phone.fill("[name=password]", WORDS)
    phone.keyboard.press("Enter")
    expect(phone.locator("[data-bell]")).to_be_visible()
