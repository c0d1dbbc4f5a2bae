"""Videos: what is there, and what their owners do with them."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Literal

from ninja import Query, Router, Status
from pydantic import Field

from antenne.api.v1.callers import ANYBODY, ANYBODY_ALIKE, ApiRequest, onlooker_for
from antenne.api.v1.fields import (
    Asked,
    Bytes,
    Filename,
    Handle,
    Language,
    Moment,
    Password,
    Text,
    Title,
)
from antenne.api.v1.narrowing import Narrowed
from antenne.api.v1.schemas import BegunOut, Listed, VideoOut, begun_out, listed, video_out
from antenne.catalog.asking import Asking
from antenne.catalog.selectors.search import videos_found
from antenne.catalog.selectors.sight import video_open
from antenne.catalog.selectors.videos import videos_newest
from antenne.catalog.services.details import Details
from antenne.catalog.services.videos import video_edit, video_embedding_set, video_remove
from antenne.catalog.services.visibility import Showing, visibility_set
from antenne.catalog.states import Category, Commenting, Embedding, Geo, Licence, Visibility
from antenne.pipeline.stages.upload import upload_begin_for, upload_replace

router = Router(tags=["videos"])


class ShowingAsked(Asked):
    """Who may watch: `publish_at` belongs to `scheduled`, `password` to `password`."""

    visibility: Visibility = Visibility.PUBLIC
    publish_at: Moment | None = None
    password: Password = ""

    def showing(self) -> Showing:
        """Return what the catalog understands."""
        return Showing(self.visibility, self.publish_at, self.password)

    def showing_said(self) -> Showing | None:
        """Return the same, or None where the caller left it to the channel's defaults."""
        return self.showing() if "visibility" in self.model_fields_set else None


class VideoAsked(ShowingAsked):
    """A video to make, and the file that will come."""

    filename: Filename
    size_bytes: Bytes | None = None
    title: Title | None = None
    channel: Handle | None = None


class FileAsked(Asked):
    """Another file for a video."""

    filename: Filename
    size_bytes: Bytes | None = None


class ChapterAsked(Asked):
    """A named part of a video."""

    start_ms: int = Field(ge=0, le=2**40)
    title: Text = Field(max_length=200)


class DetailsAsked(Asked):
    """What is said of a video beyond its words."""

    category: Category | Literal[""] | None = None
    tags: list[Text] | None = Field(default=None, max_length=100)
    licence: Licence | None = None
    sensitive: bool | None = None
    commenting: Commenting | None = None
    slow_mode_s: int | None = Field(default=None, ge=0, le=3600)
    downloadable: bool | None = None
    premiere: bool | None = None
    geo: Geo | None = None
    geo_countries: list[Text] | None = Field(default=None, max_length=300)
    chapters: list[ChapterAsked] | None = Field(default=None, max_length=500)


class VideoEdited(DetailsAsked):
    """What to change; what is left out stays."""

    title: Title | None = None
    description: Text | None = Field(default=None, max_length=10_000)
    language: Language | None = None


class EmbeddingAsked(Asked):
    """On which sites a video may stand; `sites` are host names and belong to `listed`."""

    embedding: Embedding
    sites: list[Text] = Field(default=[], max_length=100)


@router.get("", response=Listed[VideoOut], **ANYBODY_ALIKE)
def videos_list(request: ApiRequest, asked: Annotated[Narrowed, Query()]) -> Listed[VideoOut]:
    """List what is public and on the air, the latest published first."""
    narrowing = replace(asked.narrowing(), onlooker=onlooker_for(request))
    if narrowing.empty:
        page = videos_newest(narrowing.onlooker, cursor=asked.cursor, size=asked.size)
    else:
        page = videos_found(Asking(), narrowing, cursor=asked.cursor, size=asked.size)
    return listed(page, lambda video: video_out(request, video))


@router.post("", response={201: BegunOut})
def video_begin(request: ApiRequest, asked: VideoAsked) -> Status[BegunOut]:
    """Make a video; its bytes are then sent to `tus.url` with the ticket."""
    begun = upload_begin_for(
        by=request.auth.person,
        handle=asked.channel or "",
        filename=asked.filename,
        size_bytes=asked.size_bytes,
        title=asked.title or "",
        showing=asked.showing_said(),
    )
    return Status(201, begun_out(request, begun))


@router.get("/{public_id}", response=VideoOut, **ANYBODY)
def video_read(request: ApiRequest, public_id: str) -> VideoOut:
    """Read a video that one may watch without a password."""
    video = video_open(public_id, viewer=request.auth.viewer)
    return video_out(request, video)


@router.patch("/{public_id}", response=VideoOut)
def video_change(request: ApiRequest, public_id: str, asked: VideoEdited) -> VideoOut:
    """Change what is said of a video that one may edit."""
    said = asked.dict()
    details = Details(**{name: said.pop(name) for name in DetailsAsked.model_fields})
    video = video_edit(by=request.auth.person, public_id=public_id, **said, details=details)
    return video_out(request, video)


@router.delete("/{public_id}", response={204: None})
def video_delete(request: ApiRequest, public_id: str) -> Status[None]:
    """Remove a video of one's own for ever."""
    video_remove(by=request.auth.person, public_id=public_id)
    return Status(204, None)


@router.put("/{public_id}/visibility", response=VideoOut)
def video_visibility(request: ApiRequest, public_id: str, asked: ShowingAsked) -> VideoOut:
    """Change who may watch, at once; a password that is left out stays."""
    video = visibility_set(by=request.auth.person, public_id=public_id, showing=asked.showing())
    return video_out(request, video)


@router.put("/{public_id}/embedding", response=VideoOut)
def video_embedding(request: ApiRequest, public_id: str, asked: EmbeddingAsked) -> VideoOut:
    """Change on which sites the video may stand."""
    video = video_embedding_set(
        by=request.auth.person,
        public_id=public_id,
        embedding=asked.embedding,
        sites=tuple(asked.sites),
    )
    return video_out(request, video)


@router.post("/{public_id}/file", response={201: BegunOut})
def video_replace(request: ApiRequest, public_id: str, asked: FileAsked) -> Status[BegunOut]:
    """Send another file for a video that keeps its address; the old one plays meanwhile."""
    begun = upload_replace(
        by=request.auth.person,
        public_id=public_id,
        filename=asked.filename,
        size_bytes=asked.size_bytes,
    )
    return Status(201, begun_out(request, begun))
