"""The doctor finds what is wrong and says how to mend it."""

from __future__ import annotations

import json
import socket
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from antenne.cli import doctor_checks
from antenne.cli.doctor import doctor_run, findings_collect
from antenne.cli.doctor_checks import Finding, State
from antenne.kernel.environment import Environment, environment_read


@pytest.fixture
def settings(tmp_path: Path) -> Environment:
    return environment_read({"ANTENNE_HOME": str(tmp_path)})


def states(findings: list[Finding]) -> list[State]:
    return [found.state for found in findings]


def test_a_wrong_variable_is_the_first_and_only_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTENNE_PORT", "many")

    findings = findings_collect()

    assert states(findings) == [State.WRONG]
    assert "ANTENNE_PORT" in findings[0].detail


def test_a_taken_port_is_wrong_and_its_variable_is_named(settings: Environment) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        findings = doctor_checks.ports_check(replace(settings, port=taken.getsockname()[1]))

    assert findings[0].state is State.WRONG
    assert "ANTENNE_PORT" in findings[0].mend


def test_a_full_disk_is_wrong(settings: Environment) -> None:
    assert states(doctor_checks.disk_check(replace(settings, disk_reserve_bytes=2**60))) == [
        State.WRONG
    ]


def test_a_secret_that_others_may_read_is_wrong(settings: Environment) -> None:
    assert states(doctor_checks.secret_check(settings)) == [State.OK]

    (settings.home / "secret").chmod(0o644)

    assert states(doctor_checks.secret_check(settings)) == [State.WRONG]


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ({"public_url": "https://harbour.example", "host": "0.0.0.0"}, State.OK),  # noqa: S104 - said, never bound
        ({"host": "127.0.0.1"}, State.OK),
        ({"host": "0.0.0.0"}, State.WARNING),  # noqa: S104 - said, never bound
        ({"host": "127.0.0.1", "secure": True}, State.WARNING),
    ],
)
def test_an_address_is_to_be_said_where_strangers_come(
    settings: Environment, said: dict[str, Any], state: State
) -> None:
    assert states(doctor_checks.address_check(replace(settings, **said))) == [state]


def test_a_database_that_does_not_answer_is_wrong(settings: Environment) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    url = f"postgresql://nobody@127.0.0.1:{port}/none"

    findings = doctor_checks.database_check(replace(settings, database_url=url))

    assert states(findings) == [State.WRONG]
    assert "DATABASE_URL" in findings[0].mend


def test_storage_is_tried_and_left_as_it_was(settings: Environment) -> None:
    assert states(doctor_checks.storage_check(settings)) == [State.OK]
    assert not [
        path for path in settings.home.rglob("*") if path.is_file() and "doctor" in str(path)
    ]


def test_programs_are_read_the_findings_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    status = doctor_run(as_json=True)

    findings = json.loads(capsys.readouterr().out)
    assert {found["name"] for found in findings} >= {"disk", "database", "ffmpeg", "confinement"}
    assert status == int(any(found["state"] == "wrong" for found in findings))
