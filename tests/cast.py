"""The cast: Alice owns, Bob owns something else, Charlie is a stranger, Mona runs the site."""

from __future__ import annotations

from antenne.accounts.models import Person, User
from antenne.accounts.services import person_create

PASSWORD = "correct horse battery"  # noqa: S105 - of people who do not exist


def person_make(name: str, *, operator: bool = False) -> Person:
    """Make one of the cast, with an address at example.org."""
    return person_create(
        email=f"{name.lower()}@example.org", password=PASSWORD, name=name, operator=operator
    )


def login_of(person: Person) -> User:
    """Return the login behind a person."""
    assert person.user is not None
    return person.user
