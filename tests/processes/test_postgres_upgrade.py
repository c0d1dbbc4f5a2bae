"""Data of an older major version are carried over, and the old ones stay."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from antenne.processes.postgres import EmbeddedPostgres, PostgresRefused, temporary_postgres
from antenne.processes.postgres_account import account_choose
from antenne.processes.postgres_cluster import Cluster, password_keep
from antenne.processes.postgres_programs import Programs, programs_of

pytestmark = pytest.mark.process

OLD = 15
has_old = pytest.mark.skipif(
    programs_of(Path("/nonexistent"), OLD) is None, reason="PostgreSQL 15 is not installed"
)


@pytest.fixture
def home() -> Iterator[Path]:
    with temporary_postgres() as postgres:
        postgres.stop()
        yield postgres.home


def old_cluster(home: Path) -> Cluster:
    """Put data of the old version in the place of the new ones."""
    place = home / "postgres"
    (place / "18").rename(place / "draft-18")
    programs = programs_of(place, OLD)
    assert programs is not None
    account = account_choose(place / "draft-18/data")
    cluster = Cluster(place / str(OLD) / "data", programs, account, fast=True)
    cluster.data.parent.mkdir(mode=0o711)
    cluster.make(password_keep(place / "password"))
    return cluster


def old_rows(home: Path, cluster: Cluster) -> None:
    """Fill the old data with a table, a sequence, an index and a second role."""
    password = password_keep(home / "postgres/password")
    process = cluster.start(15399, home / "postgres/log")
    for sql, database in (
        ("CREATE DATABASE antenne", "postgres"),
        ("CREATE TABLE video (id int GENERATED ALWAYS AS IDENTITY, title text)", "antenne"),
        ("INSERT INTO video (title) SELECT 'À ' || n FROM generate_series(1, 500) n", "antenne"),
        ("CREATE UNIQUE INDEX video_title ON video (title)", "antenne"),
        ("CREATE ROLE desk LOGIN PASSWORD 'desk-secret'", "antenne"),
    ):
        cluster.query(15399, password, sql, database=database)
    cluster.stop()
    process.wait()


@has_old
def test_an_older_major_version_is_carried_over_whole(home: Path) -> None:
    old_rows(home, old_cluster(home))

    with (
        EmbeddedPostgres(home) as postgres,
        psycopg.connect(postgres.url) as connection,
    ):
        assert connection.info.server_version // 10_000 == 18
        found = connection.execute("SELECT count(*), min(title) FROM video").fetchall()
        assert found == [(500, "À 1")]
        added = connection.execute("INSERT INTO video (title) VALUES ('new') RETURNING id")
        assert added.fetchall() == [(501,)]
        desk = postgres.url.replace(
            postgres.url.split("@", maxsplit=1)[0], "postgresql://desk:desk-secret"
        )
        psycopg.connect(desk).close()

    assert (home / "postgres/15/data/PG_VERSION").read_text().strip() == "15"


@has_old
def test_an_upgrade_that_was_killed_starts_over_from_the_old_data(home: Path) -> None:
    old_rows(home, old_cluster(home))  # a draft of the new data is there already

    with EmbeddedPostgres(home) as postgres, psycopg.connect(postgres.url) as connection:
        assert connection.execute("SELECT count(*) FROM video").fetchone() == (500,)

    assert not (home / "postgres/draft-18").exists()


@has_old
def test_without_the_old_programs_nothing_is_touched(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old_cluster(home)
    monkeypatch.setattr("antenne.processes.postgres_programs.SYSTEM", Path("/nonexistent"))

    with pytest.raises(PostgresRefused, match="whose programs are gone"):
        EmbeddedPostgres(home).start()

    assert (home / "postgres/15/data/PG_VERSION").exists()
    assert not (home / "postgres/18").exists()


def test_the_programs_of_the_last_release_stay_beside_the_data(home: Path) -> None:
    kept = programs_of(home / "postgres", 18)

    assert kept is not None
    assert kept == Programs(kept.folder, 18)
    assert kept.path("pg_dump").is_file()
