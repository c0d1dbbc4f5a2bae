"""One platform for all journeys, one browser for each module of them.

A browser holds an event loop open in this thread, in which Django would refuse to ask the
database: none outlives its module.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    expect,
    sync_playwright,
)

from benchmarks.platform import platform_running
from tests.clips import clip
from tests.journeys.house import EMAIL, NAME, PASSWORD, House

ROOT: Final = Path(__file__).parents[2]
MANIFEST: Final = ROOT / "antenne/web/static/dist/manifest.json"
BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome")
FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
)
PATIENCE_MS: Final = 60_000
expect.set_options(timeout=PATIENCE_MS)
LOOK: Final = {"viewport": {"width": 1440, "height": 900}}

POLICY: Final = "Content Security Policy"
# What Chromium says of a page that was left before its own transition had begun.
LEFT: Final = "Transition was aborted"

Opening = Callable[..., Page]
Filming = Callable[[str], str]


@pytest.fixture(scope="session")
def chromium() -> str:
    """The program of the system's browser."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.skip(f"no browser: none of {', '.join(BROWSERS)} is installed")
    return found


@contextmanager
def house_standing() -> Iterator[House]:
    """Run a platform on which nobody has an account yet."""
    if not MANIFEST.exists():
        pytest.skip("the front end is not built: make frontend")
    with platform_running() as platform:
        house = House(platform)
        yield house
        house.close()


@pytest.fixture(scope="session")
def bare_house(chromium: str) -> Iterator[House]:
    """The platform that journeys share, as it was started."""
    with house_standing() as house:
        yield house


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def house(browser: Browser, bare_house: House) -> House:
    """The platform with its administrator, who came by the one-time link."""
    if bare_house.state is None:
        context = browser.new_context()
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.goto(bare_house.setup_url())
        for name, value in (("name", NAME), ("email", EMAIL), ("password", PASSWORD)):
            page.fill(f"[name={name}]", value)
        page.click("main form button")
        page.wait_for_url(bare_house.url("/upload"))
        bare_house.state = context.storage_state()
        context.close()
    return bare_house


@pytest.fixture
def opened(house: House, browser: Browser) -> Iterator[Opening]:
    """Open pages; at the end none of them may have thrown an error or broken its own policy."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def policy_watch(said: ConsoleMessage) -> None:
        if POLICY in said.text:
            faults.append(said.text)

    def error_watch(error: Error) -> None:
        if LEFT not in str(error):
            faults.append(str(error))

    def new(look: Mapping[str, Any] = LOOK, *, member: bool = False, strict: bool = True) -> Page:
        state = house.state if member else None
        context = browser.new_context(storage_state=state, **look)
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        page.on("pageerror", error_watch)
        if strict:
            page.on("console", policy_watch)
        return page

    yield new
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def stranger(opened: Opening) -> Page:
    """A page of somebody without an account."""
    return opened()


@pytest.fixture
def member(opened: Opening) -> Page:
    """A page of the administrator."""
    return opened(member=True)


@pytest.fixture
def filmed(house: House) -> Iterator[Filming]:
    """Publish clips for one journey, which may do with them what it likes; they go with it."""
    films: list[str] = []

    def new(name: str) -> str:
        films.append(house.publish(clip(name)))
        return films[-1]

    yield new
    for film in films:
        house.remove(film)
