"""Carry the data of an older major version of PostgreSQL over to the installed one.

The old server is dumped and the new one filled beside it; one rename makes the new data current.
The old data stay where they were, so that going back is starting the old release again.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from antenne.processes.postgres_account import PostgresRefused
from antenne.processes.postgres_cluster import DATABASE, ROLE, Cluster, client_environment

DISK_FACTOR = 2  # the dump and the new data, at their worst as large as the old data each


@dataclass(frozen=True)
class Side:
    """A server that runs during the upgrade: its cluster, its port and the password of both."""

    cluster: Cluster
    port: int
    password: str

    def run(self, program: str, *arguments: str | Path, database: str = "postgres") -> str:
        """Run one of PostgreSQL's clients against this server, without a limit of time."""
        return self.cluster.account.run(
            [self.cluster.programs.path(program), *arguments],
            environment=client_environment(self.port, self.password, database),
            timeout_s=None,
        )

    def databases(self) -> list[str]:
        """Return the names of the databases to carry over."""
        sql = "SELECT datname FROM pg_database WHERE NOT datistemplate ORDER BY datname"
        names = self.cluster.query(self.port, self.password, sql, database="postgres")
        return [name for name in names if name != "postgres"]

    def tables(self, database: str) -> list[str]:
        """Return the names of the tables of *database*."""
        sql = (
            "SELECT schemaname || '.' || tablename FROM pg_tables WHERE schemaname NOT IN "
            "('pg_catalog', 'information_schema') ORDER BY 1"
        )
        return self.cluster.query(self.port, self.password, sql, database=database)


def room_check(old: Path, place: Path) -> None:
    """Raise PostgresRefused when the disk has no room for the upgrade."""
    used = sum(path.stat().st_size for path in old.rglob("*") if path.is_file())
    free = shutil.disk_usage(place).free
    if free < used * DISK_FACTOR:
        raise PostgresRefused(
            f"upgrading the database takes {used * DISK_FACTOR / 1e9:.1f} GB "
            f"on the disk of {place}, of which {free / 1e9:.1f} GB are free"
        )


def upgrade(old: Side, new: Side, folder: Path) -> None:
    """Copy every role and database of the running *old* server into the running, empty *new* one.

    *folder* holds the dumps and must be writable by the account. Raises PostgresRefused on the
    first statement that fails, or when a table is missing at the end.
    """
    _roles_copy(old, new, folder)
    for name in old.databases():
        dump = folder / "database.dump"
        # the newer pg_dump reads older servers, and knows what the newer server wants to be told
        old_as_seen = Side(
            Cluster(old.cluster.data, new.cluster.programs, old.cluster.account),
            old.port,
            old.password,
        )
        old_as_seen.run("pg_dump", "-Fc", "-f", dump, database=name)
        if name not in new.databases():
            new.run("createdb", "--template=template0", name)
        new.run("pg_restore", "--exit-on-error", f"--dbname={name}", dump)
        dump.unlink()
        missing = set(old.tables(name)) - set(new.tables(name))
        if missing:
            raise PostgresRefused(f"the upgrade lost the tables {', '.join(sorted(missing))}")
    new.run("vacuumdb", "--all", "--analyze-only")


def _roles_copy(old: Side, new: Side, folder: Path) -> None:
    """Copy the roles with their passwords; ours exists already and is only altered."""
    script = folder / "roles.sql"
    printed = old.run("pg_dumpall", "--roles-only", database=DATABASE)
    kept = [line for line in printed.splitlines() if line != f"CREATE ROLE {ROLE};"]
    script.touch(mode=0o600)
    script.write_text("\n".join(kept))
    new.cluster.account.own(script)
    new.run("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", script)
    script.unlink()
