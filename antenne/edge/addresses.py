"""From which network address a request came; asked, never kept."""

from __future__ import annotations

from antenne.edge.rsgi import Scope


def address_of(scope: Scope, *, behind_proxy: bool) -> str:
    """Return the address of whoever asks.

    Behind a proxy it is the last one of X-Forwarded-For: the one that our own proxy wrote.
    """
    if behind_proxy:
        forwarded = scope.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
        if forwarded:
            return forwarded
    return scope.client.rpartition(":")[0].strip("[]")
