"""What a video is called in further languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from ninja import Router, Schema, Status
from pydantic import Field, StringConstraints

from antenne.api.v1.callers import ANYBODY, ApiRequest
from antenne.api.v1.fields import Asked, Text, Title
from antenne.catalog.selectors.sight import video_open
from antenne.catalog.selectors.translations import translations_of
from antenne.catalog.services.translations import translation_drop, translation_put

if TYPE_CHECKING:
    from antenne.catalog.models import VideoTranslation

router = Router(tags=["translations"])
Tongue = Annotated[
    str, StringConstraints(max_length=8, pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,4})?$")
]


class TranslationAsked(Asked):
    """A title and a description in one language."""

    title: Title
    description: Text = Field(default="", max_length=10_000)


class TranslationOut(Schema):
    """What a video is called in one language."""

    language: str
    title: str
    description: str


def _out(row: VideoTranslation) -> TranslationOut:
    return TranslationOut(language=row.language, title=row.title, description=row.description)


@router.get("/{public_id}/translations", response=list[TranslationOut], **ANYBODY)
def translations_list(request: ApiRequest, public_id: str) -> list[TranslationOut]:
    """List what a video is called in further languages."""
    video = video_open(public_id, viewer=request.auth.viewer)
    return [_out(row) for row in translations_of(video)]


@router.put("/{public_id}/translations/{language}", response=TranslationOut)
def translation_write(
    request: ApiRequest, public_id: str, language: Tongue, asked: TranslationAsked
) -> TranslationOut:
    """Say what a video that one may edit is called in a language."""
    person, said = request.auth.person, asked.dict()
    return _out(translation_put(by=person, public_id=public_id, language=language, **said))


@router.delete("/{public_id}/translations/{language}", response={204: None})
def translation_delete(request: ApiRequest, public_id: str, language: Tongue) -> Status[None]:
    """Forget what a video is called in a language."""
    translation_drop(by=request.auth.person, public_id=public_id, language=language)
    return Status(204, None)
