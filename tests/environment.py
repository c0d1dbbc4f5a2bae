"""Gives a test run a home and a database before Django reads its settings.

A pytest plugin (`-p tests.environment`), because pytest-django reads the settings before any
conftest is loaded. With xdist the controller starts one server, whose address the workers inherit.
"""

from __future__ import annotations

import atexit
import os
import tempfile
from pathlib import Path

from tests.migrated import migrated_postgres

DATABASE = "DATABASE_URL"
HOME = "ANTENNE_TEST_HOME"
STARTED = "ANTENNE_TEST_DATABASE_STARTED"


def _home_make() -> None:
    if HOME not in os.environ:
        folder = tempfile.TemporaryDirectory(prefix="antenne-test-")
        atexit.register(folder.cleanup)
        os.environ[HOME] = folder.name
    # Each worker of xdist works in a home of its own: tests count what is left in it.
    home = Path(os.environ[HOME], os.environ.get("PYTEST_XDIST_WORKER", "main"))
    Path(home, "static").mkdir(parents=True, exist_ok=True)  # WhiteNoise warns where there is none
    os.environ["ANTENNE_HOME"] = str(home)
    os.environ.setdefault("ANTENNE_SECRET", "test" * 16)


def _database_start() -> None:
    """Start a PostgreSQL for this run, or use the one that ANTENNE_TEST_DATABASE_URL names."""
    given = os.environ.get("ANTENNE_TEST_DATABASE_URL")
    if given:
        os.environ[DATABASE] = given
    elif os.environ.get(STARTED) != "1":
        manager = migrated_postgres()
        server = manager.__enter__()
        atexit.register(manager.__exit__, None, None, None)
        os.environ[DATABASE] = server.url
        os.environ[STARTED] = "1"


_home_make()
_database_start()
