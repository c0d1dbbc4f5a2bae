"""What a page and an idle platform weigh: `python -m benchmarks.pages`.

A platform of its own is filled by `antenne demo`. Chromium loads its pages, those of viewers as a
stranger and those of its makers signed in, and counts the bytes of scripts and styles as they came
over the wire. Lighthouse judges them as on a phone and on a desk. Then the platform is left alone
and its processes are counted and weighed; at last it is stopped and started again.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Request, sync_playwright

from benchmarks import lighthouse
from benchmarks.commands import answered
from benchmarks.lighthouse import Shown, chromium
from benchmarks.platform import Platform, platform_running
from benchmarks.processes import footprint_of
from benchmarks.report import Bar, Figure, Report

SHOWN: Final = """
    SELECT channel.handle, video.public_id, owner.email
      FROM catalog_video video
      JOIN catalog_channel channel ON channel.id = video.channel_id
      JOIN accounts_person person ON person.id = channel.person_id
      JOIN accounts_user owner ON owner.id = person.user_id
     WHERE video.width_px > video.height_px ORDER BY video.created_at LIMIT 1
"""
SCRIPT_BARS_KB: Final = {"watch": 200.0}
SCRIPT_BAR_KB: Final = 60.0
PSS_BAR_MB: Final = 500.0
PROCESSES_BAR: Final = 25.0
SECOND_START_BAR_S: Final = 5.0
SETTLE_S: Final = 4.0
FILLING_S: Final = 1800.0
_KB: Final = 1000


@dataclass(slots=True)
class Wire:
    """Bytes over the wire by kind of resource, and how many requests there were."""

    bytes_of: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    requests: int = 0


def filled(platform: Platform) -> str:
    """Fill the site, wait until all of it is encoded and return the password of its people."""
    platform.admin_make()
    argv = [sys.executable, "-m", "antenne.cli.main", "demo"]
    said = answered(argv, environment=platform.environment)
    platform.idle_await(FILLING_S)
    return said.split()[-1].rstrip(".")


def pages_of(platform: Platform, password: str) -> list[Shown]:
    """Return the pages that are looked at; the studio as its owner, the desk as who runs it."""
    site = platform.url
    channel, slug, owner = platform.rows(SHOWN)[0]
    owned, desk = platform.sign_in(owner, password), platform.sign_in()
    return [
        Shown("home", f"{site}/"),
        Shown("watch", f"{site}/v/{slug}"),
        Shown("channel", f"{site}/c/{channel}"),
        Shown("search", f"{site}/search?q=light", listed=False),
        Shown("studio", f"{site}/studio", owned, listed=False),
        Shown("desk", f"{site}/desk", desk, listed=False),
    ]


def wire_of(shown: Shown, browser_path: str) -> Wire:
    """Load a page with an empty cache and return what came over the wire until it was quiet."""
    wire = Wire()
    finished: list[Request] = []

    def on_finished(request: Request) -> None:
        finished.append(request)

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        page = browser.new_context(extra_http_headers=shown.headers).new_page()
        page.on("requestfinished", on_finished)  # those of workers too
        page.goto(shown.url, wait_until="load")
        page.wait_for_timeout(SETTLE_S * 1000)
        loaded = tuple(finished)  # asking for sizes lets further ones come in
        for request in loaded:
            sizes = request.sizes()
            kind = "script" if request.url.partition("?")[0].endswith(".js") else ""
            received = sizes["responseBodySize"] + sizes["responseHeadersSize"]
            wire.bytes_of[kind or request.resource_type] += received
            wire.requests += 1
        browser.close()
    return wire


def wire_report(report: Report, pages: list[Shown]) -> None:
    """Report scripts and styles of each page."""
    path = chromium()
    if not path:
        report.note("no chromium: the pages were not loaded")
        return
    for shown in pages:
        name = shown.name
        try:
            wire = wire_of(shown, path)
        except BrowserError as error:
            report.note(f"{name}: {str(error).splitlines()[0]}")
            continue
        scripts_kb = wire.bytes_of["script"] / _KB
        bar = Bar(SCRIPT_BARS_KB.get(name, SCRIPT_BAR_KB))
        report.add(Figure(f"{name}: scripts", scripts_kb, "kB", bar=bar))
        report.add(Figure(f"{name}: styles", wire.bytes_of["stylesheet"] / _KB, "kB"))
        others = ", ".join(
            f"{kind} {size / _KB:.1f} kB" for kind, size in sorted(wire.bytes_of.items())
        )
        report.note(f"{name}: {wire.requests} requests; {others}")


def idle_report(report: Report, platform: Platform, pause_s: float) -> None:
    """Report processes and proportional memory after a while of doing nothing."""
    platform.idle_await(300)
    time.sleep(pause_s)
    footprint = footprint_of(platform.pid)
    if os.geteuid() != 0:
        report.note("not root: the database's memory may be missing")
    pss_mb = footprint.pss_bytes / 1e6
    add = report.add
    add(Figure("idle: proportional memory", pss_mb, "MB", (), Bar(PSS_BAR_MB), 2100, "MediaCMS"))
    add(Figure("idle: processes", float(footprint.processes), "", (), Bar(PROCESSES_BAR), 39,
               "MediaCMS"))  # fmt: skip


def starts_report(report: Report, platform: Platform) -> None:
    """Stop the platform, start it again and report how long that takes."""
    platform.stop()
    report.add(Figure("second start", platform.start(), "s", bar=Bar(SECOND_START_BAR_S)))


def main() -> int:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(prog="benchmarks.pages", description=__doc__)
    parser.add_argument(
        "--idle", type=float, default=20.0, help="seconds left alone before weighing"
    )
    parser.add_argument("--judged", type=int, default=3, help="times by Lighthouse; 0: not at all")
    options = parser.parse_args()
    report = Report("pages", vars(options))
    with platform_running() as platform:
        pages = pages_of(platform, filled(platform))
        wire_report(report, pages)
        if options.judged:
            lighthouse.judge(report, pages, runs=options.judged)
        idle_report(report, platform, options.idle)
        starts_report(report, platform)
    return report.write()


if __name__ == "__main__":
    raise SystemExit(main())
