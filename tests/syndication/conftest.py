"""The jobs of syndication, run at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.pipeline.draining import drain


@pytest.fixture
def told() -> Callable[[], int]:
    """Runs what is waiting to be told or read."""
    return lambda: drain(("facts", "push"))
