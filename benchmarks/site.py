"""What a page costs on a large site: `python -m benchmarks.site [--videos 100000] [--keep FOLDER]`.

Fills a database of its own, asks each page as a stranger and as somebody signed in, and prints
queries, milliseconds of Python (processor time outside of queries) and of the database (by its
own clock), each time made anew. Then wrk asks the real web server with 32 connections, which keeps
lists for strangers for a second; beside it, in turns, a bare Django view with one query on the
same server settings. The same is measured on a site a hundredth of the size first.
With `--keep` both sites are filled once and found again by the next run.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import psycopg

from antenne.processes.postgres import EmbeddedPostgres
from benchmarks.commands import answered
from benchmarks.report import Bar, Figure, Report
from benchmarks.site_serving import Serving, rate_of, serving

LIST_QUERIES: Final = 6
PAGE_QUERIES: Final = 12
LIST_PYTHON_MS: Final = 8.0
PAGE_PYTHON_MS: Final = 20.0
PAGE_DATABASE_MS: Final = 20.0
LIST_RATE: Final = 0.4
GROWTH: Final = 1.5
ROUNDS: Final = 3
SLOW_MS: Final = 5.0


@dataclass(frozen=True, slots=True)
class Cost:
    """What one page costs, as `benchmarks.site_inside` measured it."""

    name: str
    path: str
    listed: bool
    headers: dict[str, str]
    queries: int
    python_ms: list[float]
    database_ms: list[float]
    slowest_ms: float
    slowest: str

    @property
    def whole_ms(self) -> float:
        """Return the least that it took: what other programs added to it is not its own."""
        return min(self.python_ms) + min(self.database_ms)


def site_of(postgres: EmbeddedPostgres, home: Path, videos: int) -> dict[str, str]:
    """Return the environment of a site of *videos* videos, whose database is made if need be."""
    name = f"site_{videos}"
    with psycopg.connect(postgres.url, autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,))
        if known.fetchone() is None:
            connection.execute(f"CREATE DATABASE {name}")
    environment = os.environ | {
        "DATABASE_URL": urlsplit(postgres.url)._replace(path=f"/{name}").geturl(),
        "ANTENNE_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "antenne.config.settings",
    }
    answered([sys.executable, "-m", "antenne.cli.parts", "prepare"], environment=environment)
    return environment


def costs_of(environment: dict[str, str], *, videos: int, runs: int) -> list[Cost]:
    """Fill a site with *videos* videos, unless it is full, and return what each page costs."""
    argv = [sys.executable, "-m", "benchmarks.site_inside", str(videos), str(runs)]
    return [Cost(**row) for row in json.loads(answered(argv, environment=environment))]


def report_costs(report: Report, costs: list[Cost]) -> None:
    """Report queries, Python and database time of each page beside its bars."""
    for cost in costs:
        queries = LIST_QUERIES if cost.listed else PAGE_QUERIES
        python = LIST_PYTHON_MS if cost.listed else PAGE_PYTHON_MS
        report.add(Figure(f"{cost.name}: queries", cost.queries, "", bar=Bar(queries)))
        for what, times_ms, most in (
            ("Python", cost.python_ms, python),
            ("database", cost.database_ms, PAGE_DATABASE_MS),
        ):
            raw = (min(times_ms), max(times_ms))
            median = statistics.median(times_ms)
            report.add(Figure(f"{cost.name}: {what}", median, "ms", raw, Bar(most)))
        if cost.slowest_ms > SLOW_MS:
            report.note(f"{cost.name}: {cost.slowest_ms:.1f} ms of it: {cost.slowest}")


def report_growth(report: Report, small: list[Cost], large: list[Cost], times: int) -> None:
    """Report how the whole cost of a page grew with the site."""
    for before, after in zip(small, large, strict=True):
        grown = after.whole_ms / before.whole_ms
        raw = (before.whole_ms, after.whole_ms)
        report.add(Figure(f"{after.name}: cost at {times} x", grown, "times", raw, Bar(GROWTH)))


def report_rates(
    report: Report, costs: list[Cost], servers: tuple[Serving, Serving], seconds: int
) -> None:
    """Report requests a second of each page and of a bare view, measured in turns."""
    web, bare = servers
    for cost in costs:
        ours, theirs = [], []
        for _round in range(ROUNDS):
            ours.append(rate_of(web, cost.path, cost.headers, seconds))
            theirs.append(rate_of(bare, "/", {}, seconds))
        rate, reference = statistics.median(ours), statistics.median(theirs)
        bar = Bar(LIST_RATE, least=True) if cost.listed else None
        report.add(
            Figure(
                f"{cost.name}: requests",
                rate,
                "/s",
                tuple(ours),
                reference=reference,
                reference_name="bare view, one query",
            )
        )
        report.add(Figure(f"{cost.name}: beside the bare view", rate / reference, "x", bar=bar))


def options_read() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="benchmarks.site", description=__doc__)
    parser.add_argument("--videos", type=int, default=100_000)
    parser.add_argument("--seconds", type=int, default=6, help="of each run of wrk; 0: none")
    parser.add_argument("--runs", type=int, default=15, help="of each page in one process")
    parser.add_argument("--keep", type=Path, help="folder in which both sites stay for next time")
    return parser.parse_args()


def main() -> int:
    """Measure a small site and a large one, then ask the servers."""
    options = options_read()
    report = Report("site", {k: v for k, v in vars(options).items() if k != "keep"})
    small_videos = max(100, options.videos // 100)
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="antenne-site-"))
        home = options.keep or Path(folder)
        home.mkdir(exist_ok=True, parents=True)
        home.chmod(0o711)
        postgres = EmbeddedPostgres(home, fast=True)
        stack.callback(postgres.stop if options.keep else postgres.destroy)
        postgres.start()
        runs = options.runs
        small = costs_of(site_of(postgres, home, small_videos), videos=small_videos, runs=runs)
        environment = site_of(postgres, home, options.videos)
        large = costs_of(environment, videos=options.videos, runs=runs)
        report_costs(report, large)
        report_growth(report, small, large, options.videos // small_videos)
        if options.seconds:
            web = stack.enter_context(serving("antenne.config.wsgi:application", environment))
            bare = stack.enter_context(serving("benchmarks.site_bare:application", environment))
            report_rates(report, large, (web, bare), options.seconds)
    return report.write()


if __name__ == "__main__":
    sys.exit(main())
