"""What the community refuses."""

from __future__ import annotations


class CommunityRefused(Exception):
    """The change cannot be made; the message says why, in the person's language."""
