"""Somebody else's site that ours may reach, and the jobs of syndication run at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from antenne.kernel.environment import environment
from tests.pipeline.draining import drain
from tests.sites import Site, site


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site that may be reached although it is a private one."""
    monkeypatch.setenv("ANTENNE_IMPORT_PRIVATE", "1")
    environment.cache_clear()
    with site({}) as running:
        yield running
    monkeypatch.undo()
    environment.cache_clear()


@pytest.fixture
def told() -> Callable[[], int]:
    """Runs what is waiting to be told or read."""
    return lambda: drain(("facts", "push"))
