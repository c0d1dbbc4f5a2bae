"""After stage 6: join picture and sound into files that can be fetched whole.

Portals, podcast players and people who download want one file with its length. Nothing is encoded
for it: the chunks that players watch are put one after the other, once somebody asks.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final
from uuid import UUID

from antenne.catalog.models import Video
from antenne.catalog.selectors.files import files_forsaken, files_wanted
from antenne.catalog.services.files import FileMade, media_file_drop, media_files_put, wishes_forget
from antenne.ffmpeg.joining import film_make
from antenne.kernel.environment import environment
from antenne.kernel.storage.opening import storage_open
from antenne.kernel.storage.protocol import ObjectMissing, Storage
from antenne.pipeline.models import Chunk, Rendition
from antenne.pipeline.selectors import Tracks, tracks_of
from antenne.pipeline.services.chunks import folder_of
from antenne.pipeline.services.workplace import folder_held

_FILM: Final = "file/film.mp4"
_SOUND: Final = "file/sound.m4a"
_AT_ONCE: Final = 20
_FORGOTTEN_MOST: Final = 500


def files_make(*, video_id: UUID) -> None:
    """Make the whole files of a video, where somebody takes them; again it changes nothing."""
    video = files_wanted().filter(pk=video_id).first()
    tracks = tracks_of([video]).get(video_id) if video else None
    if video is None or tracks is None:
        return
    with folder_held(str(video.pk)) as folder:
        try:
            made = _files_store(video, tracks, folder)
        except ObjectMissing:
            return  # replaced or removed meanwhile
    if not media_files_put(video_id=video.pk, stream=video.stream, files=made):
        storage_open(environment()).delete_prefix(f"media/{video.public_id}/{video.stream}/file")


def files_catch_up() -> list[UUID]:
    """Return some of the videos that have no files yet, though somebody takes them."""
    rows = files_wanted().order_by("-published_at").values_list("pk", flat=True)
    return list(rows[:_AT_ONCE])


def files_forget() -> None:
    """Delete the files that nobody takes any more, some at a time, and what asked for them."""
    storage = storage_open(environment())
    for file in files_forsaken().select_related("video").order_by("created_at")[:_FORGOTTEN_MOST]:
        storage.delete(f"media/{file.video.public_id}/{file.path}")
        media_file_drop(file=file)
    wishes_forget()


def _files_store(video: Video, tracks: Tracks, folder: Path) -> list[FileMade]:
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
