"""The embedded PostgreSQL survives kills, taken ports, second supervisors and old data."""

from __future__ import annotations

import os
import signal
import socket
import stat
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from antenne.processes.family import Interrupted
from antenne.processes.postgres import (
    EmbeddedPostgres,
    PostgresRefused,
    embedded_url,
    temporary_postgres,
)
from antenne.processes.postgres_account import account_choose, place_find

pytestmark = pytest.mark.process

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root changes accounts")
NOBODY = 65534
WAIT_S = 60


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A home with data; every test leaves it stopped and able to start."""
    with temporary_postgres() as postgres:
        postgres.stop()
        yield postgres.home


@pytest.fixture
def postgres(home: Path) -> Iterator[EmbeddedPostgres]:
    """A durable server: the kills below must not lose what was committed."""
    with EmbeddedPostgres(home) as running:
        yield running


def rows(url: str, sql: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(sql)
        return cursor.fetchall() if cursor.description else []


def setting(url: str, name: str) -> object:
    return rows(url, f"SHOW {name}")[0][0]


def in_child(action: Callable[[], object]) -> int:
    """Run *action* in a process of its own and return how that ended (0: well)."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            action()
            status = 0
        finally:
            traceback.print_exc()
            os._exit(status)
    return os.waitpid(child, 0)[1]


def postmaster_pid(home: Path) -> int:
    return int((home / "postgres/18/data/postmaster.pid").read_text().splitlines()[0])


def test_a_new_home_gets_a_durable_utf8_database_ready_for_replication(
    postgres: EmbeddedPostgres,
) -> None:
    url = postgres.url

    assert setting(url, "fsync") == "on"
    assert setting(url, "full_page_writes") == "on"
    assert setting(url, "data_checksums") == "on"
    assert setting(url, "wal_level") == "logical"
    assert setting(url, "io_method") == "sync"
    assert rows(url, "SELECT lower('ÀÉ'), current_user, current_database()") == [
        ("àé", "antenne", "antenne")
    ]
    assert rows(url, "SELECT datlocprovider FROM pg_database WHERE datname = 'antenne'") == [("b",)]


def test_it_listens_on_the_loopback_only_and_wants_the_password(postgres: EmbeddedPostgres) -> None:
    address = urlsplit(postgres.url)

    assert setting(postgres.url, "listen_addresses") == "127.0.0.1"
    assert setting(postgres.url, "unix_socket_directories") == ""
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(postgres.url.replace(str(address.password), "guess"))


def test_the_password_is_readable_by_its_owner_alone(postgres: EmbeddedPostgres) -> None:
    kept = postgres.home / "postgres/password"

    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert kept.read_text() == urlsplit(postgres.url).password


def test_a_second_start_keeps_rows_port_and_password(home: Path) -> None:
    with EmbeddedPostgres(home) as first:
        rows(first.url, "DROP TABLE IF EXISTS seven; CREATE TABLE seven AS SELECT 7 AS n")
        url = first.url

    with EmbeddedPostgres(home) as second:
        assert second.url == url
        assert rows(second.url, "SELECT n FROM seven") == [(7,)]


def test_what_was_committed_survives_the_kill_of_the_server(postgres: EmbeddedPostgres) -> None:
    rows(
        postgres.url,
        "DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n",
    )

    os.kill(postmaster_pid(postgres.home), signal.SIGKILL)
    while postgres.alive():
        time.sleep(0.01)
    postgres.start()

    assert rows(postgres.url, "SELECT count(*) FROM kept") == [(1000,)]


def test_a_server_that_was_killed_is_no_zombie_once_the_next_one_runs(
    postgres: EmbeddedPostgres,
) -> None:
    killed = postmaster_pid(postgres.home)
    os.kill(killed, signal.SIGKILL)
    while embedded_url(postgres.home) is not None:
        time.sleep(0.01)

    postgres.start()

    assert not Path(f"/proc/{killed}").exists()


def test_the_number_of_a_dead_server_may_belong_to_another_program(
    postgres: EmbeddedPostgres,
) -> None:
    """After a restart of a container the old process numbers are in use again."""
    pid_file = postgres.home / "postgres/18/data/postmaster.pid"
    stale = pid_file.read_text().splitlines()
    postgres.stop()
    pid_file.write_text("\n".join([str(os.getpid()), *stale[1:]]))

    assert embedded_url(postgres.home) is None
    postgres.start()

    assert rows(postgres.url, "SELECT 1") == [(1,)]


def test_a_taken_port_is_avoided(home: Path) -> None:
    with EmbeddedPostgres(home) as first:
        port = urlsplit(first.url).port

    with socket.create_server(("127.0.0.1", port or 0)), EmbeddedPostgres(home) as second:
        assert urlsplit(second.url).port != port
        assert rows(second.url, "SELECT 1") == [(1,)]


