"""Look at the ports the platform wants, and ask its servers whether they are ready."""

from __future__ import annotations

import socket

ANSWER_BYTES = 4096


def port_is_free(host: str, port: int) -> bool:
    """Whether a server could listen there now; an address that cannot be resolved is not free."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError:
        return False
    return True


def status_of(host: str, port: int, path: str, *, timeout_s: float = 2.0) -> int:
    """Return the HTTP status that the server gives for *path*, 0 when it does not answer.

    Written by hand because an HTTP client would double the memory of the supervisor.
    """
    reach = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 (compared, not bound)
    request = f"GET {path} HTTP/1.1\r\nHost: {reach}:{port}\r\nConnection: close\r\n\r\n"
    try:
        with socket.create_connection((reach, port), timeout=timeout_s) as connection:
            connection.sendall(request.encode())
            words = connection.recv(ANSWER_BYTES).split(b" ", 2)
    except OSError:
        return 0
    is_http = len(words) > 1 and words[0].startswith(b"HTTP/") and words[1].isdigit()
    return int(words[1]) if is_http else 0
