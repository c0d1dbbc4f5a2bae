"""Run a command against a PostgreSQL that the system has installed, made for it alone.

`python -m tools.system_postgres 15 pytest tests` runs the tests on the oldest supported version.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from antenne.processes.family import child_start
from antenne.processes.postgres_account import account_choose
from antenne.processes.postgres_cluster import LOOPBACK, ROLE, Cluster, password_keep
from antenne.processes.postgres_programs import SYSTEM, Programs

PORT = 15431


def run(major: int, argv: list[str]) -> int:
    """Run *argv* with ANTENNE_TEST_DATABASE_URL set and return its exit status."""
    programs = Programs(SYSTEM / str(major) / "bin", major)
    if not programs.path("postgres").exists():
        sys.exit(f"PostgreSQL {major} is not installed: apt-get install postgresql-{major}")
    with tempfile.TemporaryDirectory(prefix="antenne-postgres-") as folder:
        place = Path(folder)
        place.chmod(0o711)
        cluster = Cluster(place / "data", programs, account_choose(), fast=True)
        password = password_keep(place / "password")
        cluster.make(password)
        server = cluster.start(PORT, place / "log")
        url = f"postgresql://{ROLE}:{password}@{LOOPBACK}:{PORT}/postgres"
        try:
            command = child_start(argv, {**os.environ, "ANTENNE_TEST_DATABASE_URL": url})
            return command.wait()
        finally:
            cluster.stop()
            server.wait()


if __name__ == "__main__":
    sys.exit(run(int(sys.argv[1]), sys.argv[2:]))
