"""What stands on the page of a video, gathered in a constant number of queries."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.translation import get_language

from antenne.audience.selectors.history import tallies_and_positions
from antenne.catalog.selectors.elsewhere import may_download
from antenne.catalog.selectors.translations import translated
from antenne.catalog.states import State
from antenne.kernel.clock import now
from antenne.pipeline.chapters import chapters_shown
from antenne.web.cards import cards_of, cards_with
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
    following = videos_next(request, video)
    shown = [video, *following]
    translated(shown, get_language() or "")
    keys = [each.pk for each in shown]
    counted, left_ms = tallies_and_positions([*keys, video.channel_id], viewer=viewer)
    onward = onward_of(request, video, following, viewer=viewer)
    community = community_block(video, viewer, counted)
    return {
        "video": video,
        "owned": owned,
        "player": player_block(
            request,
            video,
            chapters,
            onward=onward,
            owned=owned,
            resume_ms=left_ms.get(video.pk, 0),
        ),
        "meta": page_meta(request, video, chapters),
        "chapters": chapters,
        "tallies": community.tallies,
        "community": community,
        "next": cards_with(following, counted, left_ms),
        "queue": onward.queue,
        "can_download": may_download(video, owned=owned) and video.state == State.READY,
    }


def premiere_context(request: HttpRequest, video: Video) -> dict[str, Any]:
    """Return the context of `watch/premiere.html`: what may be known before the moment."""
    left = video.publish_at - now() if video.publish_at else timedelta()
    following = videos_next(request, video)
    return {
        "video": video,
        "left_s": max(0, round(left.total_seconds())),
        "channel": video.channel,
        "community": community_block(video, viewer_of(request)),
        "meta": page_meta(request, video, ()),
        "next": cards_of(following, viewer_of(request)),
    }
