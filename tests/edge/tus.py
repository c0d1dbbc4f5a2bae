"""Tus requests by hand, where a client library would be too polite."""

from __future__ import annotations

import base64
import hashlib
import socket
import uuid
from types import TracebackType

import httpx

from tests.edge.server import EdgeServer, upload_ticket

BODY = "application/offset+octet-stream"


class TusClient:
    """One person's upload on one edge."""

    def __init__(self, edge: EdgeServer, *, person: str = "alice", size_max: int = 1 << 40) -> None:
        self.edge = edge
        self.upload = str(uuid.uuid4())
        self.path = f"/uploads/{self.upload}"
        self.ticket = upload_ticket(self.upload, person=person, size_max=size_max)
        self.http = httpx.Client(base_url=edge.url, timeout=30)

    def __enter__(self) -> TusClient:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.http.close()

    def headers(self, **more: str) -> dict[str, str]:
        own = {"Tus-Resumable": "1.0.0", "Antenne-Ticket": self.ticket}
        return own | {name.replace("_", "-"): value for name, value in more.items()}

    def create(self, size: int, **more: str) -> httpx.Response:
        headers = self.headers(Upload_Length=str(size), **more)
        return self.http.post("/uploads", headers=headers)

    def head(self, path: str = "") -> httpx.Response:
        return self.http.head(path or self.path, headers=self.headers())

    def offset(self, path: str = "") -> int:
        return int(self.head(path).headers["upload-offset"])

    def patch(self, offset: int, data: bytes, path: str = "", **more: str) -> httpx.Response:
        headers = self.headers(Upload_Offset=str(offset), Content_Type=BODY, **more)
        return self.http.patch(path or self.path, headers=headers, content=data)

    def terminate(self) -> httpx.Response:
        return self.http.delete(self.path, headers=self.headers())

    def raw_patch(self, offset: int, announced: int, **more: str) -> socket.socket:
        """Begin a PATCH of *announced* bytes and return the connection, no byte sent."""
        headers = self.headers(
            Host="edge", Upload_Offset=str(offset), Content_Type=BODY, **more
        ) | {"Content-Length": str(announced)}
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        connection = socket.create_connection(("127.0.0.1", self.edge.port), timeout=30)
        connection.sendall(f"PATCH {self.path} HTTP/1.1\r\n{lines}\r\n".encode())
        return connection


def checksum(data: bytes, algorithm: str = "sha256") -> str:
    digest = hashlib.new(algorithm, data).digest()
    return f"{algorithm} {base64.b64encode(digest).decode()}"
