"""Cutting parts out of a video, and going back to the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ninja import Router, Schema, Status
from pydantic import Field

from antenne.api.v1.callers import ApiRequest
from antenne.api.v1.fields import Asked
from antenne.catalog.selectors.sight import video_owned
from antenne.pipeline.chapters import chapter_rows
from antenne.pipeline.services.cuts import ranges_of
from antenne.pipeline.stages.cut import cut_ask, cut_of, cut_pending, cut_undo

if TYPE_CHECKING:
    from antenne.catalog.models import Video

router = Router(tags=["cuts"])


class RangeAsked(Asked):
    """A part that stays, in the time of what plays now."""

    start_ms: int = Field(ge=0, le=2**40)
    end_ms: int = Field(ge=0, le=2**40)


class CutAsked(Asked):
    """The parts that stay; everything else is left out."""

    ranges: list[RangeAsked] = Field(min_length=1, max_length=100)


class RangeOut(Schema):
    """A part of the whole file that is shown."""

    start_ms: int
    end_ms: int


class CutOut(Schema):
    """What is cut out; `ranges` is in the time of the whole file and empty where all of it plays.

    `pending` says that another version is on its way.
    """

    ranges: list[RangeOut]
    pending: bool


def _out(video: Video) -> CutOut:
    played = cut_of(video)
    shown = ranges_of(played) if played else None
    ranges = [RangeOut(start_ms=start, end_ms=end) for start, end in shown or ()]
    return CutOut(ranges=ranges, pending=cut_pending(video))


@router.get("/{public_id}/cut", response=CutOut)
def cut_read(request: ApiRequest, public_id: str) -> CutOut:
    """Read which parts of a video that one may edit are shown."""
    return _out(video_owned(public_id, by=request.auth.person))


@router.put("/{public_id}/cut", response={202: CutOut})
def cut_put(request: ApiRequest, public_id: str, asked: CutAsked) -> Status[CutOut]:
    """Keep some parts only; what plays now plays until the cut is on the air."""
    video = video_owned(public_id, by=request.auth.person)
    ranges = [(each.start_ms, each.end_ms) for each in asked.ranges]
    chapters = chapter_rows(video)
    cut_ask(by=request.auth.person, public_id=public_id, ranges=ranges, chapters=chapters)
    return Status(202, _out(video))


@router.delete("/{public_id}/cut", response={202: CutOut})
def cut_drop(request: ApiRequest, public_id: str) -> Status[CutOut]:
    """Go back to the whole file."""
    cut_undo(by=request.auth.person, public_id=public_id)
    return Status(202, _out(video_owned(public_id, by=request.auth.person)))
