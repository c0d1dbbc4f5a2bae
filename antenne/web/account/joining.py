"""The invitation that a browser carries from its link to the form."""

from __future__ import annotations

from django.http import HttpRequest

_KEY = "invitation"


def invitation_brought(request: HttpRequest) -> str:
    """Return the secret of the invitation this browser came with, or nothing."""
    secret: str = request.session.get(_KEY, "")
    return secret


def invitation_keep(request: HttpRequest, secret: str) -> None:
    """Remember an invitation until somebody signs up."""
    request.session[_KEY] = secret


def invitation_spent(request: HttpRequest) -> None:
    """Forget the invitation: it has been used."""
    request.session.pop(_KEY, None)
