"""Beside stage 4: poster, storyboard and preview of a source."""

from __future__ import annotations

import logging
from typing import Final
from uuid import UUID

from django.db import transaction

from antenne.catalog.models import Video
from antenne.catalog.services.videos import video_describe
from antenne.ffmpeg.pictures import Storyboard, poster_make, preview_make, storyboard_make
from antenne.ffmpeg.posters import Poster
from antenne.ffmpeg.probe import Probe
from antenne.ffmpeg.refusals import SourceRefused
from antenne.ffmpeg.thumbhash import thumbhash
from antenne.ffmpeg.waveform import sound_poster_make
from antenne.kernel.environment import environment
from antenne.kernel.storage.opening import storage_open
from antenne.pipeline.models import Stream
from antenne.pipeline.services.posters import unchosen
from antenne.pipeline.services.units import Cost, UnitLost, Work, unit_do
from antenne.pipeline.services.workplace import QUALITY_NICE, Workplace, workplace

_LOG = logging.getLogger(__name__)
_POSTER: Final = "poster.jpg"
_POSTER_SMALL: Final = "poster-small.webp"
_POSTER_TINY: Final = "poster-tiny.webp"
_PREVIEW: Final = "preview.webp"
_STORYBOARD: Final = "storyboard.vtt"


def pictures_make(*, unit_id: UUID) -> None:
    """Make the pictures of a unit's stream: the poster first, since pages wait for it."""
    unit_do(unit_id=unit_id, work=_make)


def _make(work: Work) -> Cost:
    stream = work.unit.stream
    probe = Probe.from_json(stream.upload.probe or {})
    with workplace(stream.upload) as place:
        if probe.video is None:
            _sound_poster_make(stream, place, probe)
            return Cost()
        poster = poster_make(place.source, folder=place.folder, probe=probe, nice=QUALITY_NICE)
        _poster_keep(stream, poster)
        _storyboard_keep(
            stream,
            storyboard_make(place.source, folder=place.folder, probe=probe, nice=QUALITY_NICE),
        )
        preview = preview_make(place.source, folder=place.folder, probe=probe, nice=QUALITY_NICE)
        storage_open(environment()).put(f"{_folder(stream)}/{_PREVIEW}", preview)
        _name(stream, preview=f"{stream.name}/{_PREVIEW}")
    return Cost()


def _sound_poster_make(stream: Stream, place: Workplace, probe: Probe) -> None:
    """Draw the sound of what has no picture; one that cannot be read has no poster."""
    try:
        poster = sound_poster_make(
            place.source, folder=place.folder, probe=probe, nice=QUALITY_NICE
        )
    except SourceRefused:
        _LOG.warning("no poster for the sound of %s", stream.pk, exc_info=True)
        return
    _poster_keep(stream, poster)


def _poster_keep(stream: Stream, poster: Poster) -> None:
    storage = storage_open(environment())
    storage.put(f"{_folder(stream)}/{_POSTER}", poster.full)
    storage.put(f"{_folder(stream)}/{_POSTER_SMALL}", poster.small)
    storage.put(f"{_folder(stream)}/{_POSTER_TINY}", poster.tiny)
    _name(
        stream,
        poster=f"{stream.name}/{_POSTER}",
        poster_small=f"{stream.name}/{_POSTER_SMALL}",
        poster_tiny=f"{stream.name}/{_POSTER_TINY}",
        thumbhash=thumbhash(poster.full),
    )


def _storyboard_keep(stream: Stream, board: Storyboard) -> None:
    storage = storage_open(environment())
    for name, sprite in board.sprites:
        storage.put(f"{_folder(stream)}/{name}", sprite)
    storage.put(f"{_folder(stream)}/{_STORYBOARD}", board.vtt.encode())
    _name(stream, storyboard=f"{stream.name}/{_STORYBOARD}")


def _folder(stream: Stream) -> str:
    return f"media/{stream.video.public_id}/{stream.name}"


@transaction.atomic
def _name(stream: Stream, **found: str) -> None:
    """Name pictures that are stored, on the stream and on the video that plays it."""
    row = Stream.objects.select_for_update().filter(pk=stream.pk).first()
    if row is None:
        storage_open(environment()).delete_prefix(_folder(stream))
        raise UnitLost(stream.name)
    row.plan["pictures"] = {**row.plan.get("pictures", {}), **found}
    row.save(update_fields=["plan"])
    video = Video.objects.select_for_update().get(pk=row.video_id)
    if video.stream in ("", row.name):
        video_describe(video_id=video.pk, **unchosen(video, found))
