"""Pages that keep what they are sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, urlsplit


@dataclass
class Ear:
    """Answers every request with a status, and keeps headers and bodies; echoes challenges."""

    status: int = 200
    echo: bool = True
    bodies: list[bytes] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def __call__(self, request: BaseHTTPRequestHandler) -> None:
        length = int(request.headers.get("Content-Length") or 0)
        self.bodies.append(request.rfile.read(length))
        self.headers.append({name.lower(): value for name, value in request.headers.items()})
        asked = parse_qs(urlsplit(request.path).query)
        said = asked.get("hub.challenge", [""])[0].encode() if self.echo else b"no"
        request.send_response(self.status)
        request.send_header("Content-Length", str(len(said)))
        request.end_headers()
        request.wfile.write(said)
