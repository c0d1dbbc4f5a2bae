"""The description of the API: valid, true, and kept."""

from __future__ import annotations

import json

from openapi_spec_validator import validate

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


def test_the_description_is_served(db: None) -> None:
    assert said(Calls().get("/openapi.json")) == document()
