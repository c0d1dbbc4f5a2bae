"""Run other programs confined and bounded: the one place that starts them.

Each program writes only below its private folder, reads only that folder and what it was given,
reaches no network and dies with its limits, with its caller or with the end of the context.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, BinaryIO, Literal

from antenne.processes import confine

STDOUT_MAX_BYTES = 24 * 1024 * 1024
STDERR_TAIL_BYTES = 64 * 1024
TAIL_IN_ERROR_CHARACTERS = 2000
_DRAIN_BYTES = 65536
_OUT_OF_MEMORY = ("Cannot allocate memory", "Out of memory", "bad_alloc", "malloc of size")

ErrorKind = Literal["failed", "timeout", "killed", "memory", "missing"]


@dataclass(frozen=True)
class Limits:
    """What one program may use: seconds of clock and CPU, bytes of address space and per file."""

    wall_s: float
    cpu_s: int
    memory_bytes: int
    file_bytes: int


@dataclass(frozen=True)
class Sandbox:
    """The private folder to write in, more paths that may be read, and how much to yield (0-19).

    `handed` are open descriptors that the program gets too, numbered on from its outputs.
    """

    folder: Path
    readable: tuple[Path, ...] = ()
    nice: int = 0
    handed: tuple[int, ...] = ()


@dataclass(frozen=True)
class Completed:
    """What a program that ended well said and used."""

    stdout: bytes
    stderr: str
    cpu_s: float
    wall_s: float


class ProcessError(Exception):
    """A program could not be started, or did not end well."""

    def __init__(self, kind: ErrorKind, exit_code: int | None, tail: str) -> None:
        super().__init__(kind, exit_code, tail)
        self.kind = kind
        self.exit_code = exit_code
        self.tail = tail[-TAIL_IN_ERROR_CHARACTERS:]

    def __str__(self) -> str:
        """Say the kind, the exit code and the last words."""
        return f"{self.kind} (exit {self.exit_code}): {self.tail.strip()}"


@dataclass
class _Drain:
    """A pipe read to its end by a thread, so that the program never blocks on it."""

    pipe: IO[bytes]
    max_bytes: int
    keep_tail: bool
    kept: bytearray = field(default_factory=bytearray)
    overflowed: bool = False

    def __post_init__(self) -> None:
        self.thread = threading.Thread(target=self._read, daemon=True)
        self.thread.start()

    def _read(self) -> None:
        while data := os.read(self.pipe.fileno(), _DRAIN_BYTES):
            self.kept += data
            if len(self.kept) > self.max_bytes:
                self.overflowed = True
                surplus = len(self.kept) - self.max_bytes
                del self.kept[slice(surplus) if self.keep_tail else slice(self.max_bytes, None)]


class Running:
    """A program that is running; `pipes` are the reading ends of its descriptors 3 and up.

    The program dies with the thread that started it: read and wait in that thread, or outlive it.
    """

    def __init__(
        self, process: subprocess.Popen[bytes], pipes: tuple[BinaryIO, ...], limits: Limits
    ) -> None:
        self.pipes = pipes
        self._process = process
        self._limits = limits
        self._started = time.monotonic()
        self._lock = threading.Lock()
        self._timed_out = False
        self._usage_s: float | None = None
        self._wall_s = 0.0
        assert process.stdout is not None  # noqa: S101 - always a pipe, for the type checker
        assert process.stderr is not None  # noqa: S101 - always a pipe, for the type checker
        self._stdout = _Drain(process.stdout, STDOUT_MAX_BYTES, keep_tail=False)
        self._stderr = _Drain(process.stderr, STDERR_TAIL_BYTES, keep_tail=True)
        self._watchdog = threading.Timer(limits.wall_s, self._time_out)
        self._watchdog.daemon = True
        self._watchdog.start()

    @property
    def stderr_tail(self) -> str:
        """The last 64 KiB of what the program said so far."""
        return bytes(self._stderr.kept).decode(errors="replace")

    def wait(self) -> Completed:
        """Wait for the end; raise ProcessError unless it was 0 and inside the limits."""
        exit_code = self._reap()
        error = self._error_kind(exit_code)
        if error:
            raise ProcessError(error, exit_code, self.stderr_tail)
        return Completed(
            bytes(self._stdout.kept), self.stderr_tail, self._usage_s or 0.0, self._wall_s
        )

    def kill(self) -> None:
        """Kill the program and every process of its group, at once."""
        with self._lock:
            if self._process.returncode is None:
                with suppress(ProcessLookupError):
                    os.killpg(self._process.pid, signal.SIGKILL)

    def close(self) -> None:
        """Kill what still runs, reap it and close the pipes."""
        self.kill()
        self._reap()
        for pipe in self.pipes:
            pipe.close()

    def _time_out(self) -> None:
        self._timed_out = True
        self.kill()

    def _reap(self) -> int:
        if self._process.returncode is not None:
            return self._process.returncode
        os.waitid(os.P_PID, self._process.pid, os.WEXITED | os.WNOWAIT)
        self._wall_s = time.monotonic() - self._started
        self._watchdog.cancel()
        self.kill()
        with self._lock:
            _, status, usage = os.wait4(self._process.pid, 0)
            self._process.returncode = os.waitstatus_to_exitcode(status)
        self._usage_s = usage.ru_utime + usage.ru_stime
        for drain in (self._stdout, self._stderr):
            drain.thread.join()
            drain.pipe.close()
        return self._process.returncode

    def _error_kind(self, exit_code: int) -> ErrorKind | None:
        spent = (self._usage_s or 0.0) >= self._limits.cpu_s
        if exit_code == 0 and not self._timed_out:
            return "failed" if self._stdout.overflowed else None
        if self._timed_out or spent or exit_code == -signal.SIGXCPU:
            return "timeout"
        if any(text in self.stderr_tail for text in _OUT_OF_MEMORY):
            return "memory"
        if exit_code == confine.EXIT_NOT_STARTED and confine.NOT_STARTED_MARK in self.stderr_tail:
            return "missing"
        return "killed" if exit_code == -signal.SIGKILL else "failed"


def run(argv: Sequence[str], *, sandbox: Sandbox, limits: Limits, stdin: bytes = b"") -> Completed:
    """Run a program to its end and return what it said; raise ProcessError on any other end."""
    running = _start(argv, sandbox, limits, outputs=0, with_stdin=bool(stdin))
    try:
        if running._process.stdin is not None:
            with suppress(BrokenPipeError), running._process.stdin as pipe:
                pipe.write(stdin)
        return running.wait()
    finally:
        running.close()


@contextmanager
def stream(
    argv: Sequence[str], *, sandbox: Sandbox, limits: Limits, outputs: int
) -> Iterator[Running]:
    """Run a program that writes to `pipe:3`, `pipe:4` …; leaving the context kills its group."""
    running = _start(argv, sandbox, limits, outputs=outputs, with_stdin=False)
    try:
        yield running
    finally:
        running.close()


def confinement_report() -> Mapping[str, str]:
    """Return each mechanism with what holds on this host, tried for real; "" means absent."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(  # noqa: S603 - our own launcher
            [*_launcher(), "--report", f"--folder={folder}"],
            capture_output=True,
            check=False,
            timeout=10,
            env=_environment(Path(folder)),
        )
    lines = [line.partition(": ") for line in done.stdout.decode().splitlines()]
    return {name: value for name, _, value in lines}


