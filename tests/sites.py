"""Small web sites on the loopback address, each page a function of the request."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Page = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """A running site: its pages, its address and the requests it has had."""

    port: int
    pages: dict[str, Page]
    asked: list[str] = field(default_factory=list)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"


def page(body: bytes, kind: str = "video/mp4") -> Page:
    """A page that is all there."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", kind)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    return answer


def cut(body: bytes, at: int) -> Page:
    """A page that breaks off before the length it promised."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "video/mp4")
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body[:at])

    return answer


def endless(kind: str = "video/mp4") -> Page:
    """A page that never says how long it is and never ends."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", kind)
        request.end_headers()
        while True:
            request.wfile.write(bytes(65536))

    return answer


def silent(until: threading.Event) -> Page:
    """A page that promises much and then says nothing."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "video/mp4")
        request.send_header("Content-Length", "1000000")
        request.end_headers()
        request.wfile.write(b"a little")
        until.wait(20)

    return answer


def dripping(kind: str, until: threading.Event) -> Page:
    """A page that comes letter by letter, never silent and never done."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", kind)
        request.end_headers()
        while not until.wait(0.02):
            request.wfile.write(b" ")

    return answer


def moved(url: str) -> Page:
    """A page that is elsewhere."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(302)
        request.send_header("Location", url)
        request.send_header("Content-Length", "0")
        request.end_headers()

    return answer


def status(code: int) -> Page:
    """A page that is refused."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(code)
        request.send_header("Content-Length", "0")
        request.end_headers()

    return answer


@contextmanager
def site(pages: dict[str, Page]) -> Iterator[Site]:
    """Run a site; whatever it does not know is not found."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            plain = self.path.partition("?")[0]
            pages.get(self.path, pages.get(plain, status(404)))(self)

        def do_POST(self) -> None:
            self.do_GET()

        def do_HEAD(self) -> None:
            self.do_GET()

        def log_message(self, *_said: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_about: object) -> None:
            pass  # clients that leave early are what some tests are about

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield Site(server.server_port, pages, asked)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
