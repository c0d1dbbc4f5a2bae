"""Videos as far as a test needs them: made and described by the services, without any file."""

from __future__ import annotations

from datetime import datetime

from antenne.accounts.models import Person
from antenne.catalog.models import Caption, Channel, Video
from antenne.catalog.services.captions import caption_put
from antenne.catalog.services.channels import channel_default
from antenne.catalog.services.videos import video_create, video_describe
from antenne.catalog.services.visibility import Showing
from antenne.catalog.states import State


def video_make(
    channel: Channel,
    *,
    title: str = "Swans",
    state: str = State.READY,
    visibility: str = "public",
    publish_at: datetime | None = None,
    password: str = "",
) -> Video:
    """Make a video; from `on_air` on it has a stream, a size and a poster."""
    showing = Showing(visibility=visibility, publish_at=publish_at, password=password)
    video = video_create(channel=channel, title=title, showing=showing)
    found: dict[str, str | int | None] = {"state": state}
    if state in (State.ON_AIR, State.READY):
        found |= {"stream": "s1", "duration_ms": 12_000, "width_px": 1920, "height_px": 1080}
        found |= {"poster": "s1/poster.jpg"}
    described = video_describe(video_id=video.pk, **found)
    assert described is not None
    return described


def video_of(person: Person, *, title: str = "Swans") -> Video:
    """Make a public video in a person's first channel."""
    return video_make(channel_default(person=person), title=title)


def caption_make(video: Video, *, language: str = "en", label: str = "English") -> Caption:
    """Make a caption track without its object."""
    path = f"captions/{language}.vtt"
    return caption_put(video=video, language=language, label=label, path=path, origin="upload")
