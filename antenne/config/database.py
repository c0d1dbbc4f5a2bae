"""Which database to use."""

from __future__ import annotations

from antenne.kernel.environment import Environment
from antenne.processes.postgres import embedded_url


class DatabaseMissing(Exception):
    """There is neither a DATABASE_URL nor a running embedded database."""


def database_url_of(environment: Environment) -> str:
    """Return DATABASE_URL, or the address of the embedded database that runs in the home."""
    address = environment.database_url or embedded_url(environment.home)
    if not address:
        msg = "No database: set DATABASE_URL, or start the platform with `antenne serve` first."
        raise DatabaseMissing(msg)
    return address
