"""One data directory of PostgreSQL: make it, start it, wait for it, stop it."""

from __future__ import annotations

import errno
import os
import secrets
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from antenne.processes.family import Interrupted, never
from antenne.processes.postgres_account import Account, PostgresRefused
from antenne.processes.postgres_programs import Programs

ROLE = "antenne"
DATABASE = "antenne"
LOOPBACK = "127.0.0.1"
STATUS_LINE = 7
BUILTIN_LOCALE_SINCE = 17
IO_METHOD_SINCE = 18
POLL_S = 0.01
START_S = 600  # recovery after a crash may have much to replay
ORPHANS_S = 10
STOP_FAST_S = 30
STOP_IMMEDIATE_S = 10

DURABLE = {
    "wal_level": "logical",
    "max_wal_senders": "10",
    "max_replication_slots": "10",
    "max_slot_wal_keep_size": "4GB",
    "io_method": "sync",
    "shared_buffers": "64MB",
    "max_connections": "60",
    "huge_pages": "off",
    "jit": "off",
    "min_wal_size": "80MB",
    "max_wal_size": "1GB",
    "wal_compression": "on",
    "password_encryption": "scram-sha-256",
    "log_checkpoints": "off",
    "log_timezone": "UTC",
    "timezone": "UTC",
}
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "checkpoint_timeout": "1h",
}


@dataclass(frozen=True)
class Postmaster:
    """What a running server says of itself in `postmaster.pid`."""

    pid: int
    port: int
    status: str


