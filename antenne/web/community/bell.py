"""The bell of the masthead: how many notifications are new, and where a page hears of more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from antenne.community.selectors.notifications import unread_count
from antenne.community.services.notifications import topic_of
from antenne.kernel.clock import unix_s
from antenne.kernel.environment import environment
from antenne.kernel.signing import ticket_make

if TYPE_CHECKING:
    from antenne.accounts.models import Person

_LIFE_S: Final = 6 * 3600


@dataclass(frozen=True, slots=True)
class Bell:
    """What `components/bell.html` shows."""

    count: int
    events_url: str


def bell_of(person: Person | None, *, edge: str) -> Bell | None:
    """Return the bell of whoever is signed in; one query."""
    if person is None:
        return None
    ticket = ticket_make(
        environment().secret,
        "events",
        {"topic": topic_of(person.pk)},
        expires_s=unix_s() + _LIFE_S,
    )
    return Bell(count=unread_count(person), events_url=f"{edge}/events/{ticket}")
