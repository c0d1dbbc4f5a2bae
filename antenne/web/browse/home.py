"""Home: what is worth watching now, what one has begun, and everything that is new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from antenne.catalog.selectors.categories import categories_used
from antenne.catalog.selectors.trending import videos_trending_for
from antenne.catalog.selectors.videos import videos_public
from antenne.kernel.pagination import CursorRefused, Page, page_of
from antenne.web.cards import Card, CardPage, cards_of
from antenne.web.viewer import viewer_of

if TYPE_CHECKING:
    from antenne.accounts.models import Person
    from antenne.catalog.models import Video

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


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show a video large, shelves of some, and the newest; later pages hold the newest alone."""
    after = request.GET.get("after", "")
    try:
        page = page_of(videos_public(), by="published_at", cursor=after, size=_PAGE)
    except CursorRefused as error:
        raise Http404 from error
    viewer = viewer_of(request)
    if after:
        cards = CardPage(cards_of(page.rows, viewer), page.next_cursor)
        return render(request, "browse/home.html", {"page": cards})
    return render(request, "browse/home.html", _front(page, viewer))


def _front(page: Page[Video], viewer: Person | None) -> dict[str, object]:
    """Return what stands on the first page; its cards are counted together."""
    warm = _warm()
    warm = warm if len(page.rows) >= _SHELF_FROM else []
    lead = warm[0] if warm else next(iter(page.rows), None)
    shelf = warm[1 : _SHELF + 1]
    newest = [video for video in page.rows if lead is None or video.pk != lead.pk]
    cards = {card.video.pk: card for card in cards_of([*shelf, *newest], viewer)}
    trending = Shelf(
        "trending",
        _("Trending"),
        tuple(cards[video.pk] for video in shelf),
        reverse("trending"),
    )
    return {
        "lead": lead,
        "shelves": [trending] if shelf else [],
        "categories": categories_used(),
        "page": CardPage(tuple(cards[video.pk] for video in newest), page.next_cursor),
    }


def _warm() -> list[Video]:
    language = (get_language() or "").partition("-")[0]
    return videos_trending_for(language, size=_SHELF + 1)
