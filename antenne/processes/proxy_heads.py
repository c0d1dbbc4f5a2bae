"""The heads of HTTP requests and replies, as far as a proxy must understand them."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

HEAD_MAX_BYTES: Final = 64 * 1024
_READ_BYTES: Final = 16 * 1024
_METHODS: Final = frozenset({"GET", "HEAD", "POST"})
_HOP_BY_HOP: Final = frozenset(
    {b"connection", b"keep-alive", b"proxy-connection", b"proxy-authorization", b"expect"}
)


class HeadRefused(Exception):
    """What came is not a head that we pass on."""


@dataclass(frozen=True)
class Request:
    """Where a request goes, and the head to send there (none for a tunnel)."""

    host: str
    port: int
    tunnel: bool
    head: bytes


def head_read(source: socket.socket) -> tuple[bytes, bytes]:
    """Return the head up to its empty line, and what came behind it; raise HeadRefused."""
    data = b""
    while b"\r\n\r\n" not in data:
        more = source.recv(_READ_BYTES)
        if not more or len(data) > HEAD_MAX_BYTES:
            raise HeadRefused("no end of the head")
        data += more
    head, _, rest = data.partition(b"\r\n\r\n")
    return head, rest


def request_of(head: bytes) -> Request:
    """Read a proxy's request: `CONNECT host:port` or `GET http://host/path`; raise HeadRefused."""
    line, *fields = head.split(b"\r\n")
    try:
        method, target, version = line.decode("ascii").split(" ")
    except ValueError as error:
        raise HeadRefused("no request line") from error
    if version not in ("HTTP/1.0", "HTTP/1.1") or not target.isprintable():
        raise HeadRefused(version)
    if method == "CONNECT":
        host, port = _authority(target, 443)
        return Request(host, port, tunnel=True, head=b"")
    if method not in _METHODS or not target.lower().startswith("http://"):
        raise HeadRefused(f"{method} {target[:80]}")
    authority = urlsplit(target).netloc
    host, port = _authority(authority, 80)
    path = "/" + target[len("http://") + len(authority) :].removeprefix("/")
    kept = [field for field in fields if _name(field) not in {*_HOP_BY_HOP, b"host"}]
    start = f"{method} {path} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n".encode()
    return Request(host, port, tunnel=False, head=start + b"\r\n".join([*kept, b"", b""]))


def reply_closing(head: bytes) -> bytes:
    """Return a reply's head with the promise to close: a stream never serves a second host."""
    line, *fields = head.split(b"\r\n")
    if not line.startswith(b"HTTP/1."):
        raise HeadRefused("no HTTP reply")
    kept = [field for field in fields if _name(field) not in _HOP_BY_HOP]
    return b"\r\n".join([line, b"Connection: close", *kept, b"", b""])


def _name(field: bytes) -> bytes:
    return field.partition(b":")[0].strip().lower()


def _authority(text: str, default_port: int) -> tuple[str, int]:
    """Return host and port; a name with a user in front of it is not passed on."""
    if "@" in text:
        raise HeadRefused("a user name in the address")
    parts = urlsplit(f"//{text}")
    try:
        port = parts.port or default_port
    except ValueError as error:
        raise HeadRefused("no port") from error
    if not parts.hostname:
        raise HeadRefused("no host")
    return parts.hostname, port
