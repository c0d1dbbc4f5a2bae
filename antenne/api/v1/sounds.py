"""Sound tracks that are added to a video: other languages, commentaries."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Literal
from uuid import UUID

from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field, StringConstraints

from antenne.api.v1.callers import ApiRequest
from antenne.api.v1.fields import Asked, Text
from antenne.api.v1.gate import MAX_BYTES
from antenne.catalog.selectors.sight import video_owned
from antenne.pipeline.stages.dub import DUB_MAX_BYTES, dub_bring, dub_drop, dubs_of

if TYPE_CHECKING:
    from antenne.pipeline.models import Dub

router = Router(tags=["sounds"])


class SoundAsked(Asked):
    """The language of a sound file, and its name in the menu of the player."""

    language: Annotated[
        str, StringConstraints(max_length=16, pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
    ]
    label: Text = Field(default="", max_length=80)


class SoundOut(Schema):
    """A sound track that was added; the player offers it once it is `ready`."""

    id: UUID
    language: str
    label: str
    state: Literal["waiting", "ready", "refused"]
    created_at: datetime


def _out(dub: Dub, state: str) -> SoundOut:
    return SoundOut.model_validate(
        {
            "id": dub.pk,
            "language": dub.language,
            "label": dub.label,
            "state": state,
            "created_at": dub.created_at,
        }
    )


@router.get("/{public_id}/sounds", response=list[SoundOut])
def sounds_list(request: ApiRequest, public_id: str) -> list[SoundOut]:
    """List the sound tracks that were added to a video that one may edit."""
    video = video_owned(public_id, by=request.auth.person)
    return [_out(shown.dub, shown.state) for shown in dubs_of(video)]


@router.post(
    "/{public_id}/sounds",
    response={201: SoundOut},
    openapi_extra={MAX_BYTES: DUB_MAX_BYTES + 64 * 1024},
)
def sound_add(
    request: ApiRequest,
    public_id: str,
    asked: Annotated[SoundAsked, Form()],
    file: Annotated[UploadedFile, File(description="Any sound, at most 300 MB")],
) -> Status[SoundOut]:
    """Add a sound track to a video that one may edit; it begins with the video."""
    dub = dub_bring(
        by=request.auth.person,
        public_id=public_id,
        filename=file.name or "",
        pieces=file.chunks(),
        **asked.dict(),
    )
    return Status(201, _out(dub, dub.state))


@router.delete("/{public_id}/sounds/{uuid:sound_id}", response={204: None})
def sound_delete(request: ApiRequest, public_id: str, sound_id: UUID) -> Status[None]:
    """Take an added sound track away."""
    dub_drop(by=request.auth.person, public_id=public_id, dub_id=sound_id)
    return Status(204, None)
