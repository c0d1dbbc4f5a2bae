"""An audience for the demo: sessions of the last weeks, in the records that an edge would send."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from antenne.accounts.models import Person
from antenne.audience.services.folding import events_fold
from antenne.audience.services.taking import batch_take
from antenne.audience.sessions import SEQUENCE_MASK
from antenne.audience.states import Device, Source
from antenne.catalog.models import Video
from antenne.edge.beacons import record_make
from antenne.kernel.clock import now
from antenne.kernel.frames import frame_make
from antenne.kernel.ids import uuid7

_RANDOM_BITS: Final = 80  # of a UUIDv7, below its milliseconds
_VIEWER_BITS: Final = 128
_COUNTRIES: Final = ("FR", "FR", "FR", "DE", "ES", "JP", "BR", "US", "CA", "BE")
_DEVICES: Final = (Device.DESKTOP, Device.DESKTOP, Device.PHONE, Device.PHONE, Device.TV)
_SOURCES: Final = (Source.HOME, Source.HOME, Source.VIDEO, Source.SEARCH, Source.CHANNEL)
_LANGUAGES: Final = ("fr", "en", "es", "ja", "pt-br")
# How far people of the site came in what they began: one stopped in the middle, and may go on.
_PARTS: Final = (1.0, 0.42, 0.8)

Ticket = dict[str, str | int]


def audience_bring(wanted: Mapping[Video, int], people: list[Person]) -> None:
    """Let each video have been watched as often as said, and each person have watched a few."""
    chance = random.Random("antenne")  # noqa: S311 - a picture of an audience, the same each time
    records: list[bytes] = []
    for video, sessions in wanted.items():
        for _session in range(sessions):
            part = chance.choice((1.0, 1.0, chance.random(), chance.random()))
            records += _watched(chance, video, part=part)
    videos = list(wanted)
    for person in people:
        others = [video for video in videos if video.channel.person_id != person.pk]
        for part, video in zip(_PARTS, chance.sample(others, k=len(_PARTS)), strict=True):
            records += _watched(chance, video, part=part, person=person)
    batch_take(name=uuid7(), body=b"".join(map(frame_make, records)))
    events_fold()


def _watched(
    chance: random.Random, video: Video, *, part: float, person: Person | None = None
) -> Iterator[bytes]:
    """Yield the records of one session, some time after the video was published."""
    begun_at = video.published_at or video.created_at
    at = begun_at + (now() - begun_at) * chance.random()
    watched_ms = round((video.duration_ms or 0) * part)
    ticket = _ticket(chance, video, at, person)
    yield record_make(ticket, {"n": 0, "k": "start", "x": 0}, at=at)
    if watched_ms:
        event = {"n": 1, "k": "progress", "x": watched_ms, "r": [[0, watched_ms]]}
        yield record_make(ticket, event, at=at + timedelta(milliseconds=watched_ms))


def _ticket(chance: random.Random, video: Video, at: datetime, person: Person | None) -> Ticket:
    key = round(at.timestamp() * 1000) << _RANDOM_BITS
    session = UUID(int=(key | uuid7().int & ((1 << _RANDOM_BITS) - 1)) & ~SEQUENCE_MASK)
    return {
        "s": session.hex,
        "v": video.pk.hex,
        "m": video.home,
        "w": f"{chance.getrandbits(_VIEWER_BITS):032x}",
        "p": person.pk.hex if person else "",
        "o": chance.choice(_SOURCES).value,
        "h": "",
        "d": chance.choice(_DEVICES).value,
        "l": chance.choice(_LANGUAGES),
        "c": chance.choice(_COUNTRIES),
    }
