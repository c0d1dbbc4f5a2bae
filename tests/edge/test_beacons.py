"""Beacons at a real edge: what is heard, what is refused, and that nothing heard is lost."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from antenne.kernel.clock import unix_s
from antenne.kernel.frames import frames_read
from antenne.kernel.ids import uuid7
from antenne.kernel.signing import ticket_make
from tests.edge.conftest import EdgeStart
from tests.edge.server import SECRET, EdgeServer

pytestmark = pytest.mark.process

START = {"n": 0, "k": "start", "x": 0, "r": []}


def ticket(*, purpose: str = "beacon", life_s: int = 60, secret: str = SECRET, **said: str) -> str:
    values: dict[str, str | int] = {"s": uuid7().hex, "v": uuid7().hex, "m": "eu", "w": "ab"}
    values.update(said)
    return ticket_make(secret, purpose, values, expires_s=unix_s() + life_s)


def send(edge: EdgeServer, text: str, *events: dict[str, Any]) -> httpx.Response:
    body = json.dumps({"t": text, "e": list(events) or [START]})
    return httpx.post(f"{edge.url}/beacon", content=body, headers={"content-type": "text/plain"})


def heard(edge: EdgeServer) -> list[dict[str, Any]]:
    bodies = list(edge.web.batches.values())
    rows = [json.loads(frame) for body in bodies for frame in frames_read(body)]
    # What was delivered comes by the same way, and has no session.
    return [row for row in rows if "s" in row]


def until(holds: Callable[[], bool]) -> None:
    for _ in range(600):
        if holds():
            return
        time.sleep(0.05)
    raise AssertionError


def test_what_a_player_says_reaches_the_web_with_the_words_of_its_ticket(edge: EdgeServer) -> None:
    session = uuid7().hex

    answer = send(edge, ticket(s=session, o="home"), START | {"x": 7, "r": [[0, 5], [6, 7]]})

    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == "*"
    until(lambda: any(row["s"] == session for row in heard(edge)))
    row = next(row for row in heard(edge) if row["s"] == session)
    assert (row["k"], row["n"], row["x"], row["r"], row["o"]) == (
        "start",
        0,
        7,
        [0, 5, 6, 7],
        "home",
    )
    assert abs(row["at"] / 1000 - unix_s()) < 60


def test_no_address_is_kept(edge_start: EdgeStart) -> None:
    edge = edge_start(ANTENNE_PUBLIC_URL="https://antenne.example")
    sent = {"t": ticket(), "e": [START]}

    httpx.post(f"{edge.url}/beacon", json=sent, headers={"x-forwarded-for": "10.1.1.1, 8.8.8.8"})

    until(lambda: bool(heard(edge)))
    assert [row["c"] for row in heard(edge)] == ["US"]
    assert "8.8.8.8" not in json.dumps(heard(edge)) + edge.log()


def test_somebody_untracked_is_not_asked_for_a_country(edge: EdgeServer) -> None:
    session = uuid7().hex
    send(edge, ticket(s=session, a="1"))

    until(lambda: any(row["s"] == session for row in heard(edge)))
    assert "c" not in next(row for row in heard(edge) if row["s"] == session)


STRANGE = {
    "forged": ticket(secret="x" * 64),
    "run out": ticket(life_s=-1),
    "for something else": ticket(purpose="events"),
    "cut off": ticket()[:-3],
    "empty": "",
    "not ours": "a.b",
    "not ascii": "é.é",
    "a dot": ".",
}


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_a_ticket_that_is_not_ours_is_refused(edge: EdgeServer, text: str) -> None:
    before = len(heard(edge))

    assert send(edge, text).status_code in {400, 403}

    assert len(heard(edge)) == before


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"n": -1},
        {"n": 65_536},
        {"n": True},
        {"n": "1"},
        {"n": 1.5},
        {"k": "view"},
        {"k": []},
        {"x": 10**12},
        {"r": [[5, 5]]},
        {"r": [[9, 5]]},
        {"r": [[0]]},
        {"r": "all"},
        {"r": [[0, 1]] * 41},
    ],
)
def test_an_event_that_makes_no_sense_is_refused(edge: EdgeServer, event: dict[str, Any]) -> None:
    said = START | event if event else {}

    assert send(edge, ticket(), said).status_code == 400


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b'"x"', b'{"t":1,"e":[]}', b'{"t":"a.b"}', b"[" * 9_000]
)
def test_a_body_that_is_none_is_refused(edge: EdgeServer, body: bytes) -> None:
    assert httpx.post(f"{edge.url}/beacon", content=body).status_code == 400


def test_a_body_that_is_too_large_is_refused(edge: EdgeServer) -> None:
    assert httpx.post(f"{edge.url}/beacon", content=b" " * 20_000).status_code == 413


def test_only_posting_is_possible(edge: EdgeServer) -> None:
    assert httpx.get(f"{edge.url}/beacon").status_code == 405
    preflight = httpx.options(f"{edge.url}/beacon")
    assert preflight.headers["access-control-allow-methods"] == "POST, OPTIONS"


def test_one_session_cannot_flood(edge: EdgeServer) -> None:
    text = ticket()
    statuses = [send(edge, text, *([START] * 20)).status_code for _ in range(6)]

    assert statuses[0] == 204
    assert statuses[-1] == 429
    assert send(edge, ticket()).status_code == 204


def test_what_was_acknowledged_survives_a_kill_and_an_absence_of_the_web(
    edge_start: EdgeStart,
) -> None:
    edge = edge_start()
    edge.web.beacon_status = 503
    sessions = {uuid7().hex for _ in range(20)}
    for session in sessions:
        assert send(edge, ticket(s=session)).status_code == 204

    edge.kill()
    edge.web.batches.clear()
    edge.web.beacon_status = 204
    edge.start()

    until(lambda: {row["s"] for row in heard(edge)} == sessions)
    until(lambda: not list((edge.home / "beacons").glob("*.batch")))
    assert not list((edge.home / "beacons").glob("*.part"))


def test_a_batch_is_kept_until_the_web_has_taken_it(edge_start: EdgeStart) -> None:
    edge = edge_start()
    edge.web.beacon_status = 500
    send(edge, ticket())

    until(lambda: bool(edge.web.batches))
    assert len(list((edge.home / "beacons").glob("*.batch"))) == 1
    name = next(iter(edge.web.batches))
    edge.web.beacon_status = 204
    until(lambda: not list((edge.home / "beacons").glob("*.batch")))
    assert list(edge.web.batches) == [name]
