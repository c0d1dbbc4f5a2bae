"""At any time: what many people watch is encoded again in AV1, which takes fewer bytes.

It costs several times the work of the first encode, so it is done for the warmest video only, one
at a time, after everything else in the lane.
"""

from __future__ import annotations

from typing import Final

from django.db import transaction

from antenne.catalog.selectors.trending import heat_of
from antenne.custody.selectors import setting_of
from antenne.custody.settings import LimitsSettings
from antenne.ffmpeg.plan import av1_plan
from antenne.ffmpeg.probe import Probe
from antenne.pipeline.models import Stream
from antenne.pipeline.plans import scan_of
from antenne.pipeline.selectors import stream_hottest, units_hot
from antenne.pipeline.services.renditions import picture_add, span_add
from antenne.pipeline.states import Wave

_PRIORITY: Final = 0


@transaction.atomic
def hot_begin() -> None:
    """Plan AV1 for the warmest complete video that has none, where nothing of the kind is going on.

    Nothing happens while the site's threshold is 0.
    """
    views_daily = setting_of(LimitsSettings).av1_views_daily
    if not views_daily or units_hot().exists():
        return
    stream = stream_hottest(heat_of(views_daily))
    if stream is not None:
        hot_plan(stream)


def hot_plan(stream: Stream) -> None:
    """Plan a whole ladder in AV1, which enters the master once all of it is there."""
    probe, scan = Probe.from_json(stream.upload.probe or {}), scan_of(stream.upload)
    starts: list[int] = stream.plan.get("segment_starts", [])
    if probe.video is None or scan is None or not starts:
        return
    plan = av1_plan(probe, scan, starts)
    for rung in plan.rungs:
        row = picture_add(stream=stream, rung=rung, wave=Wave.HOT, name=f"a{rung.name}")
        row.rung["track"] = rung.group
        row.save(update_fields=["rung"])
    for unit in plan.units:
        span_add(stream=stream, unit=unit, wave=Wave.HOT, priority=_PRIORITY, track=unit.group)
