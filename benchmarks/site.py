"""What a page costs on a large site: `python -m benchmarks.site [--videos 100000]`.

Fills a database of its own, asks each page as a stranger and as somebody signed in, and prints
queries, milliseconds of Python (processor time outside of queries) and of the database. Then wrk
asks the real web server with 32 connections; beside it, in turns, a bare Django view with one
query on the same server settings. The same is measured on a site a hundredth of the size first.
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

from antenne.processes.postgres import temporary_postgres
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


@dataclass(frozen=True, slots=True)
class Cost:
    """What one page costs, as `benchmarks.site_inside` measured it."""

    name: str
    path: str
    is_list: bool
    signed_in: bool
    queries: int
    python_ms: float
    database_ms: float


def costs_of(environment: dict[str, str], *, videos: int, before: int, runs: int) -> list[Cost]:
    """Fill the site from *before* to *videos* videos and return what each page costs then."""
    argv = [sys.executable, "-m", "benchmarks.site_inside", *map(str, (videos, before, runs))]
    lines = answered(argv, environment=environment).splitlines()
    return [Cost(**row) for row in json.loads(lines[-1])]


def report_costs(report: Report, costs: list[Cost]) -> None:
    """Report queries, Python and database time of each page beside its bars."""
    for cost in costs:
        queries = LIST_QUERIES if cost.is_list else PAGE_QUERIES
        python = LIST_PYTHON_MS if cost.is_list else PAGE_PYTHON_MS
        add = report.add
        add(Figure(f"{cost.name}: queries", cost.queries, "", bar=Bar(queries)))
        add(Figure(f"{cost.name}: Python", cost.python_ms, "ms", bar=Bar(python)))
        add(Figure(f"{cost.name}: database", cost.database_ms, "ms", bar=Bar(PAGE_DATABASE_MS)))


def report_growth(report: Report, small: list[Cost], large: list[Cost], times: int) -> None:
    """Report how the whole cost of a page grew with the site."""
    for before, after in zip(small, large, strict=True):
        spent = before.python_ms + before.database_ms
        grown = (after.python_ms + after.database_ms) / spent
        report.add(Figure(f"{after.name}: cost at {times} x", grown, "times", bar=Bar(GROWTH)))


def report_rates(
    report: Report, costs: list[Cost], servers: tuple[Serving, Serving], seconds: int
) -> None:
    """Report requests a second of each page and of a bare view, measured in turns."""
    web, bare = servers
    for cost in costs:
        ours, theirs = [], []
        for _round in range(ROUNDS):
            ours.append(rate_of(web, cost.path, seconds))
            theirs.append(rate_of(bare, "/", seconds))
        rate, reference = statistics.median(ours), statistics.median(theirs)
        bar = Bar(LIST_RATE, least=True) if cost.is_list else None
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
    parser.add_argument("--seconds", type=int, default=4, help="of each run of wrk")
    parser.add_argument("--runs", type=int, default=15, help="of each page in one process")
    return parser.parse_args()


def main() -> int:
    """Measure a small site, fill it up, measure again, then ask the servers."""
    options = options_read()
    report = Report("site", vars(options))
    small_videos = max(10, options.videos // 100)
    with ExitStack() as stack:
        postgres = stack.enter_context(temporary_postgres())
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="antenne-site-")))
        environment = os.environ | {
            "DATABASE_URL": postgres.url,
            "ANTENNE_HOME": str(home),
            "DJANGO_SETTINGS_MODULE": "antenne.config.settings",
        }
        answered([sys.executable, "-m", "antenne.cli.parts", "prepare"], environment=environment)
        small = costs_of(environment, videos=small_videos, before=0, runs=options.runs)
        large = costs_of(environment, videos=options.videos, before=small_videos, runs=options.runs)
        report_costs(report, large)
        report_growth(report, small, large, options.videos // small_videos)
        web = stack.enter_context(serving("antenne.config.wsgi:application", environment))
        bare = stack.enter_context(serving("benchmarks.site_bare:application", environment))
        asked = [cost for cost in large if not cost.signed_in]
        report_rates(report, asked, (web, bare), options.seconds)
    return report.write()


if __name__ == "__main__":
    sys.exit(main())
