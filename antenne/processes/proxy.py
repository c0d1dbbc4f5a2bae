"""The way out for a program that has none: an HTTP proxy that checks where each request goes.

A host is resolved here, once for each connection, every address it has is checked, and the
connection is made to one of the addresses checked: a name that answers differently the second
time gains nothing. Redirects and playlists are further requests and pass the same check.
"""

from __future__ import annotations

import select
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from antenne.processes.addresses import address_fault, addresses_of, port_opens
from antenne.processes.proxy_heads import HeadRefused, Request, head_read, reply_closing, request_of

STREAMS_MAX: Final = 64
_BUFFER_BYTES: Final = 256 * 1024
_CLOSE: Final = "Connection: close\r\n\r\n"
_ESTABLISHED: Final = b"HTTP/1.1 200 Connection established\r\n\r\n"


class Fault(StrEnum):
    """What went wrong on the way out."""

    ADDRESS = "address"
    UNRESOLVED = "unresolved"
    UNREACHABLE = "unreachable"
    STALLED = "stalled"
    TOO_MUCH = "too_much"


_STATUS: Final = {
    Fault.ADDRESS: "403 Forbidden",
    Fault.UNRESOLVED: "502 Bad Gateway",
    Fault.UNREACHABLE: "502 Bad Gateway",
    Fault.STALLED: "504 Gateway Timeout",
}

Resolve = Callable[[str, int], list[str]]
Dial = Callable[[str, int, float], socket.socket]


def dial(address: str, port: int, timeout_s: float) -> socket.socket:
    """Connect to a numeric address; raises OSError."""
    return socket.create_connection((address, port), timeout=timeout_s)


@dataclass(frozen=True)
class Rules:
    """What may be reached, how many bytes may come in all, and how long silence may last."""

    max_bytes: int
    private: bool = False
    connect_s: float = 10.0
    stall_s: float = 30.0
    resolve: Resolve = addresses_of
    dial: Dial = dial


class _Refused(Exception):
    """This request goes nowhere."""

    def __init__(self, fault: Fault, detail: str) -> None:
        super().__init__(fault, detail)
        self.fault = fault
        self.detail = detail


@dataclass
class Proxy:
    """A filtering proxy; `faults` keeps what it refused or could not reach, the latest last."""

    rules: Rules
    faults: list[tuple[Fault, str]] = field(default_factory=list)
    received_bytes: int = 0
    _sockets: set[socket.socket] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _closed: bool = False

    def open(self) -> socket.socket | None:
        """Return the client's end of a fresh stream, or None where there are too many."""
        ours, theirs = socket.socketpair()
        if not self._keep(ours):
            ours.close()
            theirs.close()
            return None
        threading.Thread(target=self._serve, args=(ours,), daemon=True).start()
        return theirs

    def close(self) -> None:
        """Cut every stream."""
        with self._lock:
            self._closed = True
            for kept in self._sockets:
                with suppress(OSError):
                    kept.shutdown(socket.SHUT_RDWR)

    def _keep(self, kept: socket.socket) -> bool:
        with self._lock:
            if self._closed or len(self._sockets) >= 2 * STREAMS_MAX:
                return False
            self._sockets.add(kept)
            return True

    def _drop(self, kept: socket.socket) -> None:
        with self._lock:
            self._sockets.discard(kept)
        kept.close()

    def _serve(self, client: socket.socket) -> None:
        """Serve one stream: one request, or one tunnel."""
        client.settimeout(self.rules.stall_s)
        try:
            self._answer(client)
        except _Refused as refused:
            self._refuse(client, refused)
        except (HeadRefused, OSError):
            pass  # the client is gone, or speaks something else: its stream ends
        finally:
            self._drop(client)

    def _refuse(self, client: socket.socket, refused: _Refused) -> None:
        """Note the fault and tell the client; after too many bytes, tell it nothing more at all."""
        self.faults.append((refused.fault, refused.detail))
        if refused.fault is Fault.TOO_MUCH:
            self.close()
            return
        reply = f"HTTP/1.1 {_STATUS[refused.fault]}\r\nContent-Length: 0\r\n{_CLOSE}"
        with suppress(OSError):
            client.sendall(reply.encode())

    def _answer(self, client: socket.socket) -> None:
        head, rest = head_read(client)
        request = request_of(head)
        upstream = self._connect(request)
        if not self._keep(upstream):
            upstream.close()
            return
        try:
            upstream.settimeout(self.rules.stall_s)
            self._begin(request, client, upstream, rest)
            self._pump(client, upstream)
        finally:
            self._drop(upstream)

    def _connect(self, request: Request) -> socket.socket:
        """Resolve, check and connect, in this order and once."""
        where = f"{request.host}:{request.port}"
        for address in self._addresses(request):
            try:
                return self.rules.dial(address, request.port, self.rules.connect_s)
            except OSError:
                continue
        raise _Refused(Fault.UNREACHABLE, where)

    def _addresses(self, request: Request) -> list[str]:
        where = f"{request.host}:{request.port}"
        if not port_opens(request.port):
            raise _Refused(Fault.ADDRESS, f"{where}: port")
        try:
            addresses = self.rules.resolve(request.host, request.port)
        except (OSError, UnicodeError) as error:
            raise _Refused(Fault.UNRESOLVED, where) from error
        # One closed address is enough: a name that has both kinds is made to be mistaken.
        faults = [fault for address in addresses if (fault := address_fault(address))]
        if faults and not self.rules.private:
            raise _Refused(Fault.ADDRESS, f"{where}: {faults[0]}")
        return addresses

    def _begin(
        self, request: Request, client: socket.socket, upstream: socket.socket, rest: bytes
    ) -> None:
        """Pass the request on, or say that the tunnel stands."""
        if request.tunnel:
            client.sendall(_ESTABLISHED)
            upstream.sendall(rest)
            return
        upstream.sendall(request.head + rest)
        try:
            head, body = head_read(upstream)
        except TimeoutError as error:
            raise _Refused(Fault.STALLED, request.host) from error
        except HeadRefused as error:
            raise _Refused(Fault.UNREACHABLE, f"{request.host}: no HTTP") from error
        self._count(len(body))
        client.sendall(reply_closing(head) + body)

    def _pump(self, client: socket.socket, upstream: socket.socket) -> None:
        """Carry bytes both ways until the far side ends, falls silent or has sent too much."""
        other = {client: upstream, upstream: client}
        poll = select.poll()
        by_number = {one.fileno(): one for one in other}
        for number in by_number:
            poll.register(number, select.POLLIN)
        while ready := poll.poll(self.rules.stall_s * 1000):
            for number, _event in ready:
                source = by_number[number]
                data = source.recv(_BUFFER_BYTES)
                if source is upstream:
                    self._count(len(data))
                if data:
                    other[source].sendall(data)
                elif source is upstream:
                    return
                else:
                    poll.unregister(number)
                    upstream.shutdown(socket.SHUT_WR)
        self.faults.append((Fault.STALLED, ""))

    def _count(self, size_bytes: int) -> None:
        with self._lock:
            self.received_bytes += size_bytes
            over = self.received_bytes > self.rules.max_bytes
        if over:
            raise _Refused(Fault.TOO_MUCH, str(self.rules.max_bytes))
