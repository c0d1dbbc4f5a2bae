"""Readers of pages."""

from __future__ import annotations

import json
import re
from typing import Any, Protocol

from django.test import Client

from antenne.accounts.models import Person
from tests.cast import login_of


class Answer(Protocol):
    """Anything with a body."""

    @property
    def content(self) -> bytes:
        """Return the body."""
        ...


def client_of(person: Person | None) -> Client:
    """Return a browser in which *person* is signed in, or nobody."""
    client = Client()
    if person is not None:
        client.force_login(
            login_of(person), backend="allauth.account.auth_backends.AuthenticationBackend"
        )
    return client


def block_of(response: Answer, name: str) -> dict[str, Any]:
    """Return a JSON block of a page."""
    found = re.search(rf'<script id="{name}"[^>]*>(.*?)</script>', response.content.decode())
    assert found is not None
    block: dict[str, Any] = json.loads(found[1])
    return block
