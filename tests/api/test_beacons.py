"""The edge's batches at the door of the web."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.test import Client

from antenne.audience.models import Batch, Event
from antenne.catalog.models import Channel
from antenne.kernel.clock import unix_s
from antenne.kernel.environment import environment
from antenne.kernel.ids import uuid7
from antenne.kernel.signing import ticket_make
from tests.audience.watching import Page, batch
from tests.factories.catalog import video_make


def signed(body: bytes, *, purpose: str = "internal", life_s: int = 60, name: str = "") -> str:
    said: dict[str, str | int] = {
        "batch": name or uuid7().hex,
        "sha256": hashlib.sha256(body).hexdigest(),
    }
    return ticket_make(environment().secret, purpose, said, expires_s=unix_s() + life_s)


def sent(body: bytes, ticket: str) -> int:
    headers = {"Antenne-Internal": ticket}
    answer = Client().post(
        "/internal/beacons", body, content_type="application/octet-stream", headers=headers
    )
    return answer.status_code


def test_a_batch_of_our_edge_is_taken_once(channel: Channel) -> None:
    body = batch(*Page(video_make(channel)).watch(10_000))
    ticket = signed(body, name=UUID(int=7).hex)

    assert [sent(body, ticket), sent(body, ticket)] == [204, 204]

    assert (Batch.objects.count(), Event.objects.count()) == (1, 2)


def test_what_our_edge_did_not_sign_is_refused(channel: Channel) -> None:
    body = batch(*Page(video_make(channel)).watch(10_000))
    other = batch(*Page(video_make(channel)).watch(10_000))
    tickets = [
        "",
        signed(other),
        signed(body, purpose="beacon"),
        signed(body, life_s=-1),
        signed(body, name="seven"),
        signed(body)[:-2],
    ]

    assert [sent(body, ticket) for ticket in tickets] == [403] * len(tickets)

    assert (Batch.objects.count(), Event.objects.count()) == (0, 0)
