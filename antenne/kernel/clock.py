"""The time, asked in one place."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """Return the present moment, in UTC."""
    return datetime.now(UTC)


def unix_s() -> int:
    """Return the present moment in whole seconds since 1970."""
    return int(now().timestamp())
