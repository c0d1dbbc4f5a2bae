"""Asking addresses that somebody gave."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler

import pytest

from antenne.processes.web import WebBounds, WebQuestion, WebRefused, web_ask
from tests.sites import dripping, endless, moved, page, silent, site, status

pytestmark = pytest.mark.process

OPEN = WebBounds(private=True, redirects=3)


def refusal(url: str, bounds: WebBounds = OPEN) -> str:
    with pytest.raises(WebRefused) as caught:
        web_ask(WebQuestion(url), bounds)
    return caught.value.code


def test_an_answer_comes_whole_with_its_headers() -> None:
    with site({"/a?b=c": page(b"here", "text/plain")}) as own:
        answer = web_ask(WebQuestion(own.url("/a?b=c")), OPEN)

    assert (answer.status, answer.body) == (200, b"here")
    assert answer.headers["content-type"] == "text/plain"


def test_redirects_are_followed_as_far_as_asked() -> None:
    with site({"/end": page(b"here")}) as own:
        own.pages |= {"/a": moved("/end"), "/round": moved("/round")}

        followed = web_ask(WebQuestion(own.url("/a")), OPEN)
        stayed = web_ask(WebQuestion(own.url("/a")), WebBounds(private=True))

        assert (followed.body, followed.url) == (b"here", own.url("/end"))
        assert stayed.status == 302
        assert refusal(own.url("/round")) == "too_many_redirects"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9000/",
        "http://[::1]:9000/",
        "http://10.0.0.1/",
        "http://169.254.169.254/",
        "file:///etc/passwd",
        "http://user:word@example.org/",
        "http://",
        "gopher://example.org/",
        "http://127.0.0.1:99999/",
        "http://example.org/a b",
        "http://example.org/\r\nX: y",
    ],
)
def test_what_only_this_machine_can_see_is_not_reached(url: str) -> None:
    assert refusal(url, WebBounds()) == "address_refused"


def test_a_redirect_to_a_closed_address_is_refused_too() -> None:
    with site({}) as own:
        own.pages["/out"] = moved("file:///etc/passwd")

        assert refusal(own.url("/out")) == "address_refused"


def test_bounds_hold() -> None:
    until = threading.Event()
    with site({"/endless": endless(), "/silent": silent(until)}) as own:
        few = WebBounds(max_bytes=1000, private=True)
        brief = WebBounds(wall_s=0.3, private=True)

        assert refusal(own.url("/endless"), few) == "too_large"
        assert refusal(own.url("/silent"), brief) == "took_too_long"
        until.set()


def test_an_answer_that_drips_ends_with_its_time() -> None:
    until = threading.Event()

    def headers(request: BaseHTTPRequestHandler) -> None:
        request.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        while not until.wait(0.02):
            request.wfile.write(b"x")

    pages = {"/body": dripping("text/html", until), "/headers": headers}
    brief = WebBounds(wall_s=0.5, private=True, cut=True)
    with site(pages) as own:
        assert [refusal(own.url(path), brief) for path in pages] == ["took_too_long"] * 2
        until.set()


def test_a_long_answer_may_be_cut() -> None:
    with site({"/long": page(b"x" * 5000)}) as own:
        answer = web_ask(WebQuestion(own.url("/long")), WebBounds(10, private=True, cut=True))

    assert answer.body == b"x" * 10


def test_a_refusal_is_an_answer() -> None:
    with site({"/gone": status(410)}) as own:
        assert web_ask(WebQuestion(own.url("/gone")), OPEN).status == 410


def test_nobody_there() -> None:
    with site({}) as own:
        port = own.port

    assert refusal(f"http://127.0.0.1:{port}/") == "address_unreachable"
