"""Start the whole platform, keep it running and stop it in order.

The supervisor stays small: it imports neither Django nor an HTTP library, and does nothing while
nothing happens.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from antenne.cli.ports import port_is_free, status_of
from antenne.cli.prepared import is_prepared, prepared_note
from antenne.kernel.environment import Environment
from antenne.processes.family import (
    BACKOFF_FIRST_S,
    BACKOFF_MAX_S,
    Death,
    Family,
    Interrupted,
    Member,
    child_run,
)
from antenne.processes.postgres import EmbeddedPostgres, PostgresRefused

PARTS = ("edge", "web", "worker")  # stopped from the last to the first, then the database
PATIENCE_S = {"edge": 10.0, "web": 10.0, "worker": 12.0}
TICK_S = 1.0
READY_POLL_S = 0.05
READY_S = 120.0
MOMENT_S = 0.5  # a terminal and a program between may both pass one Ctrl-C on
DOUBT_S = 10.0  # not ready by then, the note that all was prepared is doubted
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PACKAGE = Path(__file__).resolve().parent.parent
OK = 200
NOT_FOUND = 404


class ServeRefused(Exception):
    """The platform cannot start; the message says why and what to do."""


@dataclass(frozen=True)
class Prepared:
    """What the preparation did: migrations applied, and the secret of a set-up link, if any."""

    applied: int
    setup: str | None


class Bell:
    """Wakes the supervisor when a signal arrives; the kernel writes it down, nothing is missed."""

    def __init__(self) -> None:
        self._read, self._write = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.set_wakeup_fd(self._write)
        for number in (*SIGNALS, signal.SIGCHLD):
            signal.signal(number, lambda *_: None)

    def wait(self, timeout_s: float) -> bool:
        """Wait for a signal or the time; return whether the platform was told to stop."""
        select.select([self._read], [], [], timeout_s)
        try:
            return any(number in SIGNALS for number in os.read(self._read, 512))
        except BlockingIOError:
            return False

    def told(self) -> bool:
        """Return whether the platform was told to stop since somebody last asked."""
        return self.wait(0.0)


class Insistence:
    """Whether somebody who has told the platform to stop tells it again, once a moment is over."""

    def __init__(self, bell: Bell) -> None:
        self._bell = bell
        self._from_s = time.monotonic() + MOMENT_S
        self._heard = False

    def __call__(self) -> bool:
        """Look, and remember."""
        if self._bell.told() and time.monotonic() > self._from_s:
            self._heard = True
        return self._heard


class Supervisor:
    """The platform of one home: its database and its parts."""

    def __init__(self, environment: Environment, say: Callable[[str], None]) -> None:
        self._environment = environment
        self._say = say
        self._family = Family()
        self._bell = Bell()
        self._postgres = (
            None
            if environment.database_url
            else EmbeddedPostgres(environment.home, told=self._bell.told)
        )
        self._revival_due_s = 0.0
        self._revival_pause_s = BACKOFF_FIRST_S

    def run(self) -> None:
        """Start everything, watch it, and stop it in order when a signal says so.

        Raises ServeRefused or PostgresRefused when it cannot start; what was started is stopped.
        """
        try:
            if self._start():
                self._watch()
        except Interrupted:
            pass  # told to stop while it started
        finally:
            self._stop()

    def _start(self) -> bool:
        """Start everything and say where it is; return False when told to stop meanwhile."""
        self._ports_check()
        if self._postgres is not None:
            self._postgres.start()
        known = is_prepared(self._environment.home, self._database_url())
        prepared = Prepared(0, None) if known else self._prepare()
        for part in PARTS:
            self._family.add(self._member(part))
        begun_s = time.monotonic()
        while not self._ready():
            if self._bell.wait(READY_POLL_S):
                return False
            self._tend()
            waited_s = time.monotonic() - begun_s
            if known and waited_s > DOUBT_S:
                known, prepared = False, self._prepare()
            if waited_s > READY_S:
                raise ServeRefused("the platform is not ready after two minutes; see the log above")
        self._announce(prepared)
        return True

    def _watch(self) -> None:
        while not self._bell.wait(TICK_S):
            self._tend()
        self._say("Stopping; told once more, it does not wait for what is being done.")

    def _tend(self) -> None:
        """Bring back what has died: first the database, then the parts."""
        if self._postgres is not None and not self._postgres.alive():
            self._database_revive(self._postgres)
        for death in self._family.tend():
            self._say(_obituary(death))

    def _database_revive(self, postgres: EmbeddedPostgres) -> None:
        """Start a database that died; its port may have changed, so the parts start anew.

        One that cannot start, on a full disk for instance, is tried again with growing pauses.
        """
        if time.monotonic() < self._revival_due_s:
            return
        self._say("The database has ended; it is started again.")
        before = postgres.url
        try:
            postgres.start()
        except (PostgresRefused, OSError) as error:
            self._say(f"It does not start; tried again in {self._revival_pause_s:g} s. {error}")
            self._revival_due_s = time.monotonic() + self._revival_pause_s
            self._revival_pause_s = min(BACKOFF_MAX_S, self._revival_pause_s * 2)
            return
        self._revival_pause_s = BACKOFF_FIRST_S
        if postgres.url != before:
            self._family.stop()
            for part in PARTS:
                self._family.add(self._member(part))

    def _stop(self) -> None:
        """Stop worker, web, edge and database, in this order."""
        self._family.stop(hurry=Insistence(self._bell))
        if self._postgres is not None:
            self._postgres.stop()

    def _ports_check(self) -> None:
        settings = self._environment
        if settings.port == settings.edge_port:
            raise ServeRefused(
                f"ANTENNE_PORT and ANTENNE_EDGE_PORT are both {settings.port}: choose two ports"
            )
        for name, port in (
            ("ANTENNE_PORT", settings.port),
            ("ANTENNE_EDGE_PORT", settings.edge_port),
        ):
            if not port_is_free(settings.host, port):
                raise ServeRefused(
                    f"{settings.host}:{port} is taken by another program: "
                    f"stop that one, or set {name} to a free port"
                )

    def _prepare(self) -> Prepared:
        status, printed = child_run(
            _command("prepare"), self._child_environment(), told=self._bell.told
        )
        if status != 0:
            raise ServeRefused("the database could not be prepared; see the log above")
        said = json.loads(printed.strip().splitlines()[-1])
        if said["setup"] is None:
            prepared_note(self._environment.home, self._database_url())
        return Prepared(applied=said["applied"], setup=said["setup"])

    def _ready(self) -> bool:
        host = self._environment.host
        return (
            status_of(host, self._environment.edge_port, "/readyz") in {OK, NOT_FOUND}
            and status_of(host, self._environment.port, "/readyz") == OK
        )

    def _announce(self, prepared: Prepared) -> None:
        address = self._environment.public_url or _address(self._environment)
        self._say(f"Antenne is on the air: {address}")
        if prepared.setup:
            self._say(f"Make the first administrator: {address}/setup/{prepared.setup}")

    def _member(self, part: str) -> Member:
        return Member(part, _command(part), self._child_environment(), PATIENCE_S[part])

    def _child_environment(self) -> dict[str, str]:
        """Return our environment with the database's address and few malloc arenas: less memory."""
        return {"MALLOC_ARENA_MAX": "2", **os.environ, "DATABASE_URL": self._database_url()}

    def _database_url(self) -> str:
        return self._environment.database_url if self._postgres is None else self._postgres.url


def serve(environment: Environment, say: Callable[[str], None]) -> None:
    """Run the platform until it is told to stop, telling *say* what people should know.

    Raises ServeRefused when it cannot start.
    """
    try:
        Supervisor(environment, say).run()
    except (PostgresRefused, OSError) as error:  # no room on the disk, no right to write there
        raise ServeRefused(str(error)) from error


def _command(part: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "antenne.cli.parts", part)


def _address(environment: Environment) -> str:
    host = f"[{environment.host}]" if ":" in environment.host else environment.host
    return f"http://{host}:{environment.port}"


def _obituary(death: Death) -> str:
    if death.fault:
        return (
            f"{death.name} cannot be started: {death.fault}; tried again in {death.again_in_s:g} s."
        )
    how = f"signal {-death.status}" if death.status < 0 else f"status {death.status}"
    return f"{death.name} has ended ({how}); it starts again in {death.again_in_s:g} s."
