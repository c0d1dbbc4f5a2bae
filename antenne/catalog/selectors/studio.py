"""The list of a person's videos as the studio shows it: filtered, sorted, page by page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from django.db.models import Q

from antenne.catalog.selectors.tallies import tallies_of
from antenne.catalog.selectors.teams import videos_with
from antenne.catalog.states import Power, TallyKind
from antenne.kernel.pagination import Page, page_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from antenne.accounts.models import Person
    from antenne.catalog.models import Video

SORTS: Final = {"created": "created_at", "published": "published_at", "changed": "updated_at"}
SIZE: Final = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which videos a list holds; what is empty does not narrow it."""

    text: str = ""
    channel: str = ""
    state: str = ""
    visibility: str = ""
    since: date | None = None
    until: date | None = None
    sort: str = "created"


@dataclass(frozen=True, slots=True)
class StudioRow:
    """One video of the list with what is counted of it."""

    video: Video
    views: int
    likes: int
    comments: int


@dataclass(frozen=True, slots=True)
class StudioPage:
    """One page of the list and the cursor of the next, empty at the end."""

    rows: tuple[StudioRow, ...]
    next_cursor: str


def studio_page(person: Person, wanted: Wanted, *, cursor: str = "") -> StudioPage:
    """Return a page of the videos that a person may change (three queries, however many).

    Raises `CursorRefused`.
    """
    column = SORTS.get(wanted.sort, SORTS["created"])
    page: Page[Video] = page_of(
        _narrowed(person, wanted, column), by=column, cursor=cursor, size=SIZE
    )
    counted = tallies_of(video.pk for video in page.rows)
    rows = []
    for video in page.rows:
        tally = counted.get(video.pk, {})
        rows.append(
            StudioRow(
                video=video,
                views=tally.get(TallyKind.VIEWS, 0),
                likes=tally.get(TallyKind.LIKES, 0),
                comments=tally.get(TallyKind.COMMENTS, 0),
            )
        )
    return StudioPage(rows=tuple(rows), next_cursor=page.next_cursor)


def _narrowed(person: Person, wanted: Wanted, column: str) -> QuerySet[Video]:
    rows = videos_with(person, Power.EDIT)
    if column == SORTS["published"]:
        rows = rows.filter(published_at__isnull=False)
    if wanted.channel:
        rows = rows.filter(channel__handle__iexact=wanted.channel)
    if wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.visibility:
        rows = rows.filter(visibility=wanted.visibility)
    if wanted.since:
        rows = rows.filter(created_at__date__gte=wanted.since)
    if wanted.until:
        rows = rows.filter(created_at__date__lte=wanted.until)
    for word in wanted.text.split()[:8]:
        rows = rows.filter(
            Q(title__icontains=word)
            | Q(description__icontains=word)
            | Q(tags__contains=[word.lower()])
        )
    return rows


def studio_chosen(person: Person, public_ids: Iterable[str]) -> QuerySet[Video]:
    """Return those of some videos that a person may delete, by title."""
    rows = videos_with(person, Power.MANAGE).filter(public_id__in=list(public_ids))
    return rows.order_by("title", "pk")
