"""One caller for each of the cast, and a fresh count of every rate."""

from __future__ import annotations

import pytest

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Video
from tests.api.callers import Calls
from tests.factories.catalog import video_make

Callers = dict[str, Calls]


@pytest.fixture
def callers(alice: Person, bob: Person, charlie: Person, mona: Person) -> Callers:
    """Everybody who may call, by name."""
    cast = {"alice": alice, "bob": bob, "charlie": charlie, "mona": mona}
    return {name: Calls(person) for name, person in cast.items()} | {"stranger": Calls()}


@pytest.fixture
def video(channel: Channel) -> Video:
    """Alice's public video."""
    return video_make(channel)
