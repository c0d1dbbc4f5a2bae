"""The two servers: web (Django as WSGI) and edge (asynchronous RSGI), each on granian."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable

from granian._internal import load_target
from granian.constants import HTTPModes, Interfaces, Loops
from granian.log import LogLevels
from granian.server import Server

from antenne.kernel.collecting import collector_rest
from antenne.kernel.environment import environment
from antenne.processes.tether import tether

WEB = "antenne.config.wsgi:application"
EDGE = "antenne.edge.app:app"

# Threads that wait for the database never outnumber its connections, of which a web process has
# eight: otherwise requests time out waiting for a connection instead of waiting for their turn.
WEB_THREADS = max(4, min(6, multiprocessing.cpu_count() * 2 + 1))
WEB_WAITING = 8
# Each open stream of events takes a place.
EDGE_WAITING = 8192
STOP_S = 8


def web_serve() -> None:
    """Serve the pages until SIGTERM or SIGINT.

    The application is loaded once, before the first process is forked: they share what they never
    write, the second costs no time, and one that has ended is back at once.
    """
    collector_rest()
    multiprocessing.set_start_method("fork")  # no longer Python's own choice since 3.14
    application: Callable[..., object] = load_target(WEB)
    settings = environment()
    Server(
        WEB,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.WSGI,
        workers=settings.web_processes,
        http=HTTPModes.auto,
        websockets=False,
        blocking_threads=WEB_THREADS,
        backpressure=WEB_WAITING,
        runtime_blocking_threads=2,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_S,
        log_level=LogLevels.warning,
    ).serve(target_loader=lambda _target: _tied(application))


def edge_serve() -> None:
    """Serve media, uploads and events until SIGTERM or SIGINT."""
    settings = environment()
    Server(
        EDGE,
        address=settings.host,
        port=settings.edge_port,
        interface=Interfaces.RSGI,
        http=HTTPModes.http1,
        loop=Loops.uvloop,
        websockets=False,
        backpressure=EDGE_WAITING,
        runtime_blocking_threads=16,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_S,
        log_level=LogLevels.warning,
    ).serve(target_loader=_tied_load)


def _tied_load(target: str) -> Callable[..., object]:
    """Load the application inside granian's worker."""
    return _tied(load_target(target))


def _tied(application: Callable[..., object]) -> Callable[..., object]:
    """Tie this process, one of granian's workers, to granian, which it must not outlive."""
    tether(os.getppid())
    return application
