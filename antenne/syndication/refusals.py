"""What syndication refuses."""

from __future__ import annotations


class SyndicationRefused(Exception):
    """The change cannot be made; the message says why, in the person's language."""
