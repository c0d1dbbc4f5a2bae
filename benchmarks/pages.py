"""What a page and an idle platform weigh: `python -m benchmarks.pages [--lighthouse-install]`.

Chromium loads the pages of a real platform, those of viewers as a stranger and those of its makers
signed in, and counts the bytes of scripts and styles as they came over the wire. Lighthouse judges
them where it is installed. Then the platform is left alone and its processes are counted and
weighed; at last it is stopped and started again.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Request, sync_playwright

from benchmarks import clips
from benchmarks.commands import CommandFailed, answered
from benchmarks.platform import Platform, platform_running
from benchmarks.processes import footprint_of
from benchmarks.report import Bar, Figure, Report

SCRIPT_BARS_KB: Final = {"watch": 200.0}
SCRIPT_BAR_KB: Final = 60.0
LIGHTHOUSE_BAR: Final = 95.0
LIGHTHOUSE: Final = "lighthouse@12"
CATEGORIES: Final = ("performance", "accessibility", "best-practices", "seo")
PRIVATE_CATEGORIES: Final = CATEGORIES[:3]  # what no search engine is to list
PSS_BAR_MB: Final = 500.0
PROCESSES_BAR: Final = 25.0
SECOND_START_BAR_S: Final = 5.0
SETTLE_S: Final = 4.0
_KB: Final = 1000


@dataclass(frozen=True, slots=True)
class Shown:
    """A page to be looked at: with *cookie* as somebody signed in; *listed* by search engines."""

    name: str
    url: str
    cookie: str = ""
    listed: bool = True

    @property
    def headers(self) -> dict[str, str]:
        """Return what is sent with every request."""
        return {"Cookie": self.cookie} if self.cookie else {}

    @property
    def categories(self) -> tuple[str, ...]:
        """Return what Lighthouse is to judge."""
        return CATEGORIES if self.listed else PRIVATE_CATEGORIES


@dataclass(slots=True)
class Wire:
    """Bytes over the wire by kind of resource, and how many requests there were."""

    bytes_of: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    requests: int = 0


def chromium() -> str:
    """Return the browser to use; empty where there is none."""
    named = os.environ.get("CHROME_PATH", "")
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return named or next((path for path in found if path), "")


def pages_of(platform: Platform, watch_url: str) -> list[Shown]:
    """Return the pages that are looked at; the studio's and the desk's as the administrator."""
    site, cookie = platform.url, platform.sign_in()
    channel = platform.rows("SELECT handle FROM catalog_channel ORDER BY created_at")[0][0]
    return [
        Shown("home", f"{site}/"),
        Shown("watch", watch_url),
        Shown("channel", f"{site}/c/{channel}"),
        Shown("search", f"{site}/search?q=moving", listed=False),
        Shown("studio", f"{site}/studio", cookie, listed=False),
        Shown("desk", f"{site}/desk", cookie, listed=False),
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


def lighthouse_path(*, install: bool) -> str:
    """Return Lighthouse's program: of the path, or of our cache; empty where there is none."""
    kept = clips.cache_folder() / "lighthouse"
    program = kept / "node_modules" / ".bin" / "lighthouse"
    if install and not program.exists():
        kept.mkdir(exist_ok=True)
        answered(["npm", "install", "--no-audit", "--no-fund", "--prefix", str(kept), LIGHTHOUSE])
    return str(program) if program.exists() else shutil.which("lighthouse") or ""


def lighthouse_report(report: Report, pages: list[Shown], program: str) -> None:
    """Report the scores of each page, on a simulated phone as Lighthouse's default is."""
    if not program or not chromium():
        report.note("no Lighthouse or no chromium: no scores (--lighthouse-install)")
        return
    for shown in pages:
        try:
            judged = judgement_of(shown, program)
        except CommandFailed as error:
            report.note(f"{shown.name}: Lighthouse: {error}")
            continue
        for category in shown.categories:
            score = 100 * (judged["categories"][category]["score"] or 0)
            bar = Bar(LIGHTHOUSE_BAR, least=True)
            report.add(Figure(f"{shown.name}: {category}", score, "", bar=bar))
        _shortcomings_note(report, shown.name, judged)


def judgement_of(shown: Shown, program: str) -> dict[str, Any]:
    """Return what Lighthouse says of one page; raise CommandFailed."""
    argv = [
        *(program, shown.url, "--output=json", "--quiet"),
        f"--only-categories={','.join(shown.categories)}",
        f"--extra-headers={json.dumps(shown.headers)}",
        "--chrome-flags=--headless=new --no-sandbox",
    ]
    said = answered(argv, environment={**os.environ, "CHROME_PATH": chromium()})
    judged: dict[str, Any] = json.loads(said)
    return judged


def _shortcomings_note(report: Report, page: str, judged: dict[str, Any]) -> None:
    """Note every audit that was not passed in full."""
    for audit in judged["audits"].values():
        score = audit.get("score")
        if score is not None and score < 1 and audit.get("scoreDisplayMode") != "informative":
            report.note(f"{page}: {audit['title']} ({audit.get('displayValue', score)})")


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
    parser.add_argument("--clip", type=Path, help="to publish; else a generated one of 8 s")
    parser.add_argument(
        "--idle", type=float, default=20.0, help="seconds left alone before weighing"
    )
    parser.add_argument("--lighthouse-install", action="store_true", help="by npm, in the cache")
    parser.add_argument("--no-lighthouse", action="store_true")
    options = parser.parse_args()
    report = Report("pages", vars(options))
    with platform_running() as platform:
        platform.admin_make()
        clip = options.clip or clips.moving(8, vp9=False)
        watch = [str(event.data.get("watch_url", "")) for event in platform.publish(clip)][-1]
        pages = pages_of(platform, watch)
        wire_report(report, pages)
        if not options.no_lighthouse:
            program = lighthouse_path(install=options.lighthouse_install)
            lighthouse_report(report, pages, program)
        idle_report(report, platform, options.idle)
        starts_report(report, platform)
    return report.write()


if __name__ == "__main__":
    raise SystemExit(main())
