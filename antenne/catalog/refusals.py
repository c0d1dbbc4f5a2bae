"""What the catalog refuses."""

from __future__ import annotations


class CatalogRefused(Exception):
    """The change cannot be made; the message says why, in the person's language."""


class NotFound(Exception):
    """There is no such thing, or this person may not know of it."""
