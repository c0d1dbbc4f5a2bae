"""Handles: the names behind the @, as a pure rule."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.text import slugify

HANDLE_CHARS = 24


def handle_like(wish: str) -> str:
    """Return *wish* as a handle: lower-case letters, digits and hyphens."""
    return slugify(wish)[:HANDLE_CHARS] or "somebody"


def handle_free(base: str, taken: Collection[str]) -> str:
    """Return *base*, or *base* with the least number, that is not among *taken*."""
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return next(handle for handle in (base, *numbered) if handle not in taken)
