"""What moderation refuses."""

from __future__ import annotations


class ModerationRefused(Exception):
    """The change cannot be made; the message says why, in the person's language."""
