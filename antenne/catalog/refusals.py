"""What the catalog refuses, and how it cleans what people write."""

from __future__ import annotations


class CatalogRefused(Exception):
    """The change cannot be made; the message says why, in the person's language."""


class NotFound(Exception):
    """There is no such thing, or this person may not know of it."""


def one_line(text: str) -> str:
    """Return a text on one line, without control characters."""
    shown = "".join(letter for letter in text if letter.isprintable() or letter.isspace())
    return " ".join(shown.split())
