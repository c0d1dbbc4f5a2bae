"""The bell of the masthead: how many notifications are new, and where a page hears of more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from antenne.community.selectors.notifications import unread_count
from antenne.community.services.notifications import topic_of
from antenne.delivery.selectors import topic_url

if TYPE_CHECKING:
    from antenne.accounts.models import Person


@dataclass(frozen=True, slots=True)
class Bell:
    """What `components/bell.html` shows."""

    count: int
    events_url: str


def bell_of(person: Person | None, *, edge: str) -> Bell | None:
    """Return the bell of whoever is signed in; one query."""
    if person is None:
        return None
    events_url = topic_url(topic_of(person.pk), edge=edge)
    return Bell(count=unread_count(person), events_url=events_url)
