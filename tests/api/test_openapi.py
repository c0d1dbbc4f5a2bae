"""The description of the API: valid, true, and kept."""

from __future__ import annotations

import json
from collections import Counter
from importlib import import_module
from pkgutil import walk_packages

from ninja import Schema
from openapi_spec_validator import validate

from antenne.api import v1
from antenne.api.v1.urls import document
from tests.api.callers import Calls, said
from tools.openapi import SNAPSHOT, text_of


def test_the_kept_description_is_current() -> None:
    assert SNAPSHOT.read_text() == text_of(document()), "run `python -m tools.openapi`"


def test_the_description_is_valid() -> None:
    validate(json.loads(SNAPSHOT.read_text()))


def test_every_operation_says_what_it_does_and_how_it_refuses() -> None:
    for path, methods in document()["paths"].items():
        for method, operation in methods.items():
            assert operation["summary"], (method, path)
            assert "default" in operation["responses"], (method, path)


def test_no_two_shapes_have_one_name() -> None:
    modules = [import_module(name) for name in _modules()]
    shapes = {
        shape
        for module in modules
        for shape in vars(module).values()
        if isinstance(shape, type) and issubclass(shape, Schema)
    }

    names = Counter(shape.__name__ for shape in shapes if "[" not in shape.__name__)

    assert [name for name, times in names.items() if times > 1] == []


def _modules() -> list[str]:
    return [found.name for found in walk_packages(v1.__path__, f"{v1.__name__}.")]


def test_the_description_is_served(db: None) -> None:
    assert said(Calls().get("/openapi.json")) == document()
