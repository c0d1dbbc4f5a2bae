"""The poster of a video: a moment of it, or an image that its owner brings."""

from __future__ import annotations

from typing import Annotated

from django.utils.translation import gettext as _
from ninja import File, Form, Router, Status
from ninja.files import UploadedFile
from pydantic import Field

from antenne.api.problems import Fault, Problem
from antenne.api.v1.callers import ApiRequest
from antenne.api.v1.fields import Asked
from antenne.api.v1.schemas import VideoOut, video_out
from antenne.ffmpeg.posters import IMAGE_MAX_BYTES
from antenne.pipeline.stages.poster import poster_ask, poster_bring, poster_reset

router = Router(tags=["videos"])


class PosterAsked(Asked):
    """A moment of the video in milliseconds; left out where a file is sent."""

    at_ms: int | None = Field(default=None, ge=0, le=2**53)


@router.post("/{public_id}/poster", response={200: VideoOut, 202: VideoOut})
def poster_choose(
    request: ApiRequest,
    public_id: str,
    asked: Annotated[PosterAsked, Form()],
    file: Annotated[
        UploadedFile | None, File(description="JPEG, PNG or WebP; cut to the video's shape")
    ] = None,
) -> Status[VideoOut]:
    """Choose the poster of one's own video: an image at once, a moment within seconds (202)."""
    person = request.auth.person
    if (file is None) == (asked.at_ms is None):
        words = _("Send either a file or a moment.")
        raise Problem("invalid", faults=(Fault("form.at_ms", "one_of", words),))
    if file is None:
        video = poster_ask(by=person, public_id=public_id, at_ms=asked.at_ms or 0)
        return Status(202, video_out(request, video))
    if (file.size or 0) > IMAGE_MAX_BYTES:
        raise Problem("too-large")
    video = poster_bring(by=person, public_id=public_id, data=file.read())
    return Status(200, video_out(request, video))


@router.delete("/{public_id}/poster", response=VideoOut)
def poster_forget(request: ApiRequest, public_id: str) -> VideoOut:
    """Show again the poster that was made from the file."""
    return video_out(request, poster_reset(by=request.auth.person, public_id=public_id))
