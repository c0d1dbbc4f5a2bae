"""Keep a few child processes alive and end them in order; the work of a supervisor.

Each child leads a process group of its own, so that a terminal's Ctrl-C reaches the supervisor
alone, and everything a child started can be ended with it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from antenne.processes.tether import SUPERVISOR

BACKOFF_FIRST_S = 0.5
BACKOFF_MAX_S = 30.0
STEADY_S = 60.0
_POLL_S = 0.02
_TOLD_S = 0.1


class Interrupted(Exception):
    """We were told to stop before something that we waited for was done."""


def never() -> bool:
    """Tell nothing: for waits that nobody interrupts."""
    return False


@dataclass(frozen=True)
class Member:
    """One child: its name, command, environment and how long it may take to end."""

    name: str
    argv: tuple[str, ...]
    environment: Mapping[str, str]
    patience_s: float = 10.0


@dataclass(frozen=True)
class Death:
    """A child that ended by itself: its exit status (negative: the signal) and when it returns.

    *fault* says why one could not even be started.
    """

    name: str
    status: int
    again_in_s: float
    fault: str = ""


@dataclass
class _Life:
    member: Member
    process: subprocess.Popen[bytes] | None = None
    born_s: float = 0.0
    failures: int = 0
    due_s: float = field(default=0.0)


class Family:
    """The children of this process, in the order in which they were added."""

    def __init__(self) -> None:
        self._lives: list[_Life] = []

    def add(self, member: Member) -> None:
        """Start *member*; from now on `tend` brings it back whenever it ends. May raise OSError."""
        life = _Life(member)
        self._start(life)
        self._lives.append(life)

    def tend(self) -> list[Death]:
        """Note the children that have ended, and start again those whose pause is over."""
        now_s = time.monotonic()
        deaths = [
            self._bury(life, now_s)
            for life in self._lives
            if life.process is not None and life.process.poll() is not None
        ]
        for life in self._lives:
            if life.process is None and life.due_s <= now_s:
                try:
                    self._start(life)
                except OSError as error:  # no memory or no process to be had: perhaps later
                    deaths.append(_pause(life, 0, now_s, str(error)))
        return deaths

    def pids(self) -> dict[str, int]:
        """Return the process of each child that lives."""
        return {
            life.member.name: life.process.pid for life in self._lives if life.process is not None
        }

    def stop(self, *, hurry: Callable[[], bool] = never) -> None:
        """End every child in the reverse order of their adding, one after the other.

        Each gets SIGTERM and its patience; then, or once *hurry* says so, its group is killed.
        """
        while self._lives:
            life = self._lives.pop()
            if life.process is not None:
                _end(life.process, life.member.patience_s, hurry)

    def _start(self, life: _Life) -> None:
        life.process = child_start(life.member.argv, life.member.environment)
        life.born_s = time.monotonic()

    def _bury(self, life: _Life, now_s: float) -> Death:
        """Kill what is left of a dead child's group and set the time of its return."""
        process = life.process
        status = process.returncode if process is not None else 0
        if process is not None:
            _signal_group(process.pid, signal.SIGKILL)
        life.process = None
        return _pause(life, status, now_s)


def _pause(life: _Life, status: int, now_s: float, fault: str = "") -> Death:
    life.failures = 0 if now_s - life.born_s > STEADY_S else life.failures + 1
    pause_s = min(BACKOFF_MAX_S, BACKOFF_FIRST_S * 2 ** max(0, life.failures - 1))
    life.due_s = now_s + pause_s
    return Death(life.member.name, status, pause_s, fault)


def child_start(
    argv: Sequence[str], environment: Mapping[str, str], *, output: int | None = None
) -> subprocess.Popen[bytes]:
    """Start *argv* in a group of its own and tell it whose child it is."""
    return subprocess.Popen(  # noqa: S603 (argv is ours and no shell reads it)
        argv,
        stdin=subprocess.DEVNULL,
        stdout=output,
        env={**environment, SUPERVISOR: str(os.getpid())},
        start_new_session=True,
    )


def child_run(
    argv: Sequence[str], environment: Mapping[str, str], *, told: Callable[[], bool] = never
) -> tuple[int, str]:
    """Run *argv* to its end and return its exit status and what it printed.

    Its errors go where ours go. The child is killed when we are interrupted, or when *told*, which
    is asked again and again, says that we are to stop: then raises Interrupted.
    """
    with child_start(argv, environment, output=subprocess.PIPE) as process:
        try:
            printed = _printed(process, told)
        except BaseException:
            _end(process, 0.0)
            raise
    return process.returncode, printed.decode(errors="replace")


def _printed(process: subprocess.Popen[bytes], told: Callable[[], bool]) -> bytes:
    while True:
        with suppress(subprocess.TimeoutExpired):
            return process.communicate(timeout=_TOLD_S)[0]
        if told():
            raise Interrupted


def _end(
    process: subprocess.Popen[bytes], patience_s: float, hurry: Callable[[], bool] = never
) -> None:
    deadline = time.monotonic() + patience_s
    if patience_s > 0:
        with suppress(ProcessLookupError):
            process.send_signal(signal.SIGTERM)
    while process.poll() is None and time.monotonic() < deadline and not hurry():
        time.sleep(_POLL_S)
    _signal_group(process.pid, signal.SIGKILL)
    process.wait()


def _signal_group(pid: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, number)
