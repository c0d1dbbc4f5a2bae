"""Serves a WSGI application as the platform serves its pages, and asks it with wrk."""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.request import urlopen

from antenne.cli.ports import status_of
from antenne.cli.servers import WEB_THREADS, WEB_WAITING
from antenne.kernel.environment import environment as platform_environment
from benchmarks.commands import CommandFailed, answered, started
from tools.s3_server import free_port

HOST: Final = "127.0.0.1"
CONNECTIONS: Final = 32
_START_S: Final = 60.0
_OK: Final = 200
_SCRIPT: Final = """
local asked = 0
request = function()
  asked = asked + 1
  local address = string.format("10.%d.%d.%d", asked / 65536 % 256, asked / 256 % 256, asked % 256)
  wrk.headers["X-Forwarded-For"] = address
  return wrk.format(nil, nil)
end
"""


@dataclass(frozen=True, slots=True)
class Serving:
    """A server that answers."""

    base: str


@contextmanager
def serving(target: str, environment: Mapping[str, str]) -> Iterator[Serving]:
    """Run *target* on granian with the processes and threads that the platform gives its pages."""
    port = free_port()
    environment = {**environment, "ANTENNE_PUBLIC_URL": f"http://{HOST}:{port}"}
    argv = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST),
        *("--port", str(port), "--no-ws", "--log-level", "warning"),
        *("--workers", str(platform_environment().web_processes)),
        *("--blocking-threads", str(WEB_THREADS), "--backpressure", str(WEB_WAITING)),
        target,
    ]
    log = Path(environment["ANTENNE_HOME"]) / f"{port}.log"
    process = started(argv, environment=environment, log=log)
    try:
        until_s = time.monotonic() + _START_S
        while status_of(HOST, port, "/") != _OK:
            if time.monotonic() > until_s or process.poll() is not None:
                raise CommandFailed(f"{target}: {log.read_text()[-2000:]}")
            time.sleep(0.1)
        yield Serving(f"http://{HOST}:{port}")
    finally:
        process.terminate()
        process.wait()


def _left_await(server: Serving) -> None:
    """Wait until what wrk has asked for last is done: nobody else is to be slowed down by it."""
    with urlopen(server.base + "/", timeout=_START_S):  # noqa: S310 - our own server
        pass


def rate_of(server: Serving, path: str, headers: Mapping[str, str], seconds: int) -> float:
    """Return how many requests a second *server* answers; errors are not counted but raised.

    Each request comes from an address of its own, as far as the server knows: one address alone
    would soon be told that it asks too often.
    """
    wrk = shutil.which("wrk")
    if wrk is None:
        raise CommandFailed("wrk is not installed (apt-get install wrk)")
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(_SCRIPT)
        script.flush()
        argv = [wrk, "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "20s"]
        for name, value in headers.items():
            argv += ["-H", f"{name}: {value}"]
        said = answered([*argv, "-s", script.name, server.base + path])
    _left_await(server)
    if "Non-2xx" in said or "Socket errors" in said:
        raise CommandFailed(f"{path}: {said}")
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    if found is None:
        raise CommandFailed(said)
    return float(found.group(1))
