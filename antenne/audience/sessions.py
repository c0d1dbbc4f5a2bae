"""What a session amounts to: plain functions of its events, the same whenever they are asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from antenne.audience.states import BUCKETS

SEQUENCE_MASK: Final = 0xFFFF
PLAY_MS: Final = 10_000
PLAY_PART: Final = 0.3
# A player at double speed gets through two seconds in one, and beacons are late by a few.
_SPEED_MOST: Final = 2.2
_GRACE_MS: Final = 15_000
_LATE_MS: Final = 1_000
_ENDED_PART: Final = 0.97
_BEGUN_MS: Final = 5_000

Ranges = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Seen:
    """What folding needs of one event, in the order of their numbers."""

    at: datetime
    position_ms: int
    ranges_ms: list[int]


@dataclass(frozen=True, slots=True)
class Amount:
    """What the events of one session amount to."""

    last_at: datetime
    position_ms: int
    watched_ms: int
    played: bool
    enters: list[int]
    leaves: list[int]


def session_last(session: UUID) -> UUID:
    """Return the last key that an event of *session* can have."""
    return UUID(int=session.int | SEQUENCE_MASK)


def began_at(session: UUID) -> datetime:
    """Return when the session's ticket was made: its key (UUIDv7) begins with it."""
    return datetime.fromtimestamp((session.int >> 80) / 1000, tz=UTC)


def key_at(moment: datetime) -> UUID:
    """Return a key before which lie those of every session begun before *moment*."""
    return UUID(int=int(moment.timestamp() * 1000) << 80)


def amount_of(session: UUID, events: list[Seen], duration_ms: int) -> Amount:
    """Return what *events* (at least one) amount to.

    Nobody watches faster than time goes by: what a player claims beyond that is not counted.
    """
    last = events[-1]
    last_at = max(event.at for event in events)
    stretches = [
        pair for event in events for pair in pairs_of(event.ranges_ms, duration_ms or None)
    ]
    possible_ms = passed_ms(session, events) * _SPEED_MOST
    claimed_ms = sum(end - begin for begin, end in stretches)
    need_ms = play_ms(duration_ms)
    parts = parts_of(united(stretches), duration_ms) if duration_ms else []
    return Amount(
        last_at=last_at,
        position_ms=place_kept(last.position_ms, duration_ms),
        watched_ms=min(claimed_ms, round(possible_ms) + _GRACE_MS),
        played=claimed_ms >= need_ms and possible_ms + _LATE_MS >= need_ms,
        enters=[first for first, _behind in parts],
        leaves=[behind for _first, behind in parts],
    )


def passed_ms(session: UUID, events: list[Seen]) -> float:
    """Return how much time went by until the last event.

    By the edge's clock, from the first event; or since the web made the ticket, where that is
    more: the clocks of two machines differ, and a first event may have been lost.
    """
    last_at = max(event.at for event in events)
    began = min([began_at(session), *(event.at for event in events)])
    return (last_at - began) / timedelta(milliseconds=1)


def play_ms(duration_ms: int) -> int:
    """Return how much must be watched to count: ten seconds, or 30 % of what is shorter."""
    return min(PLAY_MS, round(duration_ms * PLAY_PART)) if duration_ms else PLAY_MS


def place_kept(position_ms: int, duration_ms: int) -> int:
    """Return where to go on; 0 where it was hardly begun or is as good as over."""
    over = duration_ms and position_ms >= duration_ms * _ENDED_PART
    return 0 if over or position_ms < _BEGUN_MS else position_ms


def pairs_of(ranges_ms: list[int], most_ms: int | None) -> Ranges:
    """Return begin and end of each stretch, cut to the length of the video."""
    pairs = zip(ranges_ms[::2], ranges_ms[1::2], strict=False)
    cut = [(begin, end if most_ms is None else min(end, most_ms)) for begin, end in pairs]
    return [(begin, end) for begin, end in cut if begin < end]


def united(stretches: Ranges) -> Ranges:
    """Return *stretches* in order, those that meet joined: each moment stands in one."""
    joined: Ranges = []
    for begin, end in sorted(stretches):
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((begin, end))
    return joined


def parts_of(stretches: Ranges, duration_ms: int) -> Ranges:
    """Return first part and the one behind the last, of each stretch that holds a part's middle.

    A part is seen where its middle was: so the parts of a session never overlap.
    """
    found: Ranges = []
    for begin, end in stretches:
        first = -((duration_ms - 2 * BUCKETS * begin) // (2 * duration_ms))
        behind = -((duration_ms - 2 * BUCKETS * end) // (2 * duration_ms))
        first, behind = max(first, 0), min(behind, BUCKETS)
        if first < behind:
            found.append((first, behind))
    return found


def curve_of(enters: dict[int, int], leaves: dict[int, int]) -> list[int]:
    """Return how many saw each part, from how many came in and went at each."""
    curve, here = [], 0
    for part in range(BUCKETS):
        here += enters.get(part, 0) - leaves.get(part, 0)
        curve.append(here)
    return curve
