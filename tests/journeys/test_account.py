"""A newcomer comes in: signs up, reads the letter, makes a passkey, signs out, and in with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Opening
from tests.journeys.faults import AXE, at_rest, faults_of
from tests.journeys.house import House
from tests.journeys.letters import code_for

pytestmark = [pytest.mark.journey]

PASSWORD: Final = "a swan on the lake at dawn"  # noqa: S105 - of a site that lives for minutes
PHONE: Final[dict[str, Any]] = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}
PAGES: Final = ("", "/preferences", "/security", "/sessions", "/tokens", "/data")
KEY: Final = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def named(house: House, path: str) -> str:
    """Return a page's address by the host's name: an address of numbers has no passkeys."""
    return house.url(path).replace("127.0.0.1", "localhost")


@pytest.fixture
def open_house(house: House) -> Iterator[House]:
    """A platform on which everybody may sign up for as long as the journey takes."""
    with house.restoring("sign_up"):
        house.say("sign_up", {"mode": "open"})
        yield house


@pytest.fixture
def phone(open_house: House, opened: Opening) -> Iterator[Page]:
    """A phone in the dark, which can make passkeys."""
    page = opened(PHONE)
    line = page.context.new_cdp_session(page)
    line.send("WebAuthn.enable")
    line.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    yield page
    line.detach()


def signed_up(house: House, page: Page, name: str) -> None:
    """Sign up from the head of the home page to being let in."""
    address = f"{house.fresh(name)}@example.org"
    page.goto(named(house, "/"))
    page.click(".masthead a[href^='/sign-in']")
    page.click("main a[href^='/sign-up']")
    for field, value in (("name", name.title()), ("email", address), ("password1", PASSWORD)):
        page.fill(f"[name={field}]", value)
    page.click("main form button.button--main")
    page.wait_for_url("**/confirm-email/**")
    page.fill("[name=code]", code_for(house, address))
    page.keyboard.press("Enter")
    page.wait_for_url(named(house, "/"))


def test_a_newcomer_comes_back_with_a_passkey(open_house: House, phone: Page) -> None:
    signed_up(open_house, phone, "dora")
    phone.goto(named(open_house, "/account/security"))
    phone.click("main a[href$='/webauthn/add/']")
    phone.click("main form button.button--main")
    phone.wait_for_url("**/recovery-codes/")
    expect(phone.locator(".codes li")).to_have_count(10)

    phone.goto(named(open_house, "/sign-out"))
    phone.click("main form button.button--main")
    phone.wait_for_url(named(open_house, "/"))
    phone.goto(named(open_house, "/sign-in"))
    phone.click("[data-passkey=login] button")

    phone.wait_for_url(named(open_house, "/"))
    phone.goto(named(open_house, "/account/sessions"))
    expect(phone.locator(".entries .entry")).to_have_count(1)
    expect(phone.locator(".entries .entry")).to_contain_text("this browser")


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: npm ci")
def test_nothing_stands_in_the_way_on_a_phone_in_the_dark(open_house: House, phone: Page) -> None:
    signed_up(open_house, phone, "emil")
    faults, wider = {}, {}
    for path in PAGES:
        at_rest(phone, named(open_house, f"/account{path}"))
        faults[path] = faults_of(phone)
        wider[path] = phone.evaluate("document.documentElement.scrollWidth - innerWidth")

    assert {path: found for path, found in faults.items() if found} == {}
    assert {path: by_px for path, by_px in wider.items() if by_px > 0} == {}


def test_somebody_without_a_password_signs_up_with_their_device(
    open_house: House, phone: Page
) -> None:
    address = f"{open_house.fresh('fred')}@example.org"
    phone.goto(named(open_house, "/sign-up"))
    phone.click("[data-passkey-only] a")
    phone.fill("[name=name]", "Fred")
    phone.fill("[name=email]", address)
    phone.click("main form button.button--main")
    phone.wait_for_url("**/confirm-email/**")
    phone.fill("[name=code]", code_for(open_house, address))
    phone.keyboard.press("Enter")
    phone.wait_for_url("**/webauthn/signup/**")
    phone.click("[data-passkey=create] button")

    phone.wait_for_url(named(open_house, "/"))
    phone.goto(named(open_house, "/account/security"))
    expect(phone.locator("main")).to_contain_text("You have no password.")
