"""What an edge's batch holds: events of players, and counts of bytes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from antenne.audience.sessions import SEQUENCE_MASK
from antenne.kernel.frames import frames_read


@dataclass(frozen=True, slots=True)
class EventRecord:
    """One event as the edge kept it."""

    id: UUID
    session: UUID
    video: UUID
    person: UUID | None
    home: str
    kind: str
    at: datetime
    position_ms: int
    ranges_ms: list[int]
    viewer: str
    source: str
    site: str
    device: str
    country: str
    language: str


@dataclass(frozen=True, slots=True)
class BytesRecord:
    """Bytes of one video that went from one region to one network for one partner.

    `at` is when (an edge has no calendar), None where whoever counted knew the day.
    """

    video: str
    day: date
    at: datetime | None
    region: str
    country: str
    network: str
    partner: str
    sent_bytes: int
    requests: int


@dataclass(frozen=True, slots=True)
class Records:
    """A batch, read."""

    events: list[EventRecord]
    delivered: list[BytesRecord]


def records_read(body: bytes) -> Records:
    """Read a batch; what is torn or of another version is passed over."""
    records = Records([], [])
    for frame in frames_read(body):
        try:
            said = json.loads(frame)
            if said.get("k") == "bytes":
                records.delivered.extend(_delivered(said))
            else:
                records.events.append(_event(said))
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
            continue
    return records


def _event(said: dict[str, Any]) -> EventRecord:
    session = UUID(said["s"])
    return EventRecord(
        id=UUID(int=session.int & ~SEQUENCE_MASK | int(said["n"]) & SEQUENCE_MASK),
        session=session,
        video=UUID(said["v"]),
        person=UUID(said["p"]) if said.get("p") else None,
        home=str(said["m"]),
        kind=str(said["k"]),
        at=datetime.fromtimestamp(said["at"] / 1000, tz=UTC),
        position_ms=int(said["x"]),
        ranges_ms=[int(edge) for edge in said["r"]],
        viewer=str(said["w"]),
        source=str(said.get("o", "")),
        site=str(said.get("h", "")),
        device=str(said.get("d", "")),
        country=str(said.get("c", "")),
        language=str(said.get("l", "")),
    )


def _delivered(said: dict[str, Any]) -> list[BytesRecord]:
    day, region = date.fromisoformat(said["day"]), str(said["region"])
    at = datetime.fromtimestamp(said["at"], tz=UTC) if "at" in said else None
    return [
        BytesRecord(
            video=str(video),
            day=day,
            at=at,
            region=region,
            country=str(country),
            network=str(network),
            partner=str(partner),
            sent_bytes=int(sent_bytes),
            requests=int(requests),
        )
        for video, country, network, partner, sent_bytes, requests in said["rows"]
    ]
