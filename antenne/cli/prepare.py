"""Bring the database up to this release, and make the link for the first administrator.

Prints one line of JSON for the supervisor: {"applied": 3, "setup": "<secret>" or null}.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection

from antenne.accounts.services import setup_link_make
from antenne.config.migrated import migrations_missing
from antenne.custody.services import region_found
from antenne.kernel.environment import environment

LOCK = 0x414E5445  # "ANTE": one process at a time prepares a database
LOCK_TIMEOUT = "4s"


def prepare() -> None:
    """Apply what is missing, found the region and print what the supervisor must know."""
    applied = database_prepare()
    secret = setup_link_make()
    sys.stdout.write(json.dumps({"applied": applied, "setup": secret}) + "\n")


def database_prepare() -> int:
    """Apply what is missing and found the region; return the number of migrations applied."""
    with _alone():
        applied = migrations_apply()
        code = environment().region
        region_found(code=code, name=code.upper())
    return applied


def migrations_apply() -> int:
    """Apply the missing migrations and return how many; zero costs two queries.

    A migration that cannot have its lock within seconds fails, rather than stop every page.
    """
    missing = migrations_missing()
    if missing:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [LOCK_TIMEOUT])
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
    return missing


@contextmanager
def _alone() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
            cursor.execute("RESET lock_timeout")
