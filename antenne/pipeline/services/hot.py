"""The AV1 ladder of a stream: it goes on offer whole, or not at all."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Final

from antenne.pipeline.models import Rendition, Stream, Unit
from antenne.pipeline.playlists import Shown
from antenne.pipeline.states import RenditionState, UnitState, Wave

# What saves less than this is not worth being kept beside the first encode.
_SHARE_MOST: Final = 0.85
_LOG = logging.getLogger(__name__)


def hot_whole(shown: Sequence[Shown]) -> bool:
    """Say whether a ladder in AV1 was planned and all of it is there."""
    hot = [each for each in shown if each.rendition.wave == Wave.HOT]
    return bool(hot) and all(each.ended for each in hot)


def hot_settle(*, stream: Stream, shown: Sequence[Shown]) -> None:
    """Give up the AV1 ladder of a stream where a part of it failed, or where it saves too little.

    Its objects are deleted as those of every retired rendition; it is not tried again.
    """
    hot = [each for each in shown if each.rendition.wave == Wave.HOT]
    new = [each for each in hot if not each.rendition.published_chunks]
    failed = any(each.rendition.state == RenditionState.DEAD for each in hot)
    if not failed and not (new and hot_whole(shown) and _saves_little(shown)):
        return
    _LOG.warning("AV1 of %s: %s", stream.pk, "a unit was given up" if failed else "saves little")
    Unit.objects.filter(stream=stream, wave=Wave.HOT).exclude(state=UnitState.DEAD).delete()
    Rendition.objects.filter(stream=stream, wave=Wave.HOT).update(state=RenditionState.RETIRED)
    for each in hot:
        each.rendition.state = RenditionState.RETIRED


def _saves_little(shown: Sequence[Shown]) -> bool:
    """Say whether AV1 takes nearly the bytes of the same sizes in H.264."""
    hot: dict[tuple[int, int], int] = {}
    others: dict[tuple[int, int], int] = {}
    for each in shown:
        if each.rendition.kind == "video":
            sizes = hot if each.rendition.wave == Wave.HOT else others
            size_bytes = sum(chunk.size_bytes for chunk in each.chunks)
            sizes[each.rendition.width_px, each.rendition.height_px] = size_bytes
    both = hot.keys() & others.keys()
    return sum(hot[size] for size in both) > _SHARE_MOST * sum(others[size] for size in both)
