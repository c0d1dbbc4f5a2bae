"""What stands on the page of a video, gathered in a constant number of queries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.http import HttpRequest
from django.urls import reverse

from antenne.catalog.selectors.videos import videos_public
from antenne.web.chapters import chapters_shown
from antenne.web.community.block import community_block
from antenne.web.viewer import viewer_of
from antenne.web.watch.block import NOWHERE, Onward, player_block
from antenne.web.watch.meta import page_meta

if TYPE_CHECKING:
    from antenne.catalog.models import Video

NEXT_SIZE: Final = 12


def watch_context(request: HttpRequest, video: Video, *, owned: bool) -> dict[str, Any]:
    """Return the context of `watch/watch.html` for somebody who may watch *video*."""
    chapters = chapters_shown(video)
    following = videos_next(video)
    community = community_block(video, viewer_of(request))
    return {
        "video": video,
        "owned": owned,
        "player": player_block(request, video, chapters, onward=_onward(following)),
        "meta": page_meta(request, video, chapters),
        "chapters": chapters,
        "tallies": community.tallies,
        "community": community,
        "next": following,
    }


def _onward(following: list[Video]) -> Onward:
    if not following:
        return NOWHERE
    return Onward(video=following[0], url=reverse("watch", args=[following[0].public_id]))


def videos_next(video: Video) -> list[Video]:
    """Return public videos to go on with: the newest others."""
    return list(videos_public().exclude(pk=video.pk).order_by("-published_at", "-pk")[:NEXT_SIZE])
