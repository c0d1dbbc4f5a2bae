"""The command is quick to load and refuses in plain words."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from antenne.processes.family import child_run

pytestmark = pytest.mark.process


def antenne(*words: str, **environment: str) -> tuple[int, str]:
    argv = (sys.executable, "-m", "antenne.cli.main", *words)
    return child_run(argv, {**os.environ, **environment})


def test_django_is_loaded_only_by_the_commands_that_need_it() -> None:
    code = (
        "import sys, antenne.cli.main;"
        "print(sorted({'django', 'psycopg', 'granian', 'procrastinate'} & set(sys.modules)))"
    )

    assert child_run((sys.executable, "-c", code), dict(os.environ)) == (0, "[]\n")


def test_help_names_every_part() -> None:
    status, said = antenne("--help")

    assert status == 0
    assert all(part in said for part in ("serve", "web", "edge", "worker", "doctor", "createadmin"))


def test_a_part_without_a_database_says_what_to_do(tmp_path: Path) -> None:
    status, _ = antenne("worker", ANTENNE_HOME=str(tmp_path), DATABASE_URL="")

    assert status == 1


def test_a_wrong_variable_is_refused_before_anything_starts(tmp_path: Path) -> None:
    status, _ = antenne("serve", ANTENNE_HOME=str(tmp_path), ANTENNE_PORT="many")

    assert status == 1
    assert not list(tmp_path.iterdir())


def test_publish_and_import_are_offered() -> None:
    status, said = antenne("--help")

    assert status == 0
    assert "publish" in said
    assert "import" in said