@dataclass(frozen=True)
class Cluster:
    """A data directory, the programs that fit it and the account that owns it."""

    data: Path
    programs: Programs
    account: Account
    fast: bool = False

    def make(self, password: str) -> None:
        """Create the directory: SCRAM only, UTF-8 with the built-in locale, data checksums."""
        self.data.mkdir(mode=0o700, parents=True)
        self.account.own(self.data)
        with tempfile.NamedTemporaryFile("w", suffix=".pass") as secret:
            secret.write(password)
            secret.flush()
            self.account.own(Path(secret.name))
            self.account.run(
                [
                    *(self.programs.path("initdb"), "-D", self.data, "-U", ROLE),
                    *("-A", "scram-sha-256", f"--pwfile={secret.name}", "--data-checksums"),
                    *("--encoding=UTF8", *self._locale()),
                    *(["--no-sync"] if self.fast else []),
                ]
            )
        with (self.data / "postgresql.conf").open("a") as configuration:
            configuration.write("\ninclude_if_exists = 'antenne.conf'\n")
        self.configure()

    def _locale(self) -> tuple[str, ...]:
        """Choose C.UTF-8: built in since 17, of the C library before."""
        if self.programs.major < BUILTIN_LOCALE_SINCE:
            return ("--locale=C.UTF-8",)
        return ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")

    def configure(self) -> None:
        """Write our settings; what an operator sets with ALTER SYSTEM still wins over them."""
        settings = {**DURABLE, **(FAST if self.fast else {})}
        if self.programs.major < IO_METHOD_SINCE:
            del settings["io_method"]
        target = self.data / "antenne.conf"
        draft = self.data / "antenne.conf.draft"
        draft.write_text("".join(f"{name} = '{value}'\n" for name, value in settings.items()))
        draft.chmod(0o600)
        self.account.own(draft)
        draft.rename(target)

    def start(
        self, port: int, log: Path, *, told: Callable[[], bool] = never
    ) -> subprocess.Popen[bytes]:
        """Start the server on the loopback *port* and return once it answers.

        Leftovers of a killed server are cleared away first; its journal is replayed by PostgreSQL.
        Raises PostgresRefused with the end of the log when the server gives up, and Interrupted
        when *told* says meanwhile that nobody wants it any more.
        """
        self._leftovers_clear()
        with log.open("ab") as output:
            process = self.account.spawn(
                [
                    *(self.programs.path("postgres"), "-D", self.data),
                    *("-c", f"port={port}", "-c", f"listen_addresses={LOOPBACK}"),
                    *("-c", "unix_socket_directories="),
                ],
                output=output.fileno(),
                tied=self.fast,
            )
        deadline = time.monotonic() + START_S
        while time.monotonic() < deadline:
            found = self.postmaster()
            if found is not None and found.pid == process.pid and found.status == "ready":
                return process
            if process.poll() is not None:
                raise PostgresRefused(f"PostgreSQL did not start:\n{log_tail(log)}")
            if told():
                process.send_signal(signal.SIGINT)
                process.wait()
                raise Interrupted
            time.sleep(POLL_S)
        process.send_signal(signal.SIGINT)
        raise PostgresRefused(f"PostgreSQL was not ready after {START_S} s:\n{log_tail(log)}")

    def stop(self) -> None:
        """Stop the server: fast (a checkpoint, then the end), and immediate if that hangs.

        Does nothing when no server runs.
        """
        for number, wait_s in ((signal.SIGINT, STOP_FAST_S), (signal.SIGQUIT, STOP_IMMEDIATE_S)):
            found = self.postmaster()
            if found is None:
                return
            _signal(found.pid, number)
            if self._gone_within(found.pid, wait_s):
                return
        raise PostgresRefused(f"PostgreSQL in {self.data} does not stop")

    def postmaster(self) -> Postmaster | None:
        """Return the server that runs on this directory, or None; a stale file is not believed."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
            pid, port = int(lines[0]), int(lines[3])
        except (FileNotFoundError, IndexError, ValueError):
            return None
        status = "".join(lines[STATUS_LINE:]).strip() or "starting"
        return Postmaster(pid, port, status) if _works_in(pid, self.data) else None

    def runs_programs(self, pid: int) -> bool:
        """Whether the server *pid* runs exactly our version of the programs."""
        try:
            return Path(f"/proc/{pid}/exe").samefile(self.programs.path("postgres"))
        except OSError:
            return False

    def query(self, port: int, password: str, sql: str, *, database: str = DATABASE) -> list[str]:
        """Return the rows of *sql*, one string each."""
        psql = self.programs.path("psql")
        argv = [str(psql), "-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", sql]
        environment = client_environment(port, password, database)
        return self.account.run(argv, environment=environment).splitlines()

    def _leftovers_clear(self) -> None:
        """Remove the pid file of a dead server, once every process it left behind has ended.

        PostgreSQL clears it itself, except when the number now belongs to somebody else, which is
        the rule in a container that was restarted.
        """
        deadline = time.monotonic() + ORPHANS_S
        while orphans := list(_processes_in(self.data)):
            if time.monotonic() > deadline:
                for pid in orphans:
                    _signal(pid, signal.SIGKILL)
            time.sleep(POLL_S * 5)
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _gone_within(self, pid: int, wait_s: float) -> bool:
        deadline = time.monotonic() + wait_s
        while time.monotonic() < deadline:
            if not _works_in(pid, self.data):
                return True
            time.sleep(POLL_S)
        return False


def client_environment(port: int, password: str, database: str = DATABASE) -> dict[str, str]:
    """Return the variables with which PostgreSQL's own clients reach the server."""
    return {
        "PGHOST": LOOPBACK,
        "PGPORT": str(port),
        "PGUSER": ROLE,
        "PGPASSWORD": password,
        "PGDATABASE": database,
        "PGCONNECT_TIMEOUT": "10",
    }


def password_keep(path: Path) -> str:
    """Return the password kept in *path*, made on the first call and readable by us alone."""
    if path.exists():
        return path.read_text()
    password = secrets.token_urlsafe(24)
    draft = path.with_suffix(".draft")
    draft.touch(mode=0o600)
    with draft.open("w") as file:
        file.write(password)
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)
    return password


def log_tail(log: Path, lines: int = 8) -> str:
    """Return the last *lines* of *log*."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])


def _works_in(pid: int, data: Path) -> bool:
    """Whether *pid* lives and works in *data*, as every process of a server does."""
    try:
        return Path(f"/proc/{pid}/cwd").samefile(data)
    except OSError:
        return False


def _processes_in(data: Path) -> Iterator[int]:
    for entry in os.scandir("/proc"):
        if entry.name.isdigit() and _works_in(int(entry.name), data):
            yield int(entry.name)


def _signal(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except OSError as error:
        if error.errno != errno.ESRCH:
            raise
