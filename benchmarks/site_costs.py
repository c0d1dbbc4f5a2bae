"""What one request costs: queries, processor time of Python, the database's time by its own clock.

Other programs on the machine hardly disturb these figures: processor time is that of one thread,
without what goes into queries, and the database is asked for its own account of each query.
"""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import connection
from django.test import Client

_OK: Final = 200
_WARM_UP: Final = 3
_READS: Final = ("SELECT", "WITH", "(SELECT")
_EXPLAIN: Final = "EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) "


@dataclass(frozen=True, slots=True)
class Statement:
    """A query that was asked, and how long the page waited for its answer."""

    sql: str
    values: Any
    waited_ms: float


@dataclass(slots=True)
class Spent:
    """What one request took; as a wrapper of its queries it keeps them."""

    statements: list[Statement] = field(default_factory=list)
    in_queries_cpu_ms: float = 0.0
    python_ms: float = 0.0

    def __call__(
        self,
        execute: Callable[..., object],
        sql: str,
        params: Any,  # noqa: ANN401 - what a query takes
        many: bool,  # noqa: FBT001 - Django's way of calling it
        context: object,
    ) -> object:
        """Run one query and keep it."""
        wall_s, cpu_s = time.perf_counter(), time.thread_time()
        try:
            return execute(sql, params, many, context)
        finally:
            waited_ms = (time.perf_counter() - wall_s) * 1000
            self.statements.append(Statement(sql, params, waited_ms))
            self.in_queries_cpu_ms += (time.thread_time() - cpu_s) * 1000


@dataclass(frozen=True, slots=True)
class PageCost:
    """What a page costs: the most queries, each time of Python and of the database in ms."""

    queries: int
    python_ms: tuple[float, ...]
    database_ms: tuple[float, ...]
    slowest_ms: float
    slowest: str


@contextmanager
def counted() -> Iterator[Spent]:
    """Count what happens inside."""
    spent, cpu_s = Spent(), time.thread_time()
    with connection.execute_wrapper(spent):
        yield spent
    spent.python_ms = (time.thread_time() - cpu_s) * 1000 - spent.in_queries_cpu_ms


def page_cost(client: Client, path: str, headers: Mapping[str, str], runs: int) -> PageCost:
    """Ask a page *runs* times, warm; then the database for its account of that page's queries."""
    found = []
    for _ in range(runs + _WARM_UP):
        with counted() as spent:
            answer = client.get(path, headers={"accept-encoding": "identity", **headers})
        if answer.status_code != _OK:
            raise SystemExit(f"{path}: {answer.status_code}")
        found.append(spent)
    warm = found[_WARM_UP:]
    most = max(warm, key=lambda spent: len(spent.statements))
    rounds = [[_server_ms(each) for each in most.statements] for _ in range(runs)]
    each_ms = [statistics.median(column) for column in zip(*rounds, strict=True)] or [0.0]
    at = each_ms.index(max(each_ms))
    return PageCost(
        queries=len(most.statements),
        python_ms=tuple(spent.python_ms for spent in warm),
        database_ms=tuple(sum(row) for row in rounds),
        slowest_ms=each_ms[at],
        slowest=most.statements[at].sql if most.statements else "",
    )


def _server_ms(asked: Statement) -> float:
    """Return how long the server plans and executes a query; for a write, how long we waited."""
    if not asked.sql.lstrip().upper().startswith(_READS):
        return asked.waited_ms
    with connection.cursor() as cursor:
        cursor.execute(_EXPLAIN + asked.sql, asked.values)
        told = cursor.fetchone()[0]
    plan = (json.loads(told) if isinstance(told, str) else told)[0]
    return float(plan["Planning Time"]) + float(plan["Execution Time"])
