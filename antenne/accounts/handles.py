"""Handles: the names behind the @, as a pure rule."""

from __future__ import annotations

import re
from collections.abc import Collection

from django.utils.text import slugify

HANDLE_CHARS = 24
HANDLE_LEAST_CHARS = 3
_HANDLE = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
# Names by which somebody could speak for the site, or that stand in addresses.
_RESERVED = frozenset(
    [
        "about",
        "abuse",
        "account",
        "accounts",
        "admin",
        "administrator",
        "api",
        "app",
        "desk",
        "embed",
        "everybody",
        "everyone",
        "help",
        "home",
        "me",
        "mod",
        "moderator",
        "nobody",
        "null",
        "official",
        "operator",
        "postmaster",
        "root",
        "security",
        "settings",
        "site",
        "staff",
        "studio",
        "support",
        "system",
        "undefined",
        "upload",
        "webmaster",
    ]
)


def handle_like(wish: str) -> str:
    """Return *wish* as a handle: lower-case letters, digits and hyphens."""
    return slugify(wish)[:HANDLE_CHARS].strip("-_") or "somebody"


def handle_free(base: str, taken: Collection[str]) -> str:
    """Return *base*, or *base* with the least number, that is not among *taken*."""
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return next(handle for handle in (base, *numbered) if handle not in taken)


def handle_cleaned(wish: str) -> str:
    """Return the handle that somebody has typed, without its @ and in lower case."""
    return wish.strip().removeprefix("@").lower()


def handle_good(handle: str) -> bool:
    """Say whether a cleaned handle has the right length and letters."""
    fits = HANDLE_LEAST_CHARS <= len(handle) <= HANDLE_CHARS
    return fits and _HANDLE.fullmatch(handle) is not None and "--" not in handle


def handle_reserved(handle: str) -> bool:
    """Say whether a handle would let somebody speak for the site."""
    return handle in _RESERVED
