"""Tokens of people."""

from __future__ import annotations

from antenne.accounts.models import Person
from antenne.accounts.services import access_token_create
from tests.cast import login_of


def token_make(person: Person, name: str = "a test") -> str:
    """Make an access token of a person's and return its secret."""
    return access_token_create(user=login_of(person), name=name)
