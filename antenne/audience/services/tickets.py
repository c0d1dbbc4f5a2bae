"""Session tickets: what a page may say about one watch of one video."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from antenne.accounts.models import Person
from antenne.audience.models import Salt
from antenne.audience.selectors.days import calendar
from antenne.audience.sessions import SEQUENCE_MASK
from antenne.audience.states import Device, Source
from antenne.catalog.models import Video
from antenne.kernel.clock import now, unix_s
from antenne.kernel.environment import environment
from antenne.kernel.ids import uuid7
from antenne.kernel.signing import ticket_make

TICKET_LIFE_S: Final = 14 * 3600
_VIEWER_CHARS: Final = 32
# However many browsers one address claims to be, it counts for so many viewers of a video a day.
_BROWSERS: Final = 32
_SALT_BYTES: Final = 32
_salts: dict[date, bytes] = {}


@dataclass(frozen=True, slots=True)
class Asker:
    """What a request says of whoever asks; *untracked* where it asks not to be tracked."""

    address: str
    user_agent: str
    language: str = ""
    device: Device = Device.OTHER
    source: Source = Source.DIRECT
    site: str = ""
    untracked: bool = False


def ticket_issue(*, video: Video, viewer: Person | None, asker: Asker) -> str:
    """Return a ticket for one session, bound to *video*.

    It carries a hash by which a viewer counts once a day, and no address. For somebody who does
    not want to be tracked it carries nothing else.
    """
    session = UUID(int=uuid7().int & ~SEQUENCE_MASK)
    said: dict[str, str | int] = {
        "s": session.hex,
        "v": video.pk.hex,
        "m": video.home,
        "w": viewer_hash(video=video, viewer=viewer, asker=asker),
    }
    if asker.untracked:
        said["a"] = 1
    else:
        said |= {
            "p": viewer.pk.hex if viewer else "",
            "o": asker.source.value,
            "h": asker.site,
            "d": asker.device.value,
            "l": asker.language,
        }
    return ticket_make(environment().secret, "beacon", said, expires_s=unix_s() + TICKET_LIFE_S)


def viewer_hash(*, video: Video, viewer: Person | None, asker: Asker) -> str:
    """Return what a viewer of one video is on one day: nobody can tell who, nor join two videos."""
    if viewer is not None:
        who = f"person {viewer.pk}"
    else:
        browser = int.from_bytes(hashlib.sha256(asker.user_agent.encode()).digest()[:4], "big")
        who = f"address {asker.address} {browser % _BROWSERS}"
    message = f"{video.pk} {who}".encode()
    return hmac.digest(salt_of(calendar().day_of(now())), message, hashlib.sha256).hex()[
        :_VIEWER_CHARS
    ]


def salt_of(day: date) -> bytes:
    """Return the salt of *day*, made by whoever asks first (kept by each process for the day)."""
    kept = _salts.get(day)
    if kept is None:
        fresh = Salt(day=day, secret=secrets.token_bytes(_SALT_BYTES))
        Salt.objects.bulk_create([fresh], ignore_conflicts=True)
        kept = bytes(Salt.objects.get(day=day).secret)
        _salts.clear()
        _salts[day] = kept
    return kept
