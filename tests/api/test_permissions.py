"""Who may do what: each operation, each of the cast, and nothing changed by a refusal."""

from __future__ import annotations

import pytest
from django.http import HttpResponse

from antenne.api.v1.urls import document
from tests.api.callers import ROOT, Calls, said
from tests.api.operations import OPERATIONS, Form, Operation, matches
from tests.factories.world import CAST, World, nowhere, undone

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
REFUSED = 400
MISSING = 404
HIDDEN = [row for row in OPERATIONS if row[3][CAST.index("charlie")] == MISSING]


def named(rows: list[Operation]) -> pytest.MarkDecorator:
    """Try every row, under its number and its name."""
    names = [f"{number} {row[0]} {row[1]}" for number, row in enumerate(rows)]
    return pytest.mark.parametrize("operation", rows, ids=names)


@named(OPERATIONS)
def test_each_of_the_cast_is_answered_by_what_they_may(world: World, operation: Operation) -> None:
    for name, status in zip(CAST, operation[3], strict=True):
        with undone():
            calls = Calls(token=world.tokens[name])
            if status < REFUSED:
                response = answer(calls, operation, world.ids)
            else:
                with world.unchanged():
                    response = answer(calls, operation, world.ids)
                assert response["Content-Type"] == "application/problem+json"

            assert response.status_code == status, (name, response.content)


@named(HIDDEN)
def test_what_is_not_theirs_looks_like_nothing(world: World, operation: Operation) -> None:
    keys = (world.ids, {name: nowhere(key) for name, key in world.ids.items()})
    with undone():
        calls = Calls(token=world.tokens["charlie"])
        hidden, nothing = (said(answer(calls, operation, ids)) for ids in keys)

    assert {**hidden, "instance": ""} == {**nothing, "instance": ""}


def test_every_operation_of_the_description_is_tried_above() -> None:
    untried = [
        f"{method.upper()} {path}"
        for path, methods in document()["paths"].items()
        for method in methods
        if not matches(method.upper(), path.removeprefix(ROOT))
    ]

    assert untried == [], "enter them in tests/api/operations.py"


def answer(calls: Calls, operation: Operation, ids: dict[str, str]) -> HttpResponse:
    """Return what somebody is answered."""
    method, path, body, _statuses = operation
    if isinstance(body, Form):
        return calls.parts(path.format(**ids), body.parts())
    body = {"video": ids["public"]} if body == {"video": "{public}"} else body
    return calls(method, path.format(**ids), body)
