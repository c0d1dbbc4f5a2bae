"""Beside stage 4: poster, storyboard and preview of a source."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.db import transaction

from antenne.catalog.models import Video
from antenne.catalog.services import video_describe
from antenne.ffmpeg.pictures import Storyboard, poster_make, preview_make, storyboard_make
from antenne.ffmpeg.probe import Probe
from antenne.ffmpeg.thumbhash import thumbhash
from antenne.kernel.environment import environment
from antenne.kernel.storage.opening import storage_open
from antenne.pipeline.models import Stream
from antenne.pipeline.services.units import Cost, Work, unit_do
from antenne.pipeline.services.workplace import QUALITY_NICE, workplace

_POSTER: Final = "poster.jpg"
_PREVIEW: Final = "preview.webp"
_STORYBOARD: Final = "storyboard.vtt"


def pictures_make(*, unit_id: UUID) -> None:
    """Make the pictures of a unit's stream: the poster first, since pages wait for it."""
    unit_do(unit_id=unit_id, work=_make)


def _make(work: Work) -> Cost:
    stream = work.unit.stream
    probe = Probe.from_json(stream.upload.probe or {})
    if probe.video is None:
        return Cost()
    with workplace(stream.upload) as place:
        poster = poster_make(place.source, folder=place.folder, probe=probe, nice=QUALITY_NICE)
        _keep(stream, "poster", _POSTER, poster, thumbhash=thumbhash(poster))
        _storyboard_keep(
            stream,
            storyboard_make(place.source, folder=place.folder, probe=probe, nice=QUALITY_NICE),
        )
        _keep(
            stream,
            "preview",
            _PREVIEW,
            preview_make(place.source, folder=place.folder, probe=probe, nice=QUALITY_NICE),
        )
    return Cost()


def _storyboard_keep(stream: Stream, board: Storyboard) -> None:
    storage = storage_open(environment())
    for name, sprite in board.sprites:
        storage.put(f"{_folder(stream)}/{name}", sprite)
    _keep(stream, "storyboard", _STORYBOARD, board.vtt.encode())


def _folder(stream: Stream) -> str:
    return f"media/{stream.video.public_id}/{stream.name}"


@transaction.atomic
def _keep(stream: Stream, field: str, name: str, data: bytes, **more: str) -> None:
    """Store a picture and name it, on the stream and on the video that plays it."""
    storage_open(environment()).put(f"{_folder(stream)}/{name}", data)
    row = Stream.objects.select_for_update().filter(pk=stream.pk).first()
    if row is None:
        return
    found: dict[str, str] = {field: f"{stream.name}/{name}", **more}
    row.plan["pictures"] = {**row.plan.get("pictures", {}), **found}
    row.save(update_fields=["plan"])
    video = Video.objects.get(pk=row.video_id)
    if video.stream in ("", row.name):
        video_describe(video_id=video.pk, **found)
