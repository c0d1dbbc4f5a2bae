"""What the catalog refuses."""

from __future__ import annotations


class CatalogRefused(Exception):
    """The change cannot be made; the message says why, in the person's language.

    *field* names what was said wrongly, where it is one thing of several.
    """

    def __init__(self, words: str, *, field: str = "") -> None:
        super().__init__(words)
        self.field = field


class NotFound(Exception):
    """There is no such thing, or this person may not know of it."""
