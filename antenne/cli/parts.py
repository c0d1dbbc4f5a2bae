"""One part of the platform as a process: `python -m antenne.cli.parts web|edge|worker|prepare`.

A part is tied to its supervisor before it loads anything heavy, and only here is a module chosen
by name: the supervisor itself never imports Django.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from importlib import import_module

from antenne.kernel.environment import EnvironmentRefused, environment
from antenne.processes.postgres import PostgresRefused, embedded_url
from antenne.processes.tether import supervisor_pid, tether

PARTS = {
    "web": "antenne.cli.servers:web_serve",
    "edge": "antenne.cli.servers:edge_serve",
    "worker": "antenne.cli.worker:worker_run",
    "prepare": "antenne.cli.prepare:prepare",
}
NEED_DJANGO = frozenset({"worker", "prepare"})


class DatabaseAway(Exception):
    """There is no database to work with; the message says what to do."""


def database_settle() -> None:
    """Put the address of the running embedded database into DATABASE_URL, unless one is set.

    Raises DatabaseAway when neither is there.
    """
    if environment().database_url:
        return
    address = embedded_url(environment().home)
    if address is None:
        raise DatabaseAway(
            "no database: start the platform with `antenne serve`, or set DATABASE_URL"
        )
    os.environ["DATABASE_URL"] = address
    environment.cache_clear()


def function_load(path: str) -> Callable[..., object]:
    """Return the function that *path* ("module:name") names, importing its module now."""
    module, _, name = path.partition(":")
    function: Callable[..., object] = getattr(import_module(module), name)
    return function


def django_load() -> None:
    """Set Django up; afterwards modules with models can be imported."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "antenne.config.settings")
    function_load("django:setup")()


def part_run(name: str) -> None:
    """Run the part *name* until it is told to stop; exits with status 1 when it cannot."""
    tether(supervisor_pid())
    try:
        database_settle()
    except (DatabaseAway, EnvironmentRefused, PostgresRefused) as error:
        sys.exit(f"antenne {name}: {error}")
    if name in NEED_DJANGO:
        django_load()
    function_load(PARTS[name])()


if __name__ == "__main__":
    part_run(sys.argv[1])
