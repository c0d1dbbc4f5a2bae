"""Events for open pages: sent with the transaction, forwarded by the edge, kept nowhere."""

from __future__ import annotations

import json

from django.db import connection

CHANNEL = "antenne_event"
EPOCH_CHANNEL = "antenne_epoch"


def event_send(topic: str, kind: str, **data: object) -> None:
    """Tell every page that watches *topic*; lost where none does (PostgreSQL NOTIFY, < 8 kB)."""
    body = json.dumps({"topic": topic, "kind": kind, **data}, separators=(",", ":"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, body])


def epoch_send(video: str, epoch: int) -> None:
    """Push a video's new epoch to every edge."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [EPOCH_CHANNEL, f"{video} {epoch}"])