def _start(
    argv: Sequence[str], sandbox: Sandbox, limits: Limits, *, outputs: int, with_stdin: bool
) -> Running:
    program = shutil.which(argv[0])
    if program is None:
        raise ProcessError("missing", None, f"{argv[0]} is not there or cannot be run")
    ends = [os.pipe() for _ in range(outputs)]
    writers = [writer for _, writer in ends]
    options = _options(sandbox, limits, [*writers, *sandbox.handed])
    try:
        process = subprocess.Popen(  # noqa: S603 - the launcher confines it
            [*_launcher(), *options, "--", str(Path(program).resolve()), *argv[1:]],
            stdin=subprocess.PIPE if with_stdin else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=sandbox.folder,
            env=_environment(sandbox.folder),
            pass_fds=[*writers, *sandbox.handed],
            start_new_session=True,
            bufsize=0,
        )
    except OSError as error:
        for reader, _ in ends:
            os.close(reader)
        raise ProcessError("missing", None, str(error)) from error
    finally:
        for writer in writers:
            os.close(writer)
    pipes = tuple(os.fdopen(reader, "rb") for reader, _ in ends)
    return Running(process, pipes, limits)


def _launcher() -> list[str]:
    return [sys.executable, "-I", "-S", confine.__file__]


def _options(sandbox: Sandbox, limits: Limits, writers: list[int]) -> list[str]:
    named = {
        "folder": sandbox.folder.resolve(),
        "nice": sandbox.nice,
        "parent": os.getpid(),
        "cpu_s": limits.cpu_s,
        "memory_bytes": limits.memory_bytes,
        "file_bytes": limits.file_bytes,
    }
    readable = [f"--read={path.resolve()}" for path in sandbox.readable]
    outputs = [f"--output={writer}" for writer in writers]
    return [f"--{name}={value}" for name, value in named.items()] + readable + outputs


def _environment(folder: Path) -> dict[str, str]:
    """Return an environment without any of our own variables, which hold secrets."""
    return {
        "PATH": "/usr/bin:/bin",
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LC_ALL": "C.UTF-8",
    }
