"""What players would say of a video, made into the batches that an edge would send."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from antenne.accounts.models import Person
from antenne.audience.services.folding import events_fold
from antenne.audience.services.taking import batch_take
from antenne.audience.services.tickets import Asker, ticket_issue
from antenne.audience.sessions import SEQUENCE_MASK
from antenne.audience.states import Device, Source
from antenne.catalog.models import Video
from antenne.edge.beacons import record_make
from antenne.kernel.clock import now, unix_s
from antenne.kernel.environment import environment
from antenne.kernel.frames import frame_make
from antenne.kernel.ids import uuid7
from antenne.kernel.signing import ticket_read

DESKTOP = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"


def asker(number: int = 1, **said: object) -> Asker:
    """Return somebody at an address of their own, at a computer, who came from the home page."""
    values: dict[str, object] = {"device": Device.DESKTOP, "source": Source.HOME, "language": "en"}
    address = f"198.51.{number // 250}.{number % 250}"
    return Asker(address=address, user_agent=DESKTOP, **(values | said))  # type: ignore[arg-type]


@dataclass
class Page:
    """One page on which somebody may watch, and what its player has said."""

    video: Video
    viewer: Person | None = None
    who: Asker = field(default_factory=asker)
    country: str = "FR"
    at: datetime = field(default_factory=now)
    said: int = 0
    ticket: dict[str, str | int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        text = ticket_issue(video=self.video, viewer=self.viewer, asker=self.who)
        self.ticket = ticket_read(environment().secret, "beacon", text, now_s=unix_s())
        if not self.ticket.get("a"):
            self.ticket["c"] = self.country

    @property
    def session(self) -> UUID:
        return UUID(str(self.ticket["s"]))

    def day_set(self, day: datetime) -> None:
        """Let the page have been opened at *day*."""
        moved = (int(day.timestamp() * 1000) << 80) | (uuid7().int & ((1 << 80) - 1))
        self.ticket["s"] = UUID(int=moved & ~SEQUENCE_MASK).hex
        # Each day has a salt of its own.
        self.ticket["w"] = f"{day:%m%d}{str(self.ticket['w'])[4:]}"
        self.at = day

    def say(self, kind: str, position_ms: int, *ranges: tuple[int, int]) -> bytes:
        """Return the record of the player's next beacon."""
        event = {"n": self.said, "k": kind, "x": position_ms, "r": [list(pair) for pair in ranges]}
        self.said += 1
        return record_make(self.ticket, event, at=self.at)

    def watch(self, until_ms: int, since_ms: int = 0) -> list[bytes]:
        """Return the records of watching a stretch at the speed of time."""
        records = [self.say("start", since_ms)]
        self.at += timedelta(milliseconds=until_ms - since_ms)
        return [*records, self.say("progress", until_ms, (since_ms, until_ms))]


def batch(*records: bytes) -> bytes:
    """Return the batch that holds *records*."""
    return b"".join(map(frame_make, records))


def taken(*records: bytes) -> None:
    """Take a batch of *records* and fold it."""
    batch_take(name=uuid7(), body=batch(*records))
    events_fold()
