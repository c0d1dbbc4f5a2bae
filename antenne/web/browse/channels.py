"""The page of a channel: its head, its videos, what it says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from antenne.catalog.refusals import NotFound
from antenne.catalog.selectors.channels import channel_by_handle, handle_now
from antenne.catalog.selectors.onlookers import ANYBODY
from antenne.catalog.selectors.tallies import tallies_of
from antenne.catalog.selectors.teams import may_edit
from antenne.catalog.selectors.videos import channel_newest, videos_of_channel
from antenne.catalog.states import TallyKind
from antenne.community.selectors.blocks import is_channel_blocked
from antenne.web.cards import CardPage, cards_of
from antenne.web.community.block import follow_block
from antenne.web.viewer import onlooker_for, viewer_of

if TYPE_CHECKING:
    from antenne.catalog.models import Channel


@require_safe
def channel(request: HttpRequest, handle: str) -> HttpResponse:
    """Show a channel and its videos; a handle it had before leads to the one it has."""
    try:
        found = channel_by_handle(handle)
        context = _context(request, found)
    except NotFound as error:
        return handle_moved(request, handle, error)
    return render(request, "browse/channel.html", context)


def _context(request: HttpRequest, found: Channel) -> dict[str, Any]:
    """Return the context of `browse/channel.html`; its people see what is not for all yet."""
    head = channel_head(request, found, tab="videos")
    viewer = head["viewer"]
    onlooker = ANYBODY if head["owned"] else onlooker_for(request).visiting
    after = request.GET.get("after", "")
    page = channel_newest(found, viewer=viewer, onlooker=onlooker, cursor=after)
    featured = None
    if found.featured and not after:
        videos = videos_of_channel(found, viewer=viewer).filter(public_id=found.featured)
        featured = onlooker.of(videos).first()
    cards = cards_of([*page.rows, *filter(None, [featured])], viewer)
    shown = CardPage(cards[: len(page.rows)], page.next_cursor)
    return {**head, "page": page, "cards": shown, "featured": featured}


@require_safe
def about(request: HttpRequest, handle: str) -> HttpResponse:
    """Show what a channel says of itself."""
    try:
        found = channel_by_handle(handle)
    except NotFound as error:
        return handle_moved(request, handle, error)
    return render(request, "browse/channel_about.html", channel_head(request, found, tab="about"))


def channel_head(request: HttpRequest, found: Channel, *, tab: str) -> dict[str, Any]:
    """Return what `browse/_channel_head.html` asks for, of every page of a channel."""
    viewer = viewer_of(request)
    counted = tallies_of([found.pk]).get(found.pk, {})
    return {
        "channel": found,
        "viewer": viewer,
        "owned": may_edit(viewer, found),
        "followers": counted.get(TallyKind.FOLLOWERS, 0),
        "follow": follow_block(found, viewer, count=counted.get(TallyKind.FOLLOWERS, 0)),
        "blocked": is_channel_blocked(found, by=viewer),
        "tab": tab,
    }


def handle_moved(request: HttpRequest, handle: str, error: NotFound) -> HttpResponse:
    """Lead from a handle that a channel had before to its page now; else it is not found."""
    now = handle_now(handle)
    if not now:
        raise error
    name = request.resolver_match.view_name if request.resolver_match else "channel"
    return moved_to(reverse(name, args=[now]))


def moved_to(path: str) -> HttpResponse:
    """Lead on for good; asked for anew each time, since a handle may be taken back."""
    answer = redirect(path, permanent=True)
    patch_cache_control(answer, no_cache=True)
    return answer
