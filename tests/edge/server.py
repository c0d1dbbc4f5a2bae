"""A real edge on a loopback port, with the web pages played by a stub that takes notes."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess  # noqa: TID251 - a test starts real servers
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import LiteralString

import httpx
import psycopg
from psycopg import sql

from antenne.kernel.clock import unix_s
from antenne.kernel.signing import PUBLIC, media_prefix, subkey, ticket_make, ticket_read
from tools.s3_server import free_port

SECRET = "0123456789abcdef" * 4
READY_S = 120.0


class WebStub:
    """Plays the web: notes the reports of finished uploads and answers *status*."""

    def __init__(self) -> None:
        self.reports: list[tuple[str, int]] = []
        self.batches: dict[str, bytes] = {}
        self.beacon_status = 204
        self.status = 200
        stub = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                data = self.rfile.read(int(self.headers["content-length"]))
                ticket = self.headers["antenne-internal"]
                signed = ticket_read(SECRET, "internal", ticket, now_s=unix_s())
                if self.path == "/internal/beacons":
                    assert signed["sha256"] == hashlib.sha256(data).hexdigest()
                    stub.batches[str(signed["batch"])] = data
                    self.answer(stub.beacon_status)
                    return
                body = json.loads(data)
                assert self.path == f"/internal/uploads/{signed['upload']}/finished"
                stub.reports.append((str(signed["upload"]), body["size_bytes"]))
                self.answer(stub.status)

            def answer(self, status: int) -> None:
                self.send_response(status)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Stay silent."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def sizes(self, upload: str) -> list[int]:
        return [size for name, size in self.reports if name == upload]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@dataclass
class EdgeServer:
    """One granian with our application; *settings* are further environment variables."""

    home: Path
    database_url: str
    web: WebStub
    settings: dict[str, str] = field(default_factory=dict)
    workers: int = 1
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def application(self) -> str:
        return self.settings.get("EDGE_APPLICATION", "antenne.edge.app:app")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, until: str = "/readyz") -> None:
        environment = {
            **os.environ,
            "ANTENNE_HOME": str(self.home),
            "ANTENNE_SECRET": SECRET,
            "ANTENNE_WEB_URL": self.web.url,
            "ANTENNE_DISK_RESERVE_BYTES": "0",
            "ANTENNE_LOG": "json",
            "DATABASE_URL": self.database_url,
            **self.settings,
        }
        options = f"--interface rsgi --http 1 --no-ws --workers {self.workers} --port {self.port}"
        with (self.home / "edge.log").open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - a fixed command
                [sys.executable, "-m", "granian", *options.split(), self.application],
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.wait_for(until)

    def wait_for(self, path: str) -> None:
        until = time.monotonic() + READY_S
        while time.monotonic() < until:
            try:
                if httpx.get(f"{self.url}{path}").is_success:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.05)
        raise AssertionError(self.log())

    def kill(self) -> None:
        """End every process of the server at once, as a loss of power would."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def stop(self) -> int:
        """Ask the server to end and return its exit status."""
        assert self.process is not None
        self.process.terminate()
        status = self.process.wait(timeout=READY_S)
        self.process = None
        return status

    def log(self) -> str:
        return (self.home / "edge.log").read_text()

    def execute(self, statement: LiteralString, *values: str) -> None:
        with psycopg.connect(self.database_url, autocommit=True) as connection:
            connection.execute(statement, values)

    def notify(self, channel: str, message: str) -> None:
        self.execute("SELECT pg_notify(%s, %s)", channel, message)

    def media_put(self, video: str, name: str, data: bytes) -> Path:
        path = self.home / "objects" / "media" / video / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    def media_url(self, video: str, name: str, *, epoch: int = 1, expires_s: int = PUBLIC) -> str:
        key = subkey(SECRET, "media")
        prefix = media_prefix(key, video=video, epoch=epoch, expires_s=expires_s)
        return f"{self.url}{prefix}/{name}"


@contextmanager
def edge_server(
    home: Path, database_url: str, settings: dict[str, str] | None = None, *, workers: int = 1
) -> Iterator[EdgeServer]:
    web = WebStub()
    server = EdgeServer(home, database_url, web, settings or {}, workers)
    try:
        server.start()
        yield server
    finally:
        server.kill()
        web.close()


@contextmanager
def database_made(server_url: str) -> Iterator[str]:
    """Yield the address of a fresh database with the one table that the edge reads."""
    name = f"edge_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    url = psycopg.conninfo.make_conninfo(server_url, dbname=name)
    # An address, not a list of words: that is what the environment takes.
    parts = psycopg.conninfo.conninfo_to_dict(url)
    address = (
        f"postgresql://{parts['user']}:{parts['password']}@{parts['host']}:{parts['port']}/{name}"
    )
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(
            "CREATE TABLE delivery_epoch (video text PRIMARY KEY, epoch int, seq bigint)"
        )
    try:
        yield address
    finally:
        with psycopg.connect(server_url, autocommit=True) as connection:
            drop = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            connection.execute(drop)


def upload_ticket(upload: str, *, person: str = "alice", size_max: int = 1 << 40) -> str:
    payload: dict[str, str | int] = {"upload": upload, "person": person, "size_max": size_max}
    return ticket_make(SECRET, "upload", payload, expires_s=unix_s() + 3600)
