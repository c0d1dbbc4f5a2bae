"""Searching playlists: those that are public and in which everybody finds something."""

from __future__ import annotations

from django.contrib.postgres.search import SearchRank
from django.db.models import Exists, F, FloatField, OuterRef, QuerySet
from django.db.models.functions import Cast, Round

from antenne.catalog.asking import Asking
from antenne.catalog.models import Playlist, PlaylistItem, PlaylistSearch
from antenne.catalog.selectors.likely import WEIGHED_MAX, WEIGHTS
from antenne.catalog.selectors.onlookers import ANYBODY, Onlooker
from antenne.catalog.selectors.search import Sort
from antenne.catalog.states import Audience, PlaylistVisibility
from antenne.custody.selectors import setting_of
from antenne.custody.settings import FeatureSettings
from antenne.kernel.pagination import Page, page_of, page_ranked


def playlists_listed(
    onlooker: Onlooker = ANYBODY, *, offered: FeatureSettings | None = None
) -> QuerySet[PlaylistSearch]:
    """Return what *onlooker* may find: nothing by people or with words that they have blocked.

    *offered* says what this site offers, where the caller knows.
    """
    shown = PlaylistItem.objects.filter(playlist=OuterRef("pk"), audience=Audience.EVERYBODY)
    rows = PlaylistSearch.objects.filter(
        Exists(shown), playlist__visibility=PlaylistVisibility.PUBLIC
    )
    if onlooker.people:
        rows = rows.exclude(playlist__person__in=onlooker.people)
    if onlooker.unwanted is not None:
        rows = rows.exclude(head=onlooker.unwanted)
    return rows if (offered or setting_of(FeatureSettings)).playlists else rows.none()


def playlists_found(
    asking: Asking,
    *,
    onlooker: Onlooker = ANYBODY,
    sort: str = Sort.RELEVANCE,
    cursor: str = "",
    size: int = 24,
) -> Page[Playlist]:
    """Return a page of playlists by title or description, with whose they are.

    An empty asking matches everything, the newest first. Raises `CursorRefused`.
    """
    rows = playlists_listed(onlooker)
    if asking.empty or sort == Sort.NEWEST:
        found = rows if asking.empty else rows.filter(head=asking.query())
        shown = Playlist.objects.filter(pk__in=found.values("pk")).select_related("person")
        return page_of(shown, by="created_at", cursor=cursor, size=size)
    near = playlists_near(asking, onlooker=onlooker).select_related("playlist__person")
    page = page_ranked(near, by="score", cursor=cursor, size=size)
    return Page(tuple(row.playlist for row in page.rows), page.next_cursor)


def playlists_near(
    asking: Asking, *, onlooker: Onlooker = ANYBODY, offered: FeatureSettings | None = None
) -> QuerySet[PlaylistSearch]:
    """Return the newest that match, each with how well (`score`)."""
    rows = playlists_listed(onlooker, offered=offered).filter(head=asking.query())
    likely = rows.order_by("-pk").values("pk")[:WEIGHED_MAX]
    rank = Cast(SearchRank(F("head"), asking.query(), weights=WEIGHTS), FloatField())
    return PlaylistSearch.objects.filter(pk__in=likely).annotate(score=Round(rank, 6))


def playlists_match(asking: Asking) -> bool:
    """Say whether everybody finds a playlist."""
    return playlists_listed().filter(head=asking.query()).exists()


def playlists_suggested(
    asking: Asking, *, onlooker: Onlooker = ANYBODY, most: int = 2
) -> list[Playlist]:
    """Return the newest playlists whose titles begin like what is being typed (one query)."""
    rows = playlists_listed(onlooker).filter(head=asking.query()).select_related("playlist__person")
    return [row.playlist for row in rows.order_by("-pk")[:most]]
