"""Caption tracks of a video."""

from __future__ import annotations

from typing import Annotated, Final
from uuid import UUID

from ninja import File, Form, Router, Status
from ninja.files import UploadedFile
from pydantic import Field, StringConstraints

from antenne.api.problems import Problem
from antenne.api.v1.callers import ANYBODY, ApiRequest
from antenne.api.v1.fields import Asked, Text
from antenne.api.v1.schemas import CaptionOut, caption_out
from antenne.catalog.selectors.captions import captions_of
from antenne.catalog.selectors.sight import video_open
from antenne.pipeline.stages.captions import caption_bring, caption_drop

router = Router(tags=["captions"])
CAPTIONS_MAX_BYTES: Final = 4 * 1024 * 1024


class CaptionAsked(Asked):
    """What a caption file is called; a track of the same language and label is replaced."""

    language: Annotated[
        str, StringConstraints(max_length=16, pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
    ]
    label: Text = Field(default="", max_length=80)


@router.get("/{public_id}/captions", response=list[CaptionOut], **ANYBODY)
def captions_list(request: ApiRequest, public_id: str) -> list[CaptionOut]:
    """List the caption tracks of a video."""
    video = video_open(public_id, viewer=request.auth.viewer)
    return [caption_out(row) for row in captions_of(video)]


@router.post("/{public_id}/captions", response={201: CaptionOut})
def caption_add(
    request: ApiRequest,
    public_id: str,
    asked: Annotated[CaptionAsked, Form()],
    file: Annotated[UploadedFile, File(description="SubRip, WebVTT or ASS")],
) -> Status[CaptionOut]:
    """Add a caption track to a video of one's own."""
    if (file.size or 0) > CAPTIONS_MAX_BYTES:
        raise Problem("too-large")
    caption = caption_bring(
        by=request.auth.person,
        public_id=public_id,
        filename=file.name or "",
        data=file.read(),
        **asked.dict(),
    )
    return Status(201, caption_out(caption))


@router.delete("/{public_id}/captions/{uuid:caption_id}", response={204: None})
def caption_delete(request: ApiRequest, public_id: str, caption_id: UUID) -> Status[None]:
    """Take a caption track of one's own video away."""
    caption_drop(by=request.auth.person, public_id=public_id, caption_id=caption_id)
    return Status(204, None)
