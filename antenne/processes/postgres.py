"""Supervise the embedded PostgreSQL of one home: find its data, its port and its state, own it.

    with EmbeddedPostgres(home) as postgres:
        postgres.url    # postgresql://antenne:…@127.0.0.1:15432/antenne

Below home/postgres lie `<major>/data` (the current one is the highest), `programs/<version>`,
`password`, `port`, `lock` and `log`. A data directory appears under its final name only when it
is whole, so a process killed at any moment leaves nothing that needs a repair by hand.
"""

from __future__ import annotations

import fcntl
import os
import random
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TextIO
from urllib.parse import quote

from antenne.processes.family import never
from antenne.processes.postgres_account import (
    PostgresRefused,
    account_choose,
    place_find,
    place_make,
)
from antenne.processes.postgres_cluster import (
    DATABASE,
    LOOPBACK,
    ROLE,
    Cluster,
    Postmaster,
    password_keep,
)
from antenne.processes.postgres_programs import Programs, programs_install, programs_of
from antenne.processes.postgres_upgrade import Side, room_check, upgrade

__all__ = ["EmbeddedPostgres", "PostgresRefused", "embedded_url", "temporary_postgres"]

PORTS = range(15432, 16432)
PORT_ATTEMPTS = 5
LOG_KEEP_BYTES = 10_000_000


