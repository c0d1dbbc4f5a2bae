"""Fixtures of every test: the region and the cast."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import override_settings

from antenne.accounts.models import Person
from antenne.catalog.models import Channel
from antenne.catalog.services.channels import channel_default
from antenne.custody.selectors import REMEMBERED
from antenne.custody.services import region_found
from tests.cast import person_make


@pytest.fixture(autouse=True)
def quick_passwords() -> Iterator[None]:
    """Hash passwords fast: people are made by the hundred here."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(autouse=True)
def settings_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin with nothing remembered, and never read again by the clock: queries are counted."""
    monkeypatch.setattr(REMEMBERED, "fresh_s", float("inf"))
    REMEMBERED.forget()


@pytest.fixture
def region(db: None) -> None:
    """The region that this installation hosts."""
    region_found(code="eu", name="Europe")


@pytest.fixture
def alice(region: None) -> Person:
    """Owns the video that a test is about."""
    return person_make("Alice")


@pytest.fixture
def bob(region: None) -> Person:
    """Owns another channel."""
    return person_make("Bob")


@pytest.fixture
def charlie(region: None) -> Person:
    """A stranger with an account."""
    return person_make("Charlie")


@pytest.fixture
def mona(region: None) -> Person:
    """Runs the site."""
    return person_make("Mona", operator=True)


@pytest.fixture
def channel(alice: Person) -> Channel:
    """Alice's channel."""
    return channel_default(person=alice)
