"""Ports are looked at without disturbing whoever listens there."""

from __future__ import annotations

import http.server
import socket
import threading
from collections.abc import Iterator

import pytest

from antenne.cli.ports import port_is_free, status_of

HOST = "127.0.0.1"


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/healthz" else 503)
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[int]:
    with http.server.HTTPServer((HOST, 0), Handler) as listening:
        thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield listening.server_address[1]
        listening.shutdown()
        thread.join()


def test_a_port_is_free_until_somebody_listens() -> None:
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]
        assert not port_is_free(HOST, port)

    assert port_is_free(HOST, port)


def test_an_address_that_is_not_ours_is_not_free() -> None:
    assert not port_is_free("192.0.2.1", 8000)


def test_the_status_of_an_answer_is_read(server: int) -> None:
    assert status_of(HOST, server, "/healthz") == 200
    assert status_of(HOST, server, "/readyz") == 503


def test_silence_has_no_status() -> None:
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]

    assert status_of(HOST, port, "/healthz") == 0
