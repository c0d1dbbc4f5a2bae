"""Whatever is sent, and by whomever: the API answers as its description says, and never breaks.

`make api` sends a hundred times as much.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any, Final

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import settings
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from antenne.api.v1.urls import document
from tests.api.callers import ROOT
from tests.api.operations import matches
from tests.factories.world import World, undone

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
MANY: Final = settings.get_current_profile_name() == "many"
CALLERS: Final = ("stranger", "charlie", "alice", "mona")
Case = schemathesis.Case[Any]
CHECKS: Final = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


def strict() -> dict[str, Any]:
    """Return the description without what it says of answers that break."""
    found = copy.deepcopy(document())
    for methods in found["paths"].values():
        for operation in methods.values():
            del operation["responses"]["default"]
    return found


SCHEMA = schemathesis.openapi.from_dict(
    strict(),
    config=SchemathesisConfig.from_dict(
        {
            "seed": 20261123,
            "generation": {
                "max-examples": 300 if MANY else 3,
                "deterministic": not MANY,
                "database": "none",
                "no-shrink": True,
                "with-security-parameters": False,
            },
            "phases": {"coverage": {"enabled": MANY}, "examples": {"enabled": False}},
        }
    ),
)
SCHEMA.app = get_wsgi_application()


@pytest.fixture(scope="module", autouse=True)
def connection_kept() -> Iterator[None]:
    """Keep the connection after a request: the world is in its transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(scope="module")
def headers(world: World) -> dict[str, dict[str, str]]:
    """How each caller shows who they are."""
    shown = {name: _bearing(world.tokens[name]) for name in CALLERS}
    return {name: {"Accept-Encoding": "identity"} | each for name, each in shown.items()}


@SCHEMA.parametrize()
def test_every_answer_is_one_that_the_description_names(
    case: Case, world: World, headers: dict[str, dict[str, str]]
) -> None:
    made_up = dict(case.path_parameters)
    for parameters in (made_up, there(case, world)):
        case.path_parameters = parameters
        for name in CALLERS:
            with undone():
                answer = case.call(headers=headers[name])
            case.validate_response(answer, checks=CHECKS)


def _bearing(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"} if token else {}


def there(case: Case, world: World) -> dict[str, Any]:
    """Return parameters of a path that lead to something."""
    called = matches(case.operation.method.upper(), case.operation.path.removeprefix(ROOT))[0]
    leading = {name: value.format(**world.ids) for name, value in called.groupdict().items()}
    return dict(case.path_parameters) | leading
