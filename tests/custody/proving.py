"""A test says which settings it proves to hold; one looks whether any setting is without."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from antenne.custody.selectors import setting_of
from antenne.custody.services import setting_write
from antenne.custody.settings import Setting

Test = TypeVar("Test", bound=Callable[..., object])


def proves(*names: str) -> Callable[[Test], Test]:
    """Mark a test as the proof that settings (`kind.field`) have an effect."""
    assert names

    def marked(test: Test) -> Test:
        return test

    return marked


def say(kind: type[Setting], **fields: Any) -> None:  # noqa: ANN401 - of any field
    """Change some fields of a setting, as an operator does."""
    setting_write(value=replace(setting_of(kind), **fields), by=None)
