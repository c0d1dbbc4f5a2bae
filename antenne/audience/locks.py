"""One at a time, over all processes: taking batches in, folding them, changing the zone."""

from __future__ import annotations

from django.db import connection

TAKING = 0x616E7401
FOLDING = 0x616E7402
ZONES = 0x616E7403


def lock_wait(number: int) -> None:
    """Hold the lock until the caller's transaction ends; wait for it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def lock_try(number: int) -> bool:
    """Hold the lock until the caller's transaction ends, where nobody else does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        row = cursor.fetchone()
    return bool(row and row[0])
