"""Asking an address that somebody gave: one request through our proxy, within bounds.

Every connection, one for each redirect too, is resolved, checked and dialled by the proxy, so
nothing that only this machine can see is ever reached.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import urljoin, urlsplit

from antenne.processes.proxy import Fault, Proxy, Rules
from antenne.processes.proxy_heads import HeadRefused, head_read

_READ_BYTES: Final = 64 * 1024
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_AGENT: Final = "Antenne/1 (+https://www.w3.org/TR/websub/)"


class WebRefused(Exception):
    """No answer came; `code` is a word for programs, the message a sentence for the operator."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class WebBounds:
    """How much may come, for how long, from where; with *cut* a longer body is shortened."""

    max_bytes: int = 1024 * 1024
    wall_s: float = 20.0
    redirects: int = 0
    private: bool = False
    cut: bool = False


@dataclass(frozen=True, slots=True)
class WebQuestion:
    """What is asked."""

    url: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class WebAnswer:
    """What was answered, and by which address in the end; names of headers in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str


def web_ask(asked: WebQuestion, bounds: WebBounds | None = None) -> WebAnswer:
    """Ask once, follow redirects as *bounds* allow, and return the answer; raise WebRefused."""
    bounds = bounds or WebBounds()
    until_s = time.monotonic() + bounds.wall_s
    for _turn in range(bounds.redirects + 1):
        answer = _ask(asked, bounds, until_s)
        target = answer.headers.get("location", "")
        if answer.status not in _MOVED or not target or not bounds.redirects:
            return answer
        asked = replace(asked, url=urljoin(asked.url, target))
    raise WebRefused("too_many_redirects", asked.url)


def _ask(asked: WebQuestion, bounds: WebBounds, until_s: float) -> WebAnswer:
    host, port, secure, path = _where(asked.url)
    # What is read over TLS weighs more than what is said in it.
    most_bytes = bounds.max_bytes * 2 + 256 * 1024
    proxy = Proxy(Rules(max_bytes=most_bytes, private=bounds.private, stall_s=bounds.wall_s))
    stream = proxy.open()
    if stream is None:
        raise WebRefused("busy", "")
    # Silence has its own bound; this one ends an answer that drips for ever, its headers too.
    clock = threading.Timer(max(0.1, until_s - time.monotonic()), proxy.close)
    clock.daemon = True
    clock.start()
    try:
        with stream:
            stream.settimeout(max(0.1, until_s - time.monotonic()))
            with _joined(stream, host, port, secure=secure) as joined:
                answer = _talk(joined, asked, (host, port, path), bounds, until_s)
    except (OSError, ssl.SSLError, HeadRefused, http.client.HTTPException) as error:
        late = TimeoutError() if time.monotonic() > until_s else error
        raise _named(proxy, late) from error
    finally:
        clock.cancel()
        proxy.close()
    if time.monotonic() > until_s:
        raise WebRefused("took_too_long", f"more than {bounds.wall_s:.0f} s")
    if proxy.faults and not bounds.cut:
        raise _named(proxy, OSError())  # the proxy broke it off: what came is not all of it
    return answer


def _where(url: str) -> tuple[str, int, bool, str]:
    """Return host, port, whether TLS is spoken, and the path; raise WebRefused."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise WebRefused("address_refused", url[:200]) from error
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username is not None:
        raise WebRefused("address_refused", url[:200])
    if not url.isascii() or not url.isprintable() or " " in url:
        raise WebRefused("address_refused", url[:200])
    secure = parts.scheme == "https"
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return parts.hostname, port or (443 if secure else 80), secure, path


def _joined(stream: socket.socket, host: str, port: int, *, secure: bool) -> socket.socket:
    """Return the stream once it leads to the host, inside TLS where that is spoken."""
    name = f"[{host}]" if ":" in host else host
    stream.sendall(f"CONNECT {name}:{port} HTTP/1.1\r\nHost: {name}:{port}\r\n\r\n".encode())
    head, _rest = head_read(stream)
    if b" 200 " not in head.split(b"\r\n")[0]:
        raise OSError(head.split(b"\r\n")[0].decode("latin-1"))
    if not secure:
        return stream
    return ssl.create_default_context().wrap_socket(stream, server_hostname=host)


def _talk(
    joined: socket.socket,
    asked: WebQuestion,
    where: tuple[str, int, str],
    bounds: WebBounds,
    until_s: float,
) -> WebAnswer:
    host, port, path = where
    connection = http.client.HTTPConnection(host, port)
    connection.sock = joined
    headers = {"User-Agent": _AGENT, "Accept-Encoding": "identity", "Connection": "close"}
    connection.request(
        asked.method, path, body=asked.body or None, headers={**headers, **asked.headers}
    )
    with connection.getresponse() as response:
        said = {name.lower(): value for name, value in response.getheaders()}
        body = _body(response, bounds, until_s)
        return WebAnswer(response.status, said, body, asked.url)


def _body(response: http.client.HTTPResponse, bounds: WebBounds, until_s: float) -> bytes:
    body = bytearray()
    while part := response.read1(_READ_BYTES):
        body += part
        if len(body) > bounds.max_bytes:
            if not bounds.cut:
                raise WebRefused("too_large", f"more than {bounds.max_bytes} bytes")
            break
        if time.monotonic() > until_s:
            raise WebRefused("took_too_long", f"more than {bounds.wall_s:.0f} s")
    return bytes(body[: bounds.max_bytes])


_CODES: Final = {
    Fault.ADDRESS: "address_refused",
    Fault.UNRESOLVED: "address_unreachable",
    Fault.UNREACHABLE: "address_unreachable",
    Fault.STALLED: "took_too_long",
    Fault.TOO_MUCH: "too_large",
}


def _named(proxy: Proxy, error: Exception) -> WebRefused:
    """Prefer what the proxy saw over what became of it here."""
    if proxy.faults:
        fault, detail = proxy.faults[-1]
        return WebRefused(_CODES[fault], detail)
    if isinstance(error, TimeoutError):
        return WebRefused("took_too_long", "")
    return WebRefused("interrupted", str(error)[:200])
