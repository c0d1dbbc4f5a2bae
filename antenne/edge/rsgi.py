"""The part of granian's RSGI interface that the edge uses, as types.

Two things that the types cannot say: the iteration over a body ends without an error when the
client goes away, so the length received must be compared with the one announced; and a response
stream accepts everything at once and keeps it in memory, however slowly the client reads.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Protocol


class Headers(Protocol):
    """Request headers; names in lower case, values that are not ASCII left out."""

    def get(self, key: str, default: str = "") -> str:
        """Return the first value."""


class Scope(Protocol):
    """One request; *path* has its percent escapes resolved and may hold anything."""

    @property
    def method(self) -> str:
        """The method, as it was sent."""

    @property
    def path(self) -> str:
        """The path without its query."""

    @property
    def query_string(self) -> str:
        """The query, as it was sent."""

    @property
    def client(self) -> str:
        """Address and port of the other end: a client's, or our own proxy's."""

    @property
    def headers(self) -> Headers:
        """The headers."""


class Transport(Protocol):
    """The open end of a streamed response."""

    async def send_str(self, data: str) -> None:
        """Queue text for the client."""


class HTTPProtocol(Protocol):
    """What answers the request; exactly one of the `response_` methods is called."""

    def __aiter__(self) -> AsyncIterator[bytes]:
        """Iterate over the body."""

    async def client_disconnect(self) -> None:
        """Return once the client has gone."""

    def response_empty(self, status: int, headers: list[tuple[str, str]]) -> None:
        """Answer without a body."""

    def response_str(self, status: int, headers: list[tuple[str, str]], body: str) -> None:
        """Answer with text."""

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        """Answer with bytes."""

    def response_file(self, status: int, headers: list[tuple[str, str]], file: str) -> None:
        """Answer with a whole file."""

    def response_file_range(
        self, status: int, headers: list[tuple[str, str]], file: str, start: int, end: int
    ) -> None:
        """Answer with the bytes of a file from *start* up to, not including, *end*."""

    def response_stream(self, status: int, headers: list[tuple[str, str]]) -> Transport:
        """Answer piece by piece."""
