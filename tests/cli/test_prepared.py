"""The note that spares the preparation is about one release and one database."""

from __future__ import annotations

from pathlib import Path

import pytest

from antenne.cli import prepared

URL = "postgresql://antenne:secret@127.0.0.1:15432/antenne"


def test_a_new_home_has_no_note(tmp_path: Path) -> None:
    assert not prepared.is_prepared(tmp_path, URL)


def test_the_note_holds_for_its_database_on_any_port(tmp_path: Path) -> None:
    prepared.prepared_note(tmp_path, URL)

    assert prepared.is_prepared(tmp_path, URL)
    assert prepared.is_prepared(tmp_path, URL.replace("15432", "15999"))
    assert not prepared.is_prepared(tmp_path, URL.replace("secret", "another"))


def test_a_new_migration_ends_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    migrations = tmp_path / "code/video/migrations"
    migrations.mkdir(parents=True)
    monkeypatch.setattr(prepared, "PACKAGE", tmp_path / "code")
    prepared.prepared_note(tmp_path, URL)
    assert prepared.is_prepared(tmp_path, URL)

    (migrations / "0002_more.py").touch()

    assert not prepared.is_prepared(tmp_path, URL)
