"""Pages that stay open, and the rest of what the edge tells about itself."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from antenne.kernel.clock import unix_s
from antenne.kernel.signing import ticket_make
from tests.edge.conftest import EdgeStart
from tests.edge.server import SECRET, EdgeServer

pytestmark = pytest.mark.process

TOPIC = "video:xea1b2c3d"


def ticket(topic: str = TOPIC, lives_s: int = 60) -> str:
    return ticket_make(SECRET, "events", {"topic": topic}, expires_s=unix_s() + lives_s)


@contextmanager
def watching(edge: EdgeServer, topic: str = TOPIC) -> Iterator[Iterator[str]]:
    """Open a stream and yield its lines, the greeting already read."""
    url = f"{edge.url}/events/{ticket(topic)}"
    with httpx.stream("GET", url, timeout=20) as answer:
        assert answer.headers["content-type"] == "text/event-stream; charset=utf-8"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["access-control-allow-origin"] == "*"
        lines = answer.iter_lines()
        assert [next(lines), next(lines), next(lines)] == ["retry: 2000", ": welcome", ""]
        yield lines


def tell(edge: EdgeServer, topic: str, kind: str, **data: object) -> None:
    edge.notify("antenne_event", json.dumps({"topic": topic, "kind": kind, **data}))


def test_a_page_hears_of_what_it_watches_and_nothing_else(edge: EdgeServer) -> None:
    with watching(edge) as lines, watching(edge, "video:xother") as others:
        tell(edge, "video:xother", "state", state="private")
        tell(edge, TOPIC, "progress", done_ms=1500)
        tell(edge, TOPIC, "state", state="playable")

        heard = [next(lines) for _ in range(6)]
        assert [next(others), next(others)] == ["event: state", 'data: {"state":"private"}']

    assert heard == [
        "event: progress",
        'data: {"done_ms":1500}',
        "",
        "event: state",
        'data: {"state":"playable"}',
        "",
    ]


def test_a_page_with_line_breaks_in_its_event_hears_one_event(edge: EdgeServer) -> None:
    with watching(edge) as lines:
        tell(edge, TOPIC, "refused", detail="one\n\nevent: forged\ndata: x")

        assert next(lines) == "event: refused"
        assert next(lines) == 'data: {"detail":"one\\n\\nevent: forged\\ndata: x"}'
        assert next(lines) == ""


@pytest.mark.parametrize("bad", ["", "x", "x.y", "é", ticket(lives_s=-1)])
def test_a_page_without_a_ticket_hears_nothing(edge: EdgeServer, bad: str) -> None:
    answer = httpx.get(f"{edge.url}/events/{bad}")

    assert answer.status_code == 403
    assert answer.headers["content-type"] == "application/problem+json"
    other = ticket_make(SECRET, "upload", {"topic": TOPIC}, expires_s=unix_s() + 60)
    assert httpx.get(f"{edge.url}/events/{other}").status_code == 403


def test_a_malformed_event_harms_nobody(edge: EdgeServer) -> None:
    with watching(edge) as lines:
        for message in ("", "[]", "{", '{"topic": "video:xea1b2c3d"}', "7"):
            edge.notify("antenne_event", message)
        tell(edge, TOPIC, "state", state="fine")

        assert [next(lines), next(lines)] == ["event: state", 'data: {"state":"fine"}']


def test_a_page_is_told_when_it_may_have_missed_something(edge_start: EdgeStart) -> None:
    edge = edge_start()
    with watching(edge) as lines:
        edge.notify("antenne_epoch", "x 1")
        cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = %s"
        edge.execute(cut, "antenne-edge")

        assert next(lines) == "event: resync"
    assert httpx.get(f"{edge.url}/readyz").status_code == 200


def test_open_pages_do_not_keep_an_edge_from_ending(edge_start: EdgeStart) -> None:
    edge = edge_start()
    with watching(edge) as lines:
        assert edge.stop() == 0
        assert list(lines) == []


def test_pages_that_leave_are_forgotten(edge: EdgeServer) -> None:
    for _ in range(5):
        with watching(edge, "video:xleaves"):
            assert gauge(edge) >= 1

    until = time.monotonic() + 60
    while gauge(edge) > 0:
        assert time.monotonic() < until
        time.sleep(0.05)


def gauge(edge: EdgeServer) -> int:
    text = httpx.get(f"{edge.url}/metrics").text
    lines = [line for line in text.splitlines() if line.startswith("antenne_edge_events_open{")]
    return int(lines[0].split()[1]) if lines else 0


def test_a_page_that_does_not_read_is_cut_off_and_others_are_served(edge: EdgeServer) -> None:
    topic = "video:xdeaf"
    with socket.create_connection(("127.0.0.1", edge.port)) as deaf:
        deaf.sendall(f"GET /events/{ticket(topic)} HTTP/1.1\r\nHost: edge\r\n\r\n".encode())
        assert deaf.recv(12) == b"HTTP/1.1 200"
        event = json.dumps({"topic": topic, "kind": "progress", "padding": "x" * 7000})
        many = (
            "SELECT pg_notify('antenne_event', %s || repeat(' ', n)) FROM generate_series(1, 100) n"
        )
        edge.execute(many, event)
        with watching(edge, topic) as lines:
            tell(edge, topic, "state", state="end")
            assert next(lines) == "event: state"

        received = b""
        while not received.endswith(b"\r\n0\r\n\r\n"):
            received += deaf.recv(1 << 20)

    assert 64 * 7000 < len(received) < 600_000


def test_the_counts_can_be_scraped(edge: EdgeServer) -> None:
    httpx.get(f"{edge.url}/m/refused")

    text = httpx.get(f"{edge.url}/metrics").text

    assert "# TYPE antenne_edge_media_requests_total counter" in text
    assert 'antenne_edge_media_requests_total{status="403",worker="' in text
    assert httpx.get(f"{edge.url}/healthz").text == "ok\n"
    assert httpx.get(f"{edge.url}/elsewhere").status_code == 404


def test_a_request_is_found_again_in_the_log(edge: EdgeServer) -> None:
    sent = {"Tus-Resumable": "1.0.0", "X-Request-ID": "proxy-request-0001"}

    answer = httpx.head(f"{edge.url}/uploads/none", headers=sent)

    assert answer.headers["x-request-id"] == "proxy-request-0001"
    lines = [json.loads(line) for line in edge.log().splitlines() if "proxy-request-0001" in line]
    assert [(line["message"], line["fields"]["status"]) for line in lines] == [
        ("upload.request", 404)
    ]
