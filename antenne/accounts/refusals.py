"""What accounts refuses."""

from __future__ import annotations


class AccountRefused(Exception):
    """The account cannot be made or changed; the message says why, in the person's language."""


class NotAllowed(Exception):
    """Only somebody who runs the site may do this."""
