"""The player among its surroundings: transcript, what is next, a corner, a question, guests."""

from __future__ import annotations

from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Filming, Opening
from tests.journeys.house import House
from tests.journeys.player import VIDEO, plays, until
from tests.sites import page, site

pytestmark = [pytest.mark.journey, pytest.mark.ffmpeg]

FILM: Final = "captioned_long"
SHORT: Final = "plain"
ELSEWHERE: Final = """<!doctype html><title>Elsewhere</title>
<iframe id="film" src="{embed}" width="640" height="360" allow="autoplay"></iframe>
<script src="{script}"></script>
<script>
  window.told = [];
  window.player = new AntennePlayer(document.getElementById("film"));
  for (const name of ["ready", "play", "pause", "ended", "timeupdate", "volumechange"]) {{
    player.on(name, (data) => told.push([name, data]));
  }}
</script>"""


def menu(page: Page, act: str) -> None:
    """Open the menu of what else can be done with the video, and press one of it."""
    page.click(".watch__actions .menu > summary")
    page.click(f".watch__actions {act}")


def test_the_transcript_follows_leads_and_is_searched(house: House, stranger: Page) -> None:
    stranger.goto(house.url(f"/v/{house.published(FILM)}"))
    plays(stranger)

    menu(stranger, "[data-transcript-open]")

    lines = stranger.locator(".transcript__line")
    expect(lines.first).to_be_visible()
    expect(stranger.locator(".transcript__line[aria-current=true]")).to_have_count(1)
    last = lines.last
    words = last.locator("span").last.inner_text()
    last.click()
    until(stranger, "video.currentTime > 5")
    expect(last).to_have_attribute("aria-current", "true")
    stranger.fill("[data-transcript-search]", words.upper())
    expect(stranger.locator(".transcript__line mark").first).to_be_visible()
    stranger.fill("[data-transcript-search]", "no line says this")
    expect(stranger.locator("[data-transcript-none]")).to_be_visible()


def test_the_next_video_starts_unless_somebody_says_no(house: House, stranger: Page) -> None:
    house.published(FILM)
    film = house.published(SHORT)
    stranger.goto(house.url(f"/v/{film}"))
    plays(stranger, past_s=0.5)
    end = f"document.querySelector({VIDEO!r}).currentTime = 3.6"

    stranger.evaluate(end)
    stranger.get_by_role("button", name="Cancel").click()

    expect(stranger.locator(".ending__count")).to_have_text("Up next")
    stranger.get_by_role("button", name="Watch again").click()
    plays(stranger, past_s=0.5)
    stranger.evaluate(end)
    stranger.wait_for_url(lambda url: film not in url)
    plays(stranger, past_s=0.3)


def test_a_video_goes_on_in_the_corner_and_on_the_next_page(house: House, stranger: Page) -> None:
    film = house.published(FILM)
    stranger.goto(house.url(f"/v/{film}"))
    plays(stranger)

    stranger.set_viewport_size({"width": 1440, "height": 500})
    stranger.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(stranger.locator("[data-player][data-mini=true]")).to_be_visible()
    stranger.evaluate("scrollTo(0, 0)")
    expect(stranger.locator("[data-player][data-mini=false]")).to_be_visible()
    stranger.click("a.brand")
    stranger.wait_for_url(house.url("/"))

    small = stranger.locator(".mini [data-player]")
    expect(small).to_be_visible()
    plays(stranger)
    small.hover()
    small.get_by_role("button", name="Back to the video").click()
    stranger.wait_for_url(house.url(f"/v/{film}?t=*"))


def test_a_sensitive_video_loads_nothing_before_one_wants_to_see_it(
    house: House, stranger: Page, filmed: Filming
) -> None:
    film = filmed(SHORT)
    house.api("PATCH", f"videos/{film}", {"sensitive": True})
    asked: list[str] = []
    stranger.on("request", lambda request: asked.append(request.url))

    for path in (f"/v/{film}", f"/embed/{film}"):
        stranger.goto(house.url(path))
        expect(stranger.get_by_text("Not for everybody")).to_be_visible()
        assert [url for url in asked if ".m3u8" in url or ".mp4" in url] == []
    stranger.get_by_role("button", name="Watch it").click()

    until(stranger, "video.videoWidth > 0")
    stranger.goto(house.url(f"/v/{film}"))
    plays(stranger, past_s=0.5)


def test_a_complete_video_hears_that_it_was_made_private(
    house: House, stranger: Page, filmed: Filming
) -> None:
    house.published(FILM)  # else nothing is up next
    film = filmed(SHORT)
    stranger.goto(house.url(f"/v/{film}"))
    until(stranger, "video.ended")
    stranger.get_by_role("button", name="Cancel").click()

    house.show(film, "private")

    expect(stranger.locator("[data-part=state-title]")).to_have_text("No longer open to you")
    expect(stranger.locator(".ending")).to_be_hidden()


def test_another_site_plays_with_the_player_it_has_embedded(house: House, opened: Opening) -> None:
    film = house.published(FILM)
    html = ELSEWHERE.format(
        embed=house.url(f"/embed/{film}"), script=house.url("/static/antenne-embed.js")
    )
    with site({"/": page(html.encode(), "text/html")}) as other:
        guest = opened()
        guest.goto(f"http://localhost:{other.port}/")
        state = guest.evaluate("player.ready")
        guest.evaluate("player.setMuted(true).then(() => player.play())")
        guest.wait_for_function(
            "told.some(([name, data]) => name === 'timeupdate' && data.time > 0.5)"
        )
        guest.evaluate("player.seek(20)")
        guest.wait_for_function(
            "told.some(([name, data]) => name === 'timeupdate' && data.time > 20)"
        )
        guest.evaluate("player.pause()")
        guest.wait_for_function("told.some(([name]) => name === 'pause')")
        after: dict[str, Any] = guest.evaluate("player.getState()")
        wrong = guest.evaluate("player.seek('nonsense').catch((error) => error.message)")

    assert state["id"] == film
    assert (after["paused"], after["muted"]) == (True, True)
    assert after["time"] > 20
    assert wrong == "not a number"
