"""Addresses of pages that lists name by the dozen."""

from __future__ import annotations

from functools import cache
from typing import Final

from django.urls import reverse

_WORD: Final = "00000000-0000-0000-0000-000000000000"


def address_of(page: str, word: str) -> str:
    """Return the address of the page named *page* of what is called *word*: an id or a handle.

    Reversing an address takes as long as writing the card that leads there, so it is done once.
    """
    before, after = _around(page)
    return f"{before}{word}{after}"


@cache
def _around(page: str) -> tuple[str, str]:
    before, _word, after = reverse(page, args=[_WORD]).partition(_WORD)
    return before, after
