"""One command starts the whole platform, keeps it up and stops it without leaving anything."""

from __future__ import annotations

import os
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from antenne.cli.ports import port_is_free, status_of
from antenne.processes.family import child_run, child_start
from antenne.processes.postgres import EmbeddedPostgres, embedded_url

pytestmark = pytest.mark.process

HOST = "127.0.0.1"
START_S = 120
SERVE = (sys.executable, "-m", "antenne.cli.main", "serve")


class Platform:
    """A running `antenne serve` with a home and ports of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port, self.edge_port = ports_free()
        self.environment = {
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "ANTENNE_HOME": str(home),
            "ANTENNE_PORT": str(self.port),
            "ANTENNE_EDGE_PORT": str(self.edge_port),
        }
        self.start()

    def start(self) -> None:
        with (self.home / "said").open("ab") as said:
            self.process = child_start(SERVE, self.environment, output=said.fileno())
        assert eventually(self.is_ready), (self.home / "said").read_text()

    def is_ready(self) -> bool:
        return status_of(HOST, self.port, "/readyz") == 200

    def parts(self) -> dict[str, int]:
        """Return the process of each part, found as a child of the supervisor."""
        found = {}
        for pid in children_of(self.process.pid):
            words = Path(f"/proc/{pid}/cmdline").read_text().split("\0")
            if "antenne.cli.parts" in words:
                found[words[3]] = pid
        return found


def children_of(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def ports_free() -> tuple[int, int]:
    with socket.create_server((HOST, 0)) as one, socket.create_server((HOST, 0)) as two:
        return one.getsockname()[1], two.getsockname()[1]


def eventually(happens: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        if happens():
            return True
        time.sleep(0.05)
    return False


def is_gone(pid: int) -> bool:
    return not Path(f"/proc/{pid}/cwd").exists()


@pytest.fixture(scope="module")
def platform() -> Iterator[Platform]:
    with tempfile.TemporaryDirectory(prefix="antenne-serve-") as folder:
        home = Path(folder)
        home.chmod(0o711)
        running = Platform(home)
        try:
            yield running
        finally:
            running.process.send_signal(signal.SIGTERM)
            running.process.wait()
            EmbeddedPostgres(home).destroy()


def test_pages_and_edge_answer_once_it_says_so(platform: Platform) -> None:
    assert status_of(HOST, platform.port, "/healthz") == 200
    assert status_of(HOST, platform.edge_port, "/healthz") == 200
    # Pages do not wait for the worker: its process may be there a moment later.
    assert eventually(lambda: set(platform.parts()) == {"edge", "web", "worker"})


def test_the_first_administrator_gets_a_link(platform: Platform) -> None:
    assert eventually(lambda: f":{platform.port}/setup/" in (platform.home / "said").read_text())


def test_a_part_that_is_killed_comes_back(platform: Platform) -> None:
    before = platform.parts()["web"]

    os.kill(before, signal.SIGKILL)

    assert eventually(lambda: platform.parts().get("web", before) != before)
    assert eventually(platform.is_ready)


def test_a_database_that_is_killed_comes_back(platform: Platform) -> None:
    pid_file = platform.home / "postgres/18/data/postmaster.pid"
    before = pid_file.read_text().splitlines()[0]

    os.kill(int(before), signal.SIGKILL)

    assert eventually(
        lambda: pid_file.exists() and pid_file.read_text().splitlines()[:1] not in ([], [before])
    )
    assert eventually(platform.is_ready)


def test_a_second_platform_on_the_same_home_is_refused(platform: Platform) -> None:
    one, two = ports_free()
    elsewhere = {"ANTENNE_PORT": str(one), "ANTENNE_EDGE_PORT": str(two)}

    status, _ = child_run(SERVE, {**platform.environment, **elsewhere})

    assert status == 1
    assert platform.is_ready()


def test_a_taken_port_is_refused_before_anything_starts(platform: Platform) -> None:
    home = platform.home / "second"

    status, _ = child_run(SERVE, {**platform.environment, "ANTENNE_HOME": str(home)})

    assert status == 1
    assert not (home / "postgres").exists()


def test_one_port_for_web_and_edge_is_refused(platform: Platform) -> None:
    home, port = platform.home / "third", str(ports_free()[0])
    ports = {"ANTENNE_PORT": port, "ANTENNE_EDGE_PORT": port}

    status, _ = child_run(SERVE, {**platform.environment, **ports, "ANTENNE_HOME": str(home)})

    assert status == 1
    assert not (home / "postgres").exists()


def test_what_web_loads_before_it_forks_begins_no_thread(platform: Platform) -> None:
    web = platform.parts()["web"]

    threads = list(Path(f"/proc/{web}/task").iterdir())

    # A forked process would lack such a thread. There is one to wait for each of them.
    assert len(threads) == 1 + len(children_of(web)) > 1


def test_nothing_outlives_a_killed_supervisor_but_the_database(platform: Platform) -> None:
    parts = platform.parts()

    os.kill(platform.process.pid, signal.SIGKILL)
    platform.process.wait()

    assert eventually(lambda: all(is_gone(pid) for pid in parts.values()))
    assert embedded_url(platform.home) is not None
    assert eventually(lambda: port_is_free(HOST, platform.port))
    platform.start()


def test_one_signal_stops_everything(platform: Platform) -> None:
    parts = platform.parts()

    platform.process.send_signal(signal.SIGINT)

    assert platform.process.wait() == 0
    assert all(is_gone(pid) for pid in parts.values())
    assert embedded_url(platform.home) is None
    assert port_is_free(HOST, platform.port)
    platform.start()


def test_a_second_signal_waits_for_nothing_but_the_database(platform: Platform) -> None:
    os.kill(platform.parts()["worker"], signal.SIGSTOP)  # it would be waited for

    platform.process.send_signal(signal.SIGINT)
    time.sleep(1.0)  # what comes within a moment is one and the same
    platform.process.send_signal(signal.SIGINT)

    assert platform.process.wait() == 0
    assert "told once more" in (platform.home / "said").read_text()
    assert embedded_url(platform.home) is None
    assert port_is_free(HOST, platform.port)
    platform.start()
