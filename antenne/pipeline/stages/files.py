"""After stage 6: join picture and sound into files that can be fetched whole.

Portals and podcast players want one file with its length. Nothing is encoded for it: the chunks
that players watch are put one after the other.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

from antenne.catalog.models import Video
from antenne.catalog.selectors.files import files_wanted
from antenne.catalog.services.files import FileMade, media_files_put
from antenne.ffmpeg.joining import film_make
from antenne.kernel.environment import environment
from antenne.kernel.storage.opening import storage_open
from antenne.kernel.storage.protocol import ObjectMissing, Storage
from antenne.pipeline.models import Chunk, Rendition
from antenne.pipeline.services.chunks import folder_of
from antenne.pipeline.services.workplace import folder_held
from antenne.pipeline.states import RenditionState, Wave

SHORT_SIDE_MAX_PX: Final = 1080
PICTURE_MAX_BYTES: Final = 2 * 1000**3 - 300 * 1000**2
"""A portal takes 2 GB; the sound and the index need room too."""
_FILM: Final = "file/film.mp4"
_SOUND: Final = "file/sound.m4a"
_AT_ONCE: Final = 20


@dataclass(frozen=True, slots=True)
class _Tracks:
    """What the files of a video are made of; either may be missing."""

    picture: Rendition | None
    sound: Rendition | None


def files_make(*, video_id: UUID) -> None:
    """Make the whole files of a video whose channel offers them; running again changes nothing."""
    video = files_wanted().select_related("channel").filter(pk=video_id).first()
    if video is None:
        return
    tracks = _tracks_of(video)
    if tracks.picture is None and tracks.sound is None:
        return
    with folder_held(str(video.pk)) as folder:
        try:
            made = _files_store(video, tracks, folder)
        except ObjectMissing:
            return  # replaced or removed meanwhile
    if not media_files_put(video_id=video.pk, stream=video.stream, files=made):
        storage_open(environment()).delete_prefix(f"media/{video.public_id}/{video.stream}/file")


def files_catch_up() -> list[UUID]:
    """Return some of the videos that have no files yet, though they should."""
    rows = files_wanted().order_by("-published_at").values_list("pk", flat=True)
    return list(rows[:_AT_ONCE])


def _tracks_of(video: Video) -> _Tracks:
    rows = Rendition.objects.select_related("stream__video").filter(
        stream__video=video, stream__name=video.stream, state=RenditionState.ENDED
    )
    pictures = [
        row
        for row in rows
        if row.kind == "video"
        and row.codec.startswith("avc1")
        and min(row.width_px, row.height_px) <= SHORT_SIDE_MAX_PX
        and _size_of(row) <= PICTURE_MAX_BYTES
    ]
    sounds = [row for row in rows if row.kind == "audio" and row.codec.startswith("mp4a")]
    return _Tracks(
        picture=max(pictures, key=lambda row: (row.height_px, row.wave != Wave.AIR), default=None),
        sound=min(sounds, key=lambda row: (row.rung["track"], row.wave == Wave.AIR), default=None),
    )


def _size_of(rendition: Rendition) -> int:
    sizes = Chunk.objects.filter(rendition=rendition).values_list("size_bytes", flat=True)
    return sum(sizes)


def _files_store(video: Video, tracks: _Tracks, folder: Path) -> list[FileMade]:
    """Join and store the film and the sound; return what there is now."""
    storage = storage_open(environment())
    parts = [row for row in (tracks.picture, tracks.sound) if row is not None]
    raw = [_joined(storage, row, folder) for row in parts]
    made = []
    if tracks.picture is not None:
        film = film_make(raw, folder=folder, name="film.mp4")
        path = f"{video.stream}/{_FILM}"
        size = (tracks.picture.width_px, tracks.picture.height_px)
        made.append(FileMade(path, "video/mp4", film.stat().st_size, *size))
        storage.put_file(f"media/{video.public_id}/{path}", film)
    if tracks.sound is not None:
        sound = film_make(raw[-1:], folder=folder, name="sound.m4a")
        path = f"{video.stream}/{_SOUND}"
        made.append(FileMade(path, "audio/mp4", sound.stat().st_size))
        storage.put_file(f"media/{video.public_id}/{path}", sound)
    return made


def _joined(storage: Storage, rendition: Rendition, folder: Path) -> Path:
    """Return one file with the initialisation and every chunk of a rendition."""
    whole, part = folder / rendition.name, folder / "part"
    names = Chunk.objects.filter(rendition=rendition).order_by("index")
    with whole.open("wb") as target:
        target.write(bytes(rendition.init))
        for name in names.values_list("object_name", flat=True):
            storage.fetch(f"{folder_of(rendition)}/{name}", part)
            with part.open("rb") as source:
                shutil.copyfileobj(source, target, 1 << 20)
    part.unlink(missing_ok=True)
    return whole
