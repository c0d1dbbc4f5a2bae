"""The search page, and what is suggested while somebody types."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from antenne.catalog.asking import Asking, asking_prefix, asking_read
from antenne.catalog.selectors.categories import categories_used, languages_used, tags_warm
from antenne.catalog.selectors.playlist_search import (
    playlists_found,
    playlists_match,
    playlists_suggested,
)
from antenne.catalog.selectors.search import (
    Kind,
    Sort,
    channels_found,
    channels_match,
    channels_suggested,
    videos_found,
    videos_suggested,
)
from antenne.catalog.selectors.translations import translated
from antenne.catalog.selectors.words import asking_meant, video_matches, words_completing
from antenne.community.selectors.beside import beside_found
from antenne.community.selectors.search import (
    groups_found,
    groups_match,
    groups_suggested,
    posts_found,
    posts_match,
)
from antenne.web.browse.results import Found, Results, results_shown
from antenne.web.browse.search_forms import SearchAsked, search_asked
from antenne.web.viewer import onlooker_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from antenne.catalog.selectors.onlookers import Onlooker

_FEW: Final = 3
_SUGGESTED_S: Final = 60
# These are shown without anything being asked: all there are.
_LISTED: Final = (Kind.CHANNEL, Kind.PLAYLIST, Kind.POST, Kind.GROUP)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what is found, or where to begin."""
    asked = search_asked(request.GET, languages=languages_used())
    asking = asking_read(asked.text)
    if asking.empty and asked.narrowing.empty and asked.kind not in _LISTED:
        start = {"asked": asked, "categories": categories_used(), "tags": tags_warm()}
        return render(request, "browse/search.html", start)
    results = results_of(asked, asking, onlooker_for(request))
    return render(request, "browse/search.html", {"asked": asked, "results": results})


def results_of(asked: SearchAsked, asking: Asking, onlooker: Onlooker) -> Results:
    """Return a page of what was asked for; where nothing is found, of what was probably meant."""
    look, viewer = Look(asked, onlooker), onlooker.person
    found = look.found(asking)
    if asked.after or asking.empty or found.count >= _FEW:
        return results_shown(found, asking, viewer)
    meant = asking_meant(asking)
    if meant is None:
        return results_shown(found, asking, viewer)
    if found.count:
        said = meant.text if look.matches(meant) else ""
        return results_shown(found, asking, viewer, meant=said)
    instead = look.found(meant)
    if instead.count or look.matches(meant):
        return results_shown(instead, meant, viewer, instead=meant.text)
    return results_shown(found, asking, viewer)


@dataclass(frozen=True, slots=True)
class Look:
    """One search: what is asked of it, by whom."""

    asked: SearchAsked
    onlooker: Onlooker

    def found(self, asking: Asking) -> Found:
        """Return a page of what is asked for."""
        ways = {
            Kind.CHANNEL: self._channels,
            Kind.PLAYLIST: self._playlists,
            Kind.GROUP: self._groups,
            Kind.POST: self._posts,
        }
        way = ways.get(Kind(self.asked.kind)) if self.asked.kind else None
        return way(asking) if way else self._videos(asking)

    def _channels(self, asking: Asking) -> Found:
        page = channels_found(asking, onlooker=self.onlooker, cursor=self.asked.after)
        return Found(channels=page.rows, next_cursor=page.next_cursor)

    def _playlists(self, asking: Asking) -> Found:
        page = playlists_found(
            asking,
            onlooker=self.onlooker,
            sort=self.asked.sort or Sort.RELEVANCE,
            cursor=self.asked.after,
        )
        return Found(playlists=page.rows, next_cursor=page.next_cursor)

    def _groups(self, asking: Asking) -> Found:
        page = groups_found(asking, onlooker=self.onlooker, cursor=self.asked.after)
        return Found(groups=page.rows, next_cursor=page.next_cursor)

    def _posts(self, asking: Asking) -> Found:
        page = posts_found(
            asking,
            onlooker=self.onlooker,
            since=self.asked.narrowing.since,
            sort=self.asked.sort or Sort.RELEVANCE,
            cursor=self.asked.after,
        )
        return Found(posts=page.rows, next_cursor=page.next_cursor)

    def _videos(self, asking: Asking) -> Found:
        asked = self.asked
        page = videos_found(
            asking,
            replace(asked.narrowing, onlooker=self.onlooker),
            sort=asked.sort or Sort.RELEVANCE,
            spoken=asked.kind == Kind.MOMENT and not asking.empty,
            cursor=asked.after,
        )
        found = Found(videos=page.rows, next_cursor=page.next_cursor)
        if asked.kind or asked.after or asking.empty or not asked.narrowing.empty:
            return found
        beside = beside_found(asking, onlooker=self.onlooker)
        return replace(
            found,
            channels=beside.channels,
            playlists=beside.playlists,
            groups=beside.groups,
            posts=beside.posts,
            sizes=beside.sizes,
            photos=beside.photos,
        )

    def matches(self, asking: Asking) -> bool:
        """Say whether something of the kind that is asked for is found."""
        ways: dict[Kind, Callable[[Asking], bool]] = {
            Kind.CHANNEL: channels_match,
            Kind.PLAYLIST: playlists_match,
            Kind.GROUP: groups_match,
            Kind.POST: partial(posts_match, onlooker=self.onlooker),
        }
        wanted = [Kind(self.asked.kind)] if self.asked.kind else [Kind.VIDEO, *_LISTED]
        return any(ways.get(kind, video_matches)(asking) for kind in wanted)


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """List how what is being typed may go on: words, channels, playlists, groups, titles."""
    asking = asking_prefix(request.GET.get("q", ""))
    context: dict[str, object] = {"asking": asking}
    if not asking.empty and len(asking.text) > 1:
        onlooker = onlooker_for(request)
        videos = videos_suggested(asking, onlooker=onlooker)
        translated(videos, get_language() or "")
        context |= {
            "words": words_completing(asking),
            "channels": channels_suggested(asking, onlooker=onlooker),
            "groups": groups_suggested(asking),
            "playlists": playlists_suggested(asking, onlooker=onlooker),
            "videos": videos,
        }
    response = render(request, "browse/_suggestions.html", context)
    response["Cache-Control"] = f"private, max-age={_SUGGESTED_S}"
    return response