def test_a_port_that_was_not_written_whole_is_chosen_anew(home: Path) -> None:
    with EmbeddedPostgres(home):
        pass
    (home / "postgres/port").write_text("")

    with EmbeddedPostgres(home) as postgres:
        assert rows(postgres.url, "SELECT 1") == [(1,)]


def test_nobody_waits_for_a_server_once_told_to_stop(home: Path) -> None:
    postgres = EmbeddedPostgres(home, told=lambda: True)

    with pytest.raises(Interrupted):
        postgres.start()

    assert embedded_url(home) is None
    assert not (home / "postgres/18/data/postmaster.pid").exists()
    with EmbeddedPostgres(home) as second:
        assert rows(second.url, "SELECT 1") == [(1,)]


def test_a_port_that_was_asked_for_and_is_taken_is_refused(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PostgresRefused, match=f"port {port} .* taken"):
            EmbeddedPostgres(home, port=port).start()

    assert embedded_url(home) is None


def test_two_supervisors_on_one_home_are_refused(postgres: EmbeddedPostgres) -> None:
    with pytest.raises(PostgresRefused, match=f"process {os.getpid()}"):
        EmbeddedPostgres(postgres.home).start()

    assert rows(postgres.url, "SELECT 1") == [(1,)]


def test_a_server_left_by_a_killed_supervisor_is_adopted(home: Path) -> None:
    def start_and_be_killed() -> None:
        EmbeddedPostgres(home).start()
        os.kill(os.getpid(), signal.SIGKILL)

    assert in_child(start_and_be_killed) == signal.SIGKILL
    left = postmaster_pid(home)
    assert embedded_url(home) is not None

    with EmbeddedPostgres(home) as adopted:
        assert postmaster_pid(home) == left
        assert rows(adopted.url, "SELECT 1") == [(1,)]

    assert embedded_url(home) is None


def test_a_server_for_tests_ends_with_the_test_that_was_killed(home: Path) -> None:
    def start_and_be_killed() -> None:
        EmbeddedPostgres(home, fast=True).start()
        os.kill(os.getpid(), signal.SIGKILL)

    assert in_child(start_and_be_killed) == signal.SIGKILL

    deadline = time.monotonic() + WAIT_S
    while embedded_url(home) is not None and time.monotonic() < deadline:
        time.sleep(0.01)
    assert embedded_url(home) is None


def test_a_first_start_that_was_killed_is_begun_again(home: Path) -> None:
    (home / "postgres/18").rename(home / "postgres/draft-18")

    with EmbeddedPostgres(home) as postgres:
        assert rows(postgres.url, "SELECT 1") == [(1,)]

    assert not (home / "postgres/draft-18").exists()


def test_data_of_a_newer_release_are_refused_untouched(home: Path) -> None:
    (home / "postgres/18").rename(home / "postgres/99")

    with pytest.raises(PostgresRefused, match="PostgreSQL 99"):
        EmbeddedPostgres(home).start()

    assert not (home / "postgres/18").exists()
    (home / "postgres/99").rename(home / "postgres/18")


def test_a_home_that_lost_its_database_folder_says_so(home: Path, tmp_path: Path) -> None:
    (home / "elsewhere").mkdir()
    (home / "elsewhere/postgres").symlink_to(tmp_path / "gone")

    with pytest.raises(PostgresRefused, match="which is gone"):
        EmbeddedPostgres(home / "elsewhere").start()


@as_root
def test_root_hands_the_server_to_another_account(postgres: EmbeddedPostgres) -> None:
    owner = Path(f"/proc/{postmaster_pid(postgres.home)}").stat().st_uid

    assert owner == account_choose().uid != 0


@as_root
def test_a_closed_home_keeps_its_data_where_the_server_can_reach_them(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    postgres = EmbeddedPostgres(closed, fast=True)
    try:
        postgres.start()

        assert rows(postgres.url, "SELECT 1") == [(1,)]
        place = place_find(closed)
        assert place is not None
        assert closed not in place.parents
        assert (closed / "postgres").is_symlink()
    finally:
        postgres.destroy()
    assert not place.exists()


@as_root
def test_an_ordinary_account_runs_its_own_server() -> None:
    def run_as_nobody() -> None:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
        with temporary_postgres() as postgres:
            assert Path(f"/proc/{postmaster_pid(postgres.home)}").stat().st_uid == NOBODY
            assert rows(postgres.url, "SELECT 1") == [(1,)]

    assert in_child(run_as_nobody) == 0
