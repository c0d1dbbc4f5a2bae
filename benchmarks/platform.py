"""Starts a whole platform of its own with `antenne serve`, and stops it without leaving anything.

    with platform_running() as platform:
        for event in platform.publish(path): ...

It has a temporary home and free ports; only processes below it are ever measured or killed.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx
import psycopg

from antenne.cli.ports import status_of
from antenne.processes.postgres import EmbeddedPostgres, PostgresRefused, embedded_url
from benchmarks.commands import Process, answered, lines_of, started
from benchmarks.processes import children_of, family_of, words_of
from tools.s3_server import free_port

HOST: Final = "127.0.0.1"
EMAIL: Final = "bench@example.org"
PASSWORD: Final = "correct horse battery staple"  # noqa: S105 - of a site that lives for minutes
_OK: Final = 200
_START_S: Final = 120.0
_STOP_S: Final = 60.0
_POLL_S: Final = 0.05
_KEPT: Final = ("ANTENNE_FFMPEG", "ANTENNE_FFPROBE")
# Queues with work that people wait for; others hold what is done every few seconds.
_BUSY: Final = """
    SELECT (SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')
              AND queue_name IN ('air', 'quality', 'short', 'fetch', 'facts'))
         + (SELECT count(*) FROM pipeline_unit WHERE state IN ('waiting', 'running'))
"""


class PlatformFailed(Exception):
    """The platform did not do what it must; the message holds the end of its log."""


@dataclass(frozen=True, slots=True)
class Event:
    """A line of `antenne publish --json`; *heard_s* is our own clock when it came."""

    name: str
    heard_s: float
    data: dict[str, Any]


class Platform:
    """A running `antenne serve`; use `platform_running`."""

    def __init__(self, home: Path, **more: str) -> None:
        self.home = home
        self.port, self.edge_port = free_port(), free_port()
        self.log = home / "log"
        self.environment = {
            **{name: value for name, value in os.environ.items() if _passed_on(name)},
            "ANTENNE_HOME": str(home),
            "ANTENNE_PORT": str(self.port),
            "ANTENNE_EDGE_PORT": str(self.edge_port),
            **more,
        }
        self._process: Process | None = None

    @property
    def pid(self) -> int:
        """Return the process of the supervisor; raise PlatformFailed where none was started."""
        if self._process is None:
            raise PlatformFailed("it was never started")
        return self._process.pid

    @property
    def url(self) -> str:
        """Return the address of the pages."""
        return f"http://{HOST}:{self.port}"

    def start(self) -> float:
        """Start it and return the seconds until it was ready; raise PlatformFailed."""
        begun_s = time.monotonic()
        argv = (sys.executable, "-m", "antenne.cli.main", "serve")
        process = started(argv, environment=self.environment, log=self.log)
        self._process = process
        if not eventually(lambda: self.is_ready() or process.poll() is not None, _START_S):
            raise self.failure("it is not ready")
        if process.poll() is not None:
            raise self.failure("it has ended")
        return time.monotonic() - begun_s

    def stop(self) -> None:
        """Tell it to stop and wait until it has."""
        process = self._process
        if process is None:
            return
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        if not eventually(lambda: process.poll() is not None, _STOP_S):
            process.kill()
        process.wait()

    def is_ready(self) -> bool:
        """Say whether web, edge and database answer."""
        return all(status_of(HOST, port, "/readyz") == _OK for port in (self.port, self.edge_port))

    def failure(self, what: str) -> PlatformFailed:
        """Return an error with the end of the log."""
        said = self.log.read_text(errors="replace")[-3000:] if self.log.exists() else ""
        return PlatformFailed(f"{what}\n{said}")

    def parts(self) -> dict[str, int]:
        """Return the process of each living part: web, edge and worker."""
        found = {}
        for pid in children_of(self.pid):
            words = words_of(pid)
            if "antenne.cli.parts" in words[:-1]:
                found[words[words.index("antenne.cli.parts") + 1]] = pid
        return found

    def ffmpegs(self) -> list[int]:
        """Return the ffmpeg processes that the worker runs now."""
        worker = self.parts().get("worker")
        below = list(family_of(worker))[1:] if worker else []
        return [pid for pid in below if Path((words_of(pid) or [""])[0]).name.startswith("ffmpeg")]

    def postmaster(self) -> int | None:
        """Return the process of the embedded database."""
        with suppress(OSError, ValueError, IndexError):
            for file in (self.home / "postgres").glob("*/data/postmaster.pid"):
                return int(file.read_text().splitlines()[0])
        return None

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Ask the platform's database; wait for it while it starts again."""
        deadline_s = time.monotonic() + _START_S
        while True:
            try:
                with psycopg.connect(self.database_url(), autocommit=True) as connection:
                    return connection.execute(query.encode(), values).fetchall()
            except (psycopg.OperationalError, PostgresRefused):
                if time.monotonic() > deadline_s:
                    raise
                time.sleep(_POLL_S)

    def database_url(self) -> str:
        """Return the address of the database; raise PostgresRefused where it does not run."""
        url = embedded_url(self.home)
        if url is None:
            raise PostgresRefused("it does not run")
        return url

    def idle_await(self, timeout_s: float) -> bool:
        """Wait until no work is left; return whether that came to be."""
        return eventually(lambda: self.rows(_BUSY) == [(0,)], timeout_s, pause_s=0.5)

    def admin_make(self) -> str:
        """Make the first administrator and return an access token."""
        argv = [sys.executable, "-m", "antenne.cli.main"]
        answered(
            [*argv, "createadmin", "--email", EMAIL, "--password-stdin"],
            environment=self.environment,
            given=f"{PASSWORD}\n",
        )
        said = answered([*argv, "token", "create", "--user", EMAIL], environment=self.environment)
        return said.split()[-1]

    def sign_in(self, login: str = EMAIL, password: str = PASSWORD) -> str:
        """Sign somebody in with the site's own form and return the browser's cookies."""
        with httpx.Client(base_url=self.url, follow_redirects=True) as http:
            http.get("/sign-in").raise_for_status()
            sent = {"login": login, "password": password}
            token = {"csrfmiddlewaretoken": http.cookies["csrftoken"]}
            http.post("/sign-in", data={**sent, **token}).raise_for_status()
            return "; ".join(f"{name}={value}" for name, value in http.cookies.items())

    def publish(self, path: Path, *, by: str = "", wait: bool = True) -> Iterator[Event]:
        """Publish a file from the command line and yield what is told, as it is told.

        It is the video of whom the address *by* names, else of the first administrator.
        Raises PlatformFailed where it ends without the last of what it must tell.
        """
        argv = [sys.executable, "-m", "antenne.cli.main", "publish", "--json", str(path)]
        argv += (["--as", by] if by else []) + ([] if wait else ["--no-wait"])
        last = ""
        for line in lines_of(argv, environment=self.environment, log=self.log):
            if line.startswith("{"):
                data = json.loads(line)
                last = data["event"]
                yield Event(last, time.monotonic(), data)
        if last not in {"refused", "complete" if wait else "playable"}:
            raise self.failure(f"publishing {path.name} ended after {last or 'nothing'}")

    def remove(self) -> None:
        """Stop it and remove its database and its home."""
        self.stop()
        EmbeddedPostgres(self.home).destroy()
        shutil.rmtree(self.home, ignore_errors=True)


