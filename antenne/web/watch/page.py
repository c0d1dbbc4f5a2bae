"""What stands on the page of a video, gathered in a constant number of queries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.translation import get_language

from antenne.catalog.selectors.translations import translated
from antenne.web.chapters import chapters_shown
from antenne.web.community.block import community_block
from antenne.web.viewer import viewer_of
from antenne.web.watch.block import player_block
from antenne.web.watch.meta import page_meta
from antenne.web.watch.onward import onward_of, videos_next

if TYPE_CHECKING:
    from antenne.catalog.models import Video


def watch_context(request: HttpRequest, video: Video, *, owned: bool) -> dict[str, Any]:
    """Return the context of `watch/watch.html` for somebody who may watch *video*."""
    viewer = viewer_of(request)
    chapters = chapters_shown(video)
    following = videos_next(video)
    translated([video, *following], get_language() or "")
    onward = onward_of(request, video, following, viewer=viewer)
    community = community_block(video, viewer)
    return {
        "video": video,
        "owned": owned,
        "player": player_block(request, video, chapters, onward=onward),
        "meta": page_meta(request, video, chapters),
        "chapters": chapters,
        "tallies": community.tallies,
        "community": community,
        "next": following,
        "playlist": onward.playlist,
        "window": onward.window,
    }
