"""Who may watch changes, and what is open in a browser follows at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page, Response, expect

from antenne.kernel.clock import now
from tests.clips import clip
from tests.journeys.conftest import Opening
from tests.journeys.house import House
from tests.journeys.player import plays, until
from tests.sites import page as page_of
from tests.sites import site

pytestmark = [pytest.mark.journey, pytest.mark.ffmpeg]

TITLE = "The lamp of the lighthouse, taken apart"
SECRET = "low tide"  # noqa: S105 - of a video that lives for seconds
# Where Chromium goes instead of a page that may not stand in a frame.
REFUSED = "chrome-error:"
FETCH = "url => fetch(url, {cache: 'no-store'}).then(answer => answer.status)"


@pytest.fixture(scope="module")
def made(house: House) -> Iterator[str]:
    """A video of three minutes whose visibility these journeys change."""
    video = house.publish(clip("lecture"))
    house.api("PATCH", f"videos/{video}", {"title": TITLE})
    yield video
    house.remove(video)


@pytest.fixture
def film(house: House, made: str) -> str:
    """That video, which everybody may watch, everywhere."""
    house.show(made, "public")
    house.api("PUT", f"videos/{made}/embedding", {"embedding": "all"})
    return made


def status_of(answer: Response | None) -> int:
    """Return the status of an answer that must be there."""
    assert answer is not None
    return answer.status


def on_home(page: Page, house: House, video: str) -> int:
    """Return how often a video stands on the home page."""
    page.goto(house.url("/"))
    return page.locator(f"a[href='/v/{video}']").count()


def test_a_private_video_stops_for_strangers_at_once(
    house: House, stranger: Page, film: str
) -> None:
    used: list[str] = []
    stranger.on("request", lambda asked: used.append(asked.url))
    stranger.goto(house.url(f"/v/{film}"))
    plays(stranger)
    # The page shows pictures of other videos too.
    media = [url for url in used if "/m/" in url and film in url]
    assert {stranger.evaluate(FETCH, url) for url in media} == {200}

    house.show(film, "private")

    assert {stranger.evaluate(FETCH, url) for url in media} == {403}
    expect(stranger.locator("[data-part=state-title]")).to_have_text("No longer open to you")
    assert status_of(stranger.reload()) == 403
    expect(stranger.locator("h1")).to_have_text("This video is private")
    assert TITLE not in stranger.content()


def test_its_owner_still_sees_a_private_video(house: House, member: Page, film: str) -> None:
    house.show(film, "private")

    member.goto(house.url(f"/v/{film}"))

    plays(member)


def test_a_video_with_a_password_asks_for_it_and_opens(
    house: House, stranger: Page, film: str
) -> None:
    house.show(film, "password", password=SECRET)

    assert status_of(stranger.goto(house.url(f"/v/{film}"))) == 403
    stranger.fill("main [name=password]", "high tide")
    stranger.click("main form button")
    expect(stranger.locator("main [name=password]")).to_be_visible()
    assert stranger.locator("video").count() == 0
    stranger.fill("main [name=password]", SECRET)
    stranger.click("main form button")

    plays(stranger)


def test_an_unlisted_video_plays_and_is_not_on_the_home_page(
    house: House, stranger: Page, film: str
) -> None:
    assert on_home(stranger, house, film) > 0

    house.show(film, "unlisted")

    assert on_home(stranger, house, film) == 0
    stranger.goto(house.url(f"/v/{film}"))
    plays(stranger)


def test_a_scheduled_video_says_that_it_comes(house: House, stranger: Page, film: str) -> None:
    house.show(film, "scheduled", publish_at=(now() + timedelta(days=1)).isoformat())

    assert status_of(stranger.goto(house.url(f"/v/{film}"))) == 403
    expect(stranger.locator("h1")).to_have_text("Not on the air yet")
    assert on_home(stranger, house, film) == 0


def test_a_removed_video_is_gone_for_good(house: House, stranger: Page) -> None:
    video = house.publish(clip("plain"))
    master = house.playback(video)["master_url"]
    assert stranger.request.get(master).status == 200

    house.remove(video)

    assert status_of(stranger.goto(house.url(f"/v/{video}"))) == 410
    expect(stranger.locator("h1")).to_have_text("This video has been removed")
    assert stranger.request.get(master).status in {403, 404}


def test_a_removed_video_stops_where_it_plays(house: House, stranger: Page) -> None:
    video = house.publish(clip("lecture"))
    stranger.goto(house.url(f"/v/{video}"))
    plays(stranger)

    house.remove(video)

    expect(stranger.locator("[data-part=state-title]")).to_have_text("This video has been removed")


def framing(house: House, film: str, query: str = "") -> bytes:
    """Return a page of another site that embeds a video."""
    frame = f'<iframe src="{house.url(f"/embed/{film}")}{query}" width="800" height="450"'
    return f'<!doctype html><title>Elsewhere</title>{frame} allow="autoplay"></iframe>'.encode()


def test_an_embed_plays_on_the_sites_that_are_allowed(
    house: House, opened: Opening, film: str
) -> None:
    html = framing(house, film, "?t=20&autoplay=1&muted=1")
    with site({"/": page_of(html, "text/html")}) as other:
        sites = [f"127.0.0.1:{other.port}"]
        house.api("PUT", f"videos/{film}/embedding", {"embedding": "listed", "sites": sites})
        visitor = opened()
        visitor.goto(other.url("/"))

        shown = plays(visitor, past_s=20.5, inside=visitor.frame_locator("iframe"))

    assert shown["muted"] is True


def test_an_embed_refuses_every_other_site(house: House, opened: Opening, film: str) -> None:
    with site({"/": page_of(framing(house, film), "text/html")}) as other:
        listed = {"embedding": "listed", "sites": ["films.example"]}
        house.api("PUT", f"videos/{film}/embedding", listed)
        visitor = opened(strict=False)

        with visitor.expect_event("framenavigated", lambda frame: frame.url.startswith(REFUSED)):
            visitor.goto(other.url("/"))

        assert visitor.frames[-1].locator("video").count() == 0


def test_an_embed_begins_where_its_address_says_and_waits_to_be_asked(
    house: House, stranger: Page, film: str
) -> None:
    stranger.goto(house.url(f"/embed/{film}?t=30"))

    shown = until(stranger, "video.readyState >= 2 && Math.abs(video.currentTime - 30) < 0.5")
    assert shown["paused"] is True
    assert shown["muted"] is False
    stranger.click("[data-part=big]")
    plays(stranger, past_s=30.5)
