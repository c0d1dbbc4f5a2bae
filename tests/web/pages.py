"""Readers of pages."""

from __future__ import annotations

import json
import re
from typing import Any

from django.http import HttpResponse
from django.test import Client

from antenne.accounts.models import Person
from tests.cast import login_of


def client_of(person: Person | None) -> Client:
    """Return a browser in which *person* is signed in, or nobody."""
    client = Client()
    if person is not None:
        client.force_login(
            login_of(person), backend="allauth.account.auth_backends.AuthenticationBackend"
        )
    return client


def block_of(response: HttpResponse, name: str) -> dict[str, Any]:
    """Return a JSON block of a page."""
    found = re.search(rf'<script id="{name}"[^>]*>(.*?)</script>', response.content.decode())
    assert found is not None
    block: dict[str, Any] = json.loads(found[1])
    return block