class EmbeddedPostgres:
    """The PostgreSQL of one home; `fast` gives up durability and is for tests only.

    *told* says whether to stop waiting for a server that starts: `start` then raises Interrupted.
    Not safe to share between threads. Every method may raise PostgresRefused, whose message is
    meant for people.
    """

    def __init__(
        self,
        home: Path,
        port: int | None = None,
        *,
        fast: bool = False,
        told: Callable[[], bool] = never,
    ) -> None:
        self.home = home
        self.fast = fast
        self._port_wanted = port
        self._told = told
        self._lock: TextIO | None = None
        self._cluster: Cluster | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._url: str | None = None

    @property
    def url(self) -> str:
        """The DATABASE_URL of the running server."""
        if self._url is None:
            raise PostgresRefused("the embedded PostgreSQL has not been started")
        return self._url

    def start(self) -> None:
        """Start the server, or adopt ours if a killed supervisor left it running.

        Makes the data on the first call, upgrades data of an older major version, and recovers
        after a crash. Returns when the server answers.
        """
        account = account_choose(self._data_found())
        place = place_make(self.home, account)
        self._lock = self._lock or _lock_take(place / "lock")
        try:
            programs = programs_install(place)
            password = password_keep(place / "password")
            self._cluster = self._cluster_ready(place, programs, password)
            self._url = _url(password, self._serve(self._cluster, place))
        except BaseException:
            self._unlock()
            raise

    def stop(self) -> None:
        """Stop the server cleanly; does nothing when it does not run."""
        try:
            if self._cluster is not None:
                self._cluster.stop()
            if self._process is not None:
                self._process.wait()
        finally:
            self._process = None
            self._url = None
            self._unlock()

    def alive(self) -> bool:
        """Whether the server runs."""
        if self._process is not None:
            self._process.poll()
        return self._cluster is not None and self._cluster.postmaster() is not None

    def destroy(self) -> None:
        """Stop the server and delete its data for ever."""
        self.stop()
        place = place_find(self.home)
        if place is not None:
            shutil.rmtree(place)
            (self.home / "postgres").unlink(missing_ok=True)

    def __enter__(self) -> EmbeddedPostgres:
        """Start the server."""
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop the server."""
        self.stop()

    def _data_found(self) -> Path | None:
        place = place_find(self.home)
        majors = _majors(place) if place is not None else []
        return place / str(majors[-1]) / "data" if place is not None and majors else None

    def _unlock(self) -> None:
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _cluster_ready(self, place: Path, programs: Programs, password: str) -> Cluster:
        """Return the current cluster, made or upgraded first if need be."""
        majors = _majors(place)
        if majors and majors[-1] > programs.major:
            raise PostgresRefused(
                f"the data in {place} were written by PostgreSQL {majors[-1]} and the installed "
                f"programs are PostgreSQL {programs.major}: install the newer release again"
            )
        if not majors:
            self._cluster_make(place, programs, password, None)
        elif majors[-1] < programs.major:
            self._cluster_make(place, programs, password, majors[-1])
        return self._cluster_at(place / str(programs.major), programs)

    def _cluster_at(self, folder: Path, programs: Programs) -> Cluster:
        data = folder / "data"
        account = account_choose(data if data.exists() else self._data_found())
        return Cluster(data, programs, account, self.fast)

    def _cluster_make(
        self, place: Path, programs: Programs, password: str, old_major: int | None
    ) -> None:
        """Make a cluster under a draft name, fill it, and rename it when it is whole."""
        draft = place / f"draft-{programs.major}"
        self._cluster_at(draft, programs).stop()  # a killed attempt may have left it running
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o711)
        draft.chmod(0o711)
        cluster = self._cluster_at(draft, programs)
        cluster.make(password)
        if old_major is not None:
            self._upgrade(place, old_major, cluster, password)
        else:
            self._database_create(place, cluster, password)
        draft.rename(place / str(programs.major))
        _sync(place)

    def _database_create(self, place: Path, cluster: Cluster, password: str) -> None:
        with _serving(cluster, place / "log", password) as side:
            side.run("createdb", DATABASE)

    def _upgrade(self, place: Path, old_major: int, new: Cluster, password: str) -> None:
        old_programs = programs_of(place, old_major)
        if old_programs is None:
            raise PostgresRefused(
                f"the data in {place} were written by PostgreSQL {old_major}, whose programs are "
                f"gone: install the earlier release once, or PostgreSQL {old_major} of the system"
            )
        old = self._cluster_at(place / str(old_major), old_programs)
        room_check(old.data, place)
        folder = new.data.parent / "dump"
        folder.mkdir(mode=0o700)
        new.account.own(folder)
        old.stop()
        with (
            _serving(old, place / "log", password) as before,
            _serving(new, place / "log", password) as after,
        ):
            upgrade(before, after, folder)
        shutil.rmtree(folder)

    def _serve(self, cluster: Cluster, place: Path) -> int:
        """Start or adopt the current cluster and return its port."""
        running = cluster.postmaster()
        if running is not None:
            if self._adoptable(cluster, running):
                return running.port
            cluster.stop()
        cluster.configure()
        _log_turn(place / "log")
        for attempt in range(PORT_ATTEMPTS):
            port = self._port_choose(place / "port", anew=attempt > 0)
            try:
                started = cluster.start(port, place / "log", told=self._told)
            except PostgresRefused:
                if self._port_wanted is not None or _port_is_free(port):
                    raise
                continue  # somebody took the port between our look and the start
            if self._process is not None:
                self._process.wait()  # it is dead, for two never run on the same data: no zombie
            self._process = started
            (place / "port").write_text(str(port))
            return port
        raise PostgresRefused("no port stayed free long enough to start PostgreSQL on it")

    def _adoptable(self, cluster: Cluster, running: Postmaster) -> bool:
        wanted = self._port_wanted in (None, running.port)
        return wanted and running.status == "ready" and cluster.runs_programs(running.pid)

    def _port_choose(self, kept: Path, *, anew: bool) -> int:
        """Return the port asked for, else the one used last, else a free one."""
        if self._port_wanted is not None:
            if not _port_is_free(self._port_wanted):
                raise PostgresRefused(
                    f"the port {self._port_wanted} for the database is taken by another program"
                )
            return self._port_wanted
        port = _port_read(kept)
        return port if port and not anew and _port_is_free(port) else _port_free()


def embedded_url(home: Path) -> str | None:
    """Return the DATABASE_URL of the server that runs in *home*, or None when none runs."""
    place = place_find(home)
    majors = _majors(place) if place is not None else []
    if place is None or not majors:
        return None
    data = place / str(majors[-1]) / "data"
    cluster = Cluster(data, Programs(place / "programs", majors[-1]), account_choose(data))
    running = cluster.postmaster()
    if running is None or running.status != "ready":
        return None
    return _url((place / "password").read_text(), running.port)


@contextmanager
def temporary_postgres() -> Iterator[EmbeddedPostgres]:
    """Run a fast PostgreSQL in a folder of its own and delete both at the end; for tests."""
    with tempfile.TemporaryDirectory(prefix="antenne-postgres-") as folder:
        home = Path(folder)
        home.chmod(0o711)
        postgres = EmbeddedPostgres(home, fast=True)
        postgres.start()
        try:
            yield postgres
        finally:
            postgres.destroy()


@contextmanager
def _serving(cluster: Cluster, log: Path, password: str) -> Iterator[Side]:
    """Run *cluster* on a port that nobody is told about, for as long as it is prepared."""
    port = _port_free()
    process = cluster.start(port, log)
    try:
        yield Side(cluster, port, password)
    finally:
        cluster.stop()
        process.wait()


def _url(password: str, port: int) -> str:
    return f"postgresql://{ROLE}:{quote(password, safe='')}@{LOOPBACK}:{port}/{DATABASE}"


def _majors(place: Path) -> list[int]:
    """Return the major versions that have data in *place*, ascending."""
    folders = place.iterdir() if place.is_dir() else ()
    return sorted(int(folder.name) for folder in folders if folder.name.isdigit())


def _lock_take(path: Path) -> TextIO:
    """Hold *path* until the returned file is closed or this process ends, whatever its end."""
    file = path.open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        file.seek(0)
        holder = file.read().strip() or "unknown"
        file.close()
        raise PostgresRefused(
            f"another antenne (process {holder}) already runs on the home of {path.parent}"
        ) from error
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
    return file


def _sync(folder: Path) -> None:
    """Make the names in *folder* survive a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _log_turn(log: Path) -> None:
    """Begin a new log when the last one has grown large; one old one is kept."""
    if log.exists() and log.stat().st_size > LOG_KEEP_BYTES:
        log.rename(log.with_suffix(".old"))


def _port_read(kept: Path) -> int | None:
    """Return the port used last, or None: what was written when the disk was full is not whole."""
    said = kept.read_text() if kept.exists() else ""
    return int(said) if said.isdigit() else None


def _port_is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def _port_free() -> int:
    for port in random.sample(PORTS, len(PORTS)):
        if _port_is_free(port):
            return port
    raise PostgresRefused(f"every port from {PORTS.start} to {PORTS.stop - 1} is taken")
