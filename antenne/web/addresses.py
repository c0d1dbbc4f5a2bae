"""Addresses of pages that lists name by the dozen."""

from __future__ import annotations

from functools import cache
from typing import Final

from django.urls import reverse

_WORD: Final = "00000000-0000-0000-0000-000000000000"


def address_of(page: str, *words: str) -> str:
    """Return the address of the page named *page* of what the last word names: an id or a handle.

    Reversing an address takes as long as writing the card that leads there, so it is done once.
    """
    before, after = _around(page, *words[:-1])
    return f"{before}{words[-1]}{after}"


@cache
def _around(page: str, *kinds: str) -> tuple[str, str]:
    before, _word, after = reverse(page, args=[*kinds, _WORD]).partition(_WORD)
    return before, after
