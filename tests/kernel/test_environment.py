"""Configuration: every fault is named before anything starts."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from antenne.kernel.environment import (
    VARIABLES,
    Environment,
    EnvironmentRefused,
    environment_read,
    field_of,
    secret_keep,
)


def read(home: Path, **values: str) -> Environment:
    return environment_read({"ANTENNE_HOME": str(home), **values})


def test_nothing_needs_to_be_set(tmp_path: Path) -> None:
    found = read(tmp_path)

    assert (found.home, found.port, found.edge_port) == (tmp_path, 8000, 8001)
    assert found.web_url == "http://127.0.0.1:8000"
    assert not found.debug


def test_every_variable_has_a_field_in_its_order() -> None:
    names = [field.name for field in dataclasses.fields(Environment)]

    assert [field_of(variable) for variable in VARIABLES] == names


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ANTENNE_PORT", "0"),
        ("ANTENNE_PORT", "65536"),
        ("ANTENNE_EDGE_PORT", "many"),
        ("ANTENNE_PUBLIC_URL", "example.org"),
        ("ANTENNE_PUBLIC_URL", "ftp://example.org"),
        ("ANTENNE_SECRET", "short"),
        ("ANTENNE_LANGUAGE", "tlh"),
        ("DATABASE_URL", "mysql://host/name"),
        ("ANTENNE_STORAGE", "/mnt/objects"),
        ("ANTENNE_QUOTA_BYTES", "-1"),
        ("ANTENNE_SECURE", "yes"),
        ("ANTENNE_LOG", "xml"),
    ],
)
def test_a_value_that_cannot_be_used_is_named_with_its_meaning(
    tmp_path: Path, name: str, value: str
) -> None:
    meaning = next(variable.meaning for variable in VARIABLES if variable.name == name)

    with pytest.raises(EnvironmentRefused) as refusal:
        read(tmp_path, **{name: value})

    assert str(refusal.value).startswith(f"{name}={value!r}")
    assert meaning in str(refusal.value)


def test_all_faults_are_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentRefused) as refusal:
        read(tmp_path, ANTENNE_PORT="x", ANTENNE_LOG="x", ANTENNE_STORAGE="s3://bucket")

    assert len(str(refusal.value).splitlines()) == 3


def test_a_secret_that_was_not_written_whole_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("")

    with pytest.raises(EnvironmentRefused, match="no whole secret"):
        read(tmp_path)

    assert (tmp_path / "secret").read_text() == ""


def test_a_home_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(EnvironmentRefused, match="ANTENNE_HOME"):
        read(tmp_path / "file/home")


def test_the_secret_is_made_once_and_read_by_its_owner_alone(tmp_path: Path) -> None:
    first = read(tmp_path).secret

    assert read(tmp_path).secret == first == secret_keep(tmp_path)
    assert len(first) == 64
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]


def test_a_secret_that_is_given_is_not_written_down(tmp_path: Path) -> None:
    found = read(tmp_path, ANTENNE_SECRET="s" * 32)

    assert found.secret == "s" * 32
    assert not (tmp_path / "secret").exists()


@pytest.mark.parametrize(("processors", "processes"), [(1, 1), (2, 2), (64, 2)])
def test_pages_are_made_on_one_processor_or_two(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, processors: int, processes: int
) -> None:
    monkeypatch.setattr("os.sched_getaffinity", lambda _process: set(range(processors)))

    assert read(tmp_path).web_processes == processes
    assert read(tmp_path, ANTENNE_WEB_PROCESSES="5").web_processes == 5
