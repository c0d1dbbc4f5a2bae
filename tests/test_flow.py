"""The flow: every fact has its row, every handler is a task, and each is handed out once."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

import antenne
from antenne.flow import FLOW, PERIODIC, dispatch
from antenne.kernel.facts import Fact, fact_record
from antenne.kernel.models import FactDone, FactRecord

PACKAGE = Path(antenne.__file__).parent


def facts_recorded() -> Iterator[tuple[str, str]]:
    """Return where each `Fact(...)` is made, and the name that is written there."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Fact":
                place = f"{path.relative_to(PACKAGE)}:{node.lineno}"
                assert isinstance(node.args[0], ast.Constant), f"{place}: a fact has a plain name"
                yield place, str(node.args[0].value)


def test_every_fact_has_a_row_and_every_row_a_fact() -> None:
    found = list(facts_recorded())

    assert [(place, name) for place, name in found if name not in FLOW] == []
    assert set(FLOW) - {name for _place, name in found} == set()


def test_every_handler_is_a_task_that_workers_know() -> None:
    handlers = [handler for handlers in FLOW.values() for handler in handlers]

    for task in (*handlers, *PERIODIC):
        assert app.tasks[task.name] is task


def test_every_periodic_task_of_ours_is_listed() -> None:
    scheduled = {key[0] for key in app.periodic_registry.periodic_tasks}

    assert {task.name for task in PERIODIC} == scheduled


def recorded(name: str, **payload: str | int) -> str:
    fact_record(Fact(name, payload))
    return str(FactRecord.objects.get().pk)


def jobs() -> list[tuple[str, dict[str, object], int]]:
    rows = ProcrastinateJob.objects.exclude(task_name="flow.dispatch")
    return [(row.task_name, row.args, row.priority) for row in rows]


@pytest.mark.django_db
def test_a_fact_is_handed_to_its_handlers_once_however_often_it_is_dispatched() -> None:
    key = recorded("upload.finished", upload="u", priority=90)

    for _time in range(3):
        dispatch(fact_id=key)

    assert jobs() == [("pipeline.source_probe", {"upload": "u"}, 90)]
    assert FactDone.objects.get().handler == "pipeline.source_probe"


@pytest.mark.django_db
def test_a_fact_that_nobody_waits_for_is_handed_to_nobody() -> None:
    dispatch(fact_id=recorded("playlist.removed", playlist="p"))

    assert jobs() == []


@pytest.mark.django_db
def test_a_fact_that_is_forgotten_is_handed_to_nobody() -> None:
    dispatch(fact_id="01890a5d-ac96-774b-bcce-b302099a8057")

    assert jobs() == []
