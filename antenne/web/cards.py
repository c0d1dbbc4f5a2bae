"""What a card shows beside its video, for a whole list in a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import get_language

from antenne.audience.selectors.history import tallies_and_positions
from antenne.catalog.selectors.translations import translated
from antenne.catalog.states import TallyKind

if TYPE_CHECKING:
    from uuid import UUID

    from antenne.accounts.models import Person
    from antenne.catalog.models import Video
    from antenne.kernel.pagination import Page


@dataclass(frozen=True, slots=True)
class Card:
    """A video, how often it was watched, and how far this viewer has come (0 to 1, or None)."""

    video: Video
    views: int = 0
    progress: float | None = None


@dataclass(frozen=True, slots=True)
class CardPage:
    """One page of cards and the cursor of the next, empty at the end."""

    rows: tuple[Card, ...]
    next_cursor: str = ""


def cards_of(videos: Iterable[Video], viewer: Person | None) -> tuple[Card, ...]:
    """Return a card for each of *videos*, as *viewer* sees it, in the language of the page.

    The videos themselves speak it afterwards: they are not to be written again.
    """
    shown = list(videos)
    if shown:
        translated(shown, get_language() or "")
    keys = [video.pk for video in shown]
    if not keys:
        return ()
    counted, left_ms = tallies_and_positions(keys, viewer=viewer)
    return cards_with(shown, counted, left_ms)


def cards_with(
    videos: Iterable[Video], counted: Mapping[UUID, Mapping[str, int]], left_ms: Mapping[UUID, int]
) -> tuple[Card, ...]:
    """Return a card for each of *videos*, of which the caller knows what is counted already."""
    return tuple(
        Card(
            video=video,
            views=counted.get(video.pk, {}).get(TallyKind.VIEWS, 0),
            progress=_progress(left_ms.get(video.pk, 0), video.duration_ms),
        )
        for video in videos
    )


def _progress(left_ms: int, duration_ms: int | None) -> float | None:
    return min(1.0, left_ms / duration_ms) if left_ms and duration_ms else None


def card_page(page: Page[Video], viewer: Person | None) -> CardPage:
    """Return a page of videos as cards."""
    return CardPage(cards_of(page.rows, viewer), page.next_cursor)
