"""Starts programs as anybody would, and says what they took: the references are not confined."""

from __future__ import annotations

import os
import subprocess  # noqa: TID251 - measures programs as they are, without our confinement
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

Process = subprocess.Popen[bytes]


@dataclass(frozen=True, slots=True)
class Spent:
    """What a program took: seconds on the clock and of the processors."""

    wall_s: float
    cpu_s: float


class CommandFailed(Exception):
    """A program did not end well; the message holds its last words."""


def measured(argv: Sequence[str]) -> Spent:
    """Run *argv* to its end and return what it and its children took; raise CommandFailed."""
    begun_s = time.monotonic()
    process = subprocess.Popen(  # noqa: S603 - our own arguments, no shell
        argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    with process:
        said = process.stderr.read() if process.stderr else b""
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall_s = time.monotonic() - begun_s
    if process.returncode != 0:
        raise CommandFailed(f"{argv[0]}: {said.decode(errors='replace')[-2000:]}")
    return Spent(wall_s=wall_s, cpu_s=usage.ru_utime + usage.ru_stime)


def answered(
    argv: Sequence[str], *, environment: Mapping[str, str] | None = None, given: str = ""
) -> str:
    """Run *argv* with *given* on its standard input and return what it printed."""
    done = subprocess.run(  # noqa: S603 - our own arguments, no shell
        argv, input=given, capture_output=True, text=True, check=False, env=environment
    )
    if done.returncode != 0:
        raise CommandFailed(f"{' '.join(argv[:4])}: {(done.stdout + done.stderr)[-2000:]}")
    return done.stdout


def status_of(argv: Sequence[str]) -> int:
    """Run *argv*, which prints where we print, and return its exit status."""
    return subprocess.run(argv, check=False).returncode  # noqa: S603 - our own arguments, no shell


def lines_of(argv: Sequence[str], *, environment: Mapping[str, str], log: Path) -> Iterator[str]:
    """Run *argv* and yield each line as it is printed; a program left half-way is ended."""
    with log.open("ab") as complaints:
        process = subprocess.Popen(  # noqa: S603 - our own arguments, no shell
            argv,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=complaints,
            env=environment,
            text=True,
        )
    with process:
        try:
            yield from process.stdout or ()
        finally:
            with suppress(ProcessLookupError):
                process.terminate()


def started(argv: Sequence[str], *, environment: Mapping[str, str], log: Path) -> Process:
    """Start *argv* in a session of its own; what it says is appended to *log*."""
    with log.open("ab") as said:
        return subprocess.Popen(  # noqa: S603 - our own arguments, no shell
            argv,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            env=environment,
            start_new_session=True,
        )
