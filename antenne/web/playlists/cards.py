"""What cards show of playlists, gathered for a whole list at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from antenne.catalog.selectors.playlists import Cover, Entry, covers_of
from antenne.web.cards import Card, cards_of

if TYPE_CHECKING:
    from antenne.accounts.models import Person
    from antenne.catalog.models import Playlist, Video


@dataclass(frozen=True, slots=True)
class PlaylistCard:
    """A playlist with the number of its videos and its first picture."""

    playlist: Playlist
    count: int
    video: Video | None


def playlist_cards(playlists: Sequence[Playlist], *, viewer: Person | None) -> list[PlaylistCard]:
    """Return the cards of playlists, in a constant number of queries."""
    covers = covers_of(playlists, viewer=viewer)
    nothing = Cover(0, None)
    found = [(row, covers.get(row.pk, nothing)) for row in playlists]
    return [PlaylistCard(row, cover.count, cover.video) for row, cover in found]


@dataclass(frozen=True, slots=True)
class EntryShown:
    """An item of a playlist with the card of its video; None where it may not be watched."""

    entry: Entry
    card: Card | None


def entries_shown(entries: Sequence[Entry], *, viewer: Person | None) -> tuple[EntryShown, ...]:
    """Return items with their cards, in a constant number of queries."""
    videos = [entry.video for entry in entries if entry.video]
    cards = {card.video.pk: card for card in cards_of(videos, viewer)}
    return tuple(
        EntryShown(entry, cards.get(entry.video.pk) if entry.video else None) for entry in entries
    )
