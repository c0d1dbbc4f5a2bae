"""A file goes in through the page, whatever interrupts it, and plays before it is all encoded."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import CDPSession, Page, Request, Response, expect

from tests import corpus
from tests.clips import clip
from tests.journeys.conftest import Opening
from tests.journeys.house import LONG_S, House
from tests.journeys.player import plays, qualities, until

pytestmark = [pytest.mark.journey, pytest.mark.ffmpeg]

# The file takes ten seconds until the line was broken, however busy the machine.
SLOW_BYTES_PER_S = 2 * 1024 * 1024
TITLE = "Harbour, named while it travels"
LONG_MS = LONG_S * 1000


@dataclass
class Wire:
    """What a page sends to the edge, over a line that is slow until it broke once."""

    page: Page
    starts: list[int] = field(default_factory=list)
    acknowledged: int = 0
    begun: int = 0

    def __post_init__(self) -> None:
        self._line: CDPSession = self.page.context.new_cdp_session(self.page)
        self._line.send("Network.enable")
        self._set(offline=False, bytes_per_s=SLOW_BYTES_PER_S)
        self.page.on("request", self._asked)
        self.page.on("response", self._answered)

    def switch(self, *, on: bool) -> None:
        """Take the network away, or give it back without its limit."""
        self._set(offline=not on, bytes_per_s=-1)

    def middle(self) -> int:
        """Wait until the edge has acknowledged a part; return how many bytes."""
        while not self.acknowledged:
            self.page.wait_for_timeout(20)
        return self.acknowledged

    def _set(self, *, offline: bool, bytes_per_s: int) -> None:
        rate = {"downloadThroughput": -1, "uploadThroughput": bytes_per_s}
        self._line.send(
            "Network.emulateNetworkConditions", {"offline": offline, "latency": 0, **rate}
        )

    def _asked(self, request: Request) -> None:
        if request.method == "PATCH":
            self.starts.append(int(request.headers["upload-offset"]))
        self.begun += request.method == "POST" and request.url.endswith("/studio/uploads")

    def _answered(self, response: Response) -> None:
        if response.request.method == "PATCH" and response.ok:
            self.acknowledged = int(response.headers["upload-offset"])


def chosen(page: Page, house: House, file: Path) -> None:
    """Choose a file on the upload page, as a person would."""
    page.goto(house.url("/upload"))
    with page.expect_file_chooser() as choosing:
        page.click("[data-choose=files]")
    choosing.value.set_files(file)


def received(page: Page) -> str:
    """Wait until the site has all bytes and offers to watch; return the video."""
    expect(page.locator("[data-watch]")).to_be_visible(timeout=LONG_MS)
    return str(page.get_attribute("[data-watch]", "href")).rpartition("/")[2]


def test_the_link_that_makes_the_first_administrator_works_once(
    house: House, stranger: Page, member: Page
) -> None:
    answer = stranger.goto(house.setup_url())
    member.goto(house.url("/upload"))

    assert answer is not None
    assert answer.status == 404
    expect(member.locator("[data-drop]")).to_be_visible()


def test_an_upload_waits_for_a_lost_network(house: House, member: Page) -> None:
    wire = Wire(member)
    chosen(member, house, clip("camera"))
    before = wire.middle()

    wire.switch(on=False)
    expect(member.locator("[data-bytes-words]")).to_have_text("Connection lost, trying again")
    wire.switch(on=True)
    video = received(member)

    assert wire.begun == 1
    assert before in wire.starts
    assert wire.starts.count(0) == 1
    house.remove(video)


def test_a_reloaded_page_goes_on_with_the_same_file_and_keeps_its_title(
    house: House, member: Page
) -> None:
    wire = Wire(member)
    member.on("dialog", lambda dialog: dialog.accept())  # "leave the page?"
    chosen(member, house, clip("camera"))
    member.fill("[name=title]", TITLE)
    expect(member.locator("[data-saved]")).to_have_text("Saved")
    wire.middle()
    wire.switch(on=False)
    before, again = wire.acknowledged, len(wire.starts)

    wire.switch(on=True)
    chosen(member, house, clip("camera"))
    expect(member.locator("[name=title]")).to_have_value(TITLE)
    video = received(member)

    size_bytes = clip("camera").stat().st_size
    assert wire.begun == 1
    assert wire.starts[again] >= before > 0
    assert size_bytes - wire.starts[again] < size_bytes
    assert house.api("GET", f"videos/{video}")["title"] == TITLE
    house.remove(video)


def test_a_refused_file_asks_for_nothing_and_its_card_is_closed(
    house: House, member: Page, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.mp4"
    empty.touch()

    chosen(member, house, empty)

    expect(member.locator("[data-error]")).to_have_text("This file is empty.")
    expect(member.locator("[data-fields]")).to_be_hidden()
    expect(member.locator("[data-cancel]")).to_be_hidden()
    member.click("[data-close]")
    expect(member.locator("[data-items] > *")).to_have_count(0)


def test_without_scripts_the_upload_page_offers_what_works(house: House, opened: Opening) -> None:
    page = opened({"java_script_enabled": False}, member=True)

    page.goto(house.url("/upload"))

    expect(page.locator("[data-drop]")).to_be_hidden()
    expect(page.locator("noscript .notice a")).to_be_visible()
    expect(page.locator("#import button")).to_be_visible()


def test_an_upload_outlives_a_killed_edge(house: House, member: Page) -> None:
    wire = Wire(member)
    chosen(member, house, clip("camera"))
    before = wire.middle()
    killed = house.platform.parts()["edge"]

    os.kill(killed, signal.SIGKILL)
    wire.switch(on=True)
    video = received(member)

    assert wire.begun == 1
    assert wire.starts.count(0) == 1
    assert max(wire.starts) >= before
    assert house.platform.parts()["edge"] != killed
    house.remove(video)


FILES = [
    pytest.param("", 720, id="camera"),
    pytest.param(
        "cars_12fps.mp4", 432, id="corpus", marks=[corpus.needs_corpus, pytest.mark.corpus]
    ),
]


@pytest.mark.parametrize(("name", "height_px"), FILES)
def test_a_video_plays_before_it_is_complete_and_then_offers_its_best(
    house: House, member: Page, name: str, height_px: int
) -> None:
    file = Path(corpus.FOLDER, name) if name else clip("camera")
    chosen(member, house, file)
    video = received(member)

    member.click("[data-watch]")
    shown = plays(member)
    assert house.state_of(video) == "on_air"
    assert shown["width"] > shown["height"] > 0
    house.complete(video)
    member.reload()

    plays(member)
    assert f"{height_px}p" in qualities(member)[1]
    member.locator("[data-part=menu] [role=menuitemradio]").nth(1).click()
    assert until(member, f"video.videoHeight === {height_px}")["height"] == height_px
    house.remove(video)
