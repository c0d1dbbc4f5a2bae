"""Home: what is worth watching now, what one has begun, and everything that is new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from antenne.audience.selectors import watching_on
from antenne.catalog.selectors.categories import categories_used
from antenne.catalog.selectors.trending import videos_trending_for
from antenne.catalog.selectors.videos import videos_newest
from antenne.community.selectors.follows import followed_newest
from antenne.kernel.pagination import Page
from antenne.kernel.strangers import strangers_offer
from antenne.web.cards import Card, CardPage, cards_of
from antenne.web.viewer import onlooker_for, viewer_of

if TYPE_CHECKING:
    from uuid import UUID

    from antenne.accounts.models import Person
    from antenne.catalog.models import Video
    from antenne.catalog.selectors.onlookers import Onlooker

_PAGE: Final = 25
_SHELF: Final = 8
# With fewer videos on the site, the shelf would only repeat the list.
_SHELF_FROM: Final = 12


@dataclass(frozen=True, slots=True)
class Shelf:
    """A row of cards that one can push along, and where there is more of it."""

    key: str
    title: str
    cards: tuple[Card, ...]
    url: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """Videos that are to be a shelf, and the name of the page with more of them."""

    key: str
    title: str
    videos: list[Video]
    page: str

    def shelf(self, cards: dict[UUID, Card]) -> Shelf:
        """Return the shelf, once all cards are counted."""
        shown = tuple(cards[video.pk] for video in self.videos)
        return Shelf(self.key, self.title, shown, reverse(self.page))


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show a video large, shelves of some, and the newest; later pages hold the newest alone."""
    strangers_offer(request)
    after = request.GET.get("after", "")
    page = videos_newest(onlooker_for(request), cursor=after, size=_PAGE)
    viewer = viewer_of(request)
    if after:
        cards = CardPage(cards_of(page.rows, viewer), page.next_cursor)
        return render(request, "browse/home.html", {"page": cards})
    return render(request, "browse/home.html", _front(page, viewer, onlooker_for(request)))


def _front(page: Page[Video], viewer: Person | None, onlooker: Onlooker) -> dict[str, object]:
    """Return what stands on the first page; its cards are counted together."""
    warm = _warm(onlooker)
    warm = warm if len(page.rows) >= _SHELF_FROM else []
    lead = _lead(warm or list(page.rows))
    newest = [video for video in page.rows if lead is None or video.pk != lead.pk]
    rows = [
        *_own_rows(viewer, onlooker),
        Row("trending", _("Trending"), [row for row in warm if row != lead], "trending"),
    ]
    shown = [*filter(None, [lead]), *newest, *(video for row in rows for video in row.videos)]
    cards = {card.video.pk: card for card in cards_of(shown, viewer)}
    return {
        "lead": lead,
        "shelves": [row.shelf(cards) for row in rows if row.videos],
        "categories": categories_used(),
        "page": CardPage(tuple(cards[video.pk] for video in newest), page.next_cursor),
    }


def _lead(videos: list[Video]) -> Video | None:
    """Return the first that has a picture to be shown large, else the first."""
    return next((video for video in videos if video.poster), next(iter(videos), None))


def _own_rows(viewer: Person | None, onlooker: Onlooker) -> list[Row]:
    """Return what *viewer* has begun, and what is new where they subscribe."""
    if viewer is None:
        return []
    begun = [row.video for row in watching_on(viewer, onlooker=onlooker, size=_SHELF)]
    new = followed_newest(viewer, onlooker, size=_SHELF)
    return [
        Row("begun", _("Continue watching"), begun, "history"),
        Row("followed", _("From your subscriptions"), new, "subscriptions"),
    ]


def _warm(onlooker: Onlooker) -> list[Video]:
    language = (get_language() or "").partition("-")[0]
    return videos_trending_for(language, onlooker=onlooker, size=_SHELF + 1)
