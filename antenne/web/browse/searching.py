"""The search page, and what is suggested while somebody types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from antenne.catalog.asking import Asking, asking_prefix, asking_read
from antenne.catalog.selectors.categories import categories_used, languages_used, tags_warm
from antenne.catalog.selectors.search import (
    Kind,
    Moment,
    Sort,
    channels_found,
    channels_suggested,
    moments_found,
    videos_found,
    videos_suggested,
)
from antenne.catalog.selectors.words import asking_corrected, words_completing, words_marked
from antenne.kernel.pagination import CursorRefused, Page
from antenne.web.browse.search_forms import SearchAsked, search_asked
from antenne.web.cards import Card, cards_of
from antenne.web.marks import Marks
from antenne.web.viewer import viewer_of

if TYPE_CHECKING:
    from antenne.accounts.models import Person
    from antenne.catalog.models import ChannelSearch, Video

_FEW: Final = 3
_CHANNELS_BESIDE: Final = 3
_SUGGESTED_S: Final = 60


@dataclass(frozen=True, slots=True)
class MomentShown:
    """A moment whose words are marked."""

    start_ms: int
    start_s: int
    html: SafeString


@dataclass(frozen=True, slots=True)
class Result:
    """A video that was found: its card, and where the words stand in it."""

    card: Card
    title_html: SafeString
    part_html: SafeString
    moments: tuple[MomentShown, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """A page of what was found; `instead` is what was looked for where nothing was found."""

    videos: tuple[Result, ...] = ()
    channels: tuple[ChannelSearch, ...] = ()
    next_cursor: str = ""
    meant: str = ""
    instead: str = ""

    @property
    def empty(self) -> bool:
        """Say whether nothing was found."""
        return not (self.videos or self.channels)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what is found, or where to begin."""
    asked = search_asked(request.GET, languages=languages_used())
    asking = asking_read(asked.text)
    if asking.empty and asked.narrowing.empty and asked.kind != Kind.CHANNEL:
        start = {"asked": asked, "categories": categories_used(), "tags": tags_warm()}
        return render(request, "browse/search.html", start)
    try:
        results = results_of(asked, asking, viewer_of(request))
    except CursorRefused as error:
        raise Http404 from error
    return render(request, "browse/search.html", {"asked": asked, "results": results})


def results_of(asked: SearchAsked, asking: Asking, viewer: Person | None) -> Results:
    """Return a page of what was asked for; where nothing is found, of what was probably meant."""
    if asked.kind == Kind.CHANNEL:
        found = channels_found(asking, cursor=asked.after)
        return Results(channels=found.rows, next_cursor=found.next_cursor)
    videos, channels = _found(asked, asking)
    if asked.after or asking.empty or len(videos.rows) + len(channels) >= _FEW:
        return _results(videos, channels, asking, viewer)
    meant = asking_corrected(asking)
    if meant is None or videos.rows or channels:
        return _results(videos, channels, asking, viewer, meant=meant.text if meant else "")
    videos, channels = _found(asked, meant)
    return _results(videos, channels, meant, viewer, instead=meant.text)


def _found(asked: SearchAsked, asking: Asking) -> tuple[Page[Video], tuple[ChannelSearch, ...]]:
    videos = videos_found(
        asking,
        asked.narrowing,
        sort=asked.sort or Sort.RELEVANCE,
        spoken=asked.kind == Kind.MOMENT and not asking.empty,
        cursor=asked.after,
    )
    beside = not (asked.kind or asked.after or asking.empty) and asked.narrowing.empty
    channels = channels_found(asking, size=_CHANNELS_BESIDE).rows if beside else ()
    return videos, channels


def _results(
    videos: Page[Video],
    channels: tuple[ChannelSearch, ...],
    asking: Asking,
    viewer: Person | None,
    **corrected: str,
) -> Results:
    moments = moments_found(asking, videos.rows)
    texts = [text for video in videos.rows for text in (video.title, video.description)]
    texts += [moment.text for each in moments.values() for moment in each]
    words = words_marked(asking, texts) if texts and asking.words else ()
    marks = Marks(words, asking.stretches)
    rows = tuple(
        _result(card, moments.get(card.video.pk, []), marks)
        for card in cards_of(videos.rows, viewer)
    )
    return Results(rows, channels, videos.next_cursor, **corrected)


def _result(card: Card, moments: list[Moment], marks: Marks) -> Result:
    shown = (MomentShown(each.start_ms, each.start_s, marks.html(each.text)) for each in moments)
    return Result(
        card, marks.html(card.video.title), marks.part(card.video.description), tuple(shown)
    )


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """List how what is being typed may go on: words, channels, titles."""
    asking = asking_prefix(request.GET.get("q", ""))
    context: dict[str, object] = {"asking": asking}
    if not asking.empty and len(asking.text) > 1:
        context |= {
            "words": words_completing(asking),
            "channels": channels_suggested(asking),
            "videos": videos_suggested(asking),
        }
    response = render(request, "browse/_suggestions.html", context)
    response["Cache-Control"] = f"max-age={_SUGGESTED_S}"
    return response
