"""An operator's morning: a new logo, a report, and what the log says of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.house import House

pytestmark = pytest.mark.journey
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40">'
    '<path d="M0 0h120v40H0z" fill="teal"/></svg>'
)


def test_an_operator_changes_the_logo_and_decides_a_report(
    house: House, member: Page, stranger: Page, tmp_path: Path
) -> None:
    logo = tmp_path / "logo.svg"
    logo.write_text(LOGO)
    handle = house.api("GET", "me")["handle"]

    stranger.goto(house.url(f"/report/person/{handle}"))
    stranger.get_by_label("Spam").check()
    stranger.get_by_role("button", name="Send the report").click()
    expect(stranger.get_by_role("heading", name="Thank you")).to_be_visible()

    member.goto(house.url("/desk"))
    member.get_by_role("link", name="1 open report").click()
    member.locator("main table a").first.click()
    member.get_by_label("Nothing: it stays").check()
    member.get_by_role("button", name="Decide").click()
    expect(member.get_by_text("There is none.")).to_be_visible()

    member.goto(house.url("/desk/settings/site"))
    member.locator("#image-logo").set_input_files(logo)
    member.get_by_role("button", name="Use this image").first.click()
    expect(member.locator(".masthead .brand__logo")).to_be_visible()
    stranger.goto(house.url())
    expect(stranger.locator(".masthead .brand__logo")).to_be_visible()

    member.goto(house.url("/desk/log"))
    expect(member.locator(".log__line")).to_have_count(2)

    member.goto(house.url("/desk/settings/site"))
    member.get_by_role("button", name="Remove: Logo").click()
    expect(member.locator(".masthead .mark")).to_be_visible()
