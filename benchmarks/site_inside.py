"""Part of `benchmarks.site`, in a process with Django: fills the site, then asks its pages.

    python -m benchmarks.site_inside VIDEOS BEFORE RUNS

The last line it prints is a JSON list with what each page costs.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import django
from django.apps import apps
from django.db import connection
from django.test import Client

from benchmarks.site_content import site_fill

SLOW_MS: Final = 5.0
_OK: Final = 200
# Address; whether it is a list or API answer; whether somebody is signed in.
PAGES: Final = (
    ("home", "/", False, False),
    ("home, signed in", "/", False, True),
    ("search", "/search?q=harbour", False, False),
    ("search, rare word", "/search?q=quartz7", False, False),
    ("watch", "/v/{video}", False, False),
    ("watch, signed in", "/v/{video}", False, True),
    ("comments", "/v/{video}/comments", True, False),
    ("channel", "/c/{channel}", False, False),
    ("API videos", "/api/v1/videos", True, False),
    ("API channels", "/api/v1/channels", True, False),
    ("API channel's videos", "/api/v1/channels/{channel}/videos", True, False),
    ("API comments", "/api/v1/videos/{video}/comments", True, False),
)


@dataclass(slots=True)
class Spent:
    """What one request took; as a wrapper of its queries it counts them."""

    queries: int = 0
    database_ms: float = 0.0
    in_queries_cpu_ms: float = 0.0
    python_ms: float = 0.0
    slowest: tuple[float, str] = (0.0, "")

    def __call__(self, execute: Callable[..., object], sql: str, *rest: object) -> object:
        """Run one query and count it."""
        wall_s, cpu_s = time.perf_counter(), time.thread_time()
        try:
            return execute(sql, *rest)
        finally:
            took_ms = (time.perf_counter() - wall_s) * 1000
            self.queries += 1
            self.database_ms += took_ms
            self.in_queries_cpu_ms += (time.thread_time() - cpu_s) * 1000
            self.slowest = max(self.slowest, (took_ms, sql))


@contextmanager
def counted() -> Iterator[Spent]:
    """Count what happens inside."""
    spent, cpu_s = Spent(), time.thread_time()
    with connection.execute_wrapper(spent):
        yield spent
    spent.python_ms = (time.thread_time() - cpu_s) * 1000 - spent.in_queries_cpu_ms


def page_cost(client: Client, path: str, runs: int) -> tuple[int, float, float]:
    """Return queries, ms of Python and ms of the database of one page, as medians."""
    found = []
    for _ in range(runs + 2):
        with counted() as spent:
            answer = client.get(path, headers={"accept-encoding": "identity"})
        if answer.status_code != _OK:
            raise SystemExit(f"{path}: {answer.status_code}")
        found.append(spent)
    warm = found[2:]
    took_ms, sql = warm[-1].slowest
    if took_ms > SLOW_MS:
        sys.stderr.write(f"{path}: {took_ms:.1f} ms: {sql}\n")
    return (
        max(spent.queries for spent in warm),
        statistics.median(spent.python_ms for spent in warm),
        statistics.median(spent.database_ms for spent in warm),
    )


def places() -> dict[str, str]:
    """Return a video and a channel in the middle of the site."""
    videos = apps.get_model("catalog.Video").objects.filter(visibility="public").order_by("pk")
    middle = videos.select_related("channel")[videos.count() // 2]
    return {"video": middle.public_id, "channel": middle.channel.handle}


def main(videos: int, before: int, runs: int) -> None:
    """Fill up to *videos*, then measure."""
    site_fill(videos, before=before)
    known = places()
    stranger, member = Client(), Client()
    member.force_login(apps.get_model("accounts.User").objects.order_by("pk")[0])
    rows = []
    for name, address, is_list, signed_in in PAGES:
        path = address.format(**known)
        queries, python_ms, database_ms = page_cost(member if signed_in else stranger, path, runs)
        rows.append(
            {
                "name": name,
                "path": path,
                "is_list": is_list,
                "signed_in": signed_in,
                "queries": queries,
                "python_ms": python_ms,
                "database_ms": database_ms,
            }
        )
    sys.stdout.write(json.dumps(rows) + "\n")


if __name__ == "__main__":
    django.setup()
    main(*map(int, sys.argv[1:]))