class Client:
    """The API of a platform, with an administrator's token."""

    def __init__(self, platform: Platform, token: str) -> None:
        self._http = httpx.Client(
            base_url=f"{platform.url}/api/v1/",
            headers={"Authorization": f"Bearer {token}"},
            timeout=20,
        )

    def video_begin(self, filename: str, size_bytes: int) -> dict[str, Any]:
        """Announce a file and return the answer: video, upload, tus; raise httpx.HTTPError."""
        answer = self._http.post("videos", json={"filename": filename, "size_bytes": size_bytes})
        answer.raise_for_status()
        begun: dict[str, Any] = answer.json()
        return begun

    def master_url(self, public_id: str) -> str:
        """Return the signed address of a video's master playlist; empty where it cannot play."""
        answer = self._http.get(f"videos/{public_id}/playback")
        answer.raise_for_status()
        return str(answer.json()["master_url"] or "")

    def video_remove(self, public_id: str) -> None:
        """Remove a video for ever."""
        self._http.delete(f"videos/{public_id}").raise_for_status()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()


@contextmanager
def platform_running(**more: str) -> Iterator[Platform]:
    """Run a platform of our own; *more* are further environment variables."""
    home = Path(tempfile.mkdtemp(prefix="antenne-bench-"))
    home.chmod(0o711)  # the database's account must be able to pass
    platform = Platform(home, **more)
    try:
        platform.start()
        yield platform
    finally:
        platform.remove()


def eventually(happens: Callable[[], bool], timeout_s: float, *, pause_s: float = _POLL_S) -> bool:
    """Wait until something happens; return whether it did within the time."""
    deadline_s = time.monotonic() + timeout_s
    while not happens():
        if time.monotonic() > deadline_s:
            return False
        time.sleep(pause_s)
    return True


def _passed_on(name: str) -> bool:
    """Say whether a variable of ours may reach the platform: none that points elsewhere."""
    foreign = name.startswith(("ANTENNE_", "DJANGO_", "PG")) or name == "DATABASE_URL"
    return name in _KEPT or not foreign
