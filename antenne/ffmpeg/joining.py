"""Put a picture and a sound that came in two files into one, without encoding either."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from antenne.ffmpeg.binaries import INPUT_OPTIONS, MEMORY_BYTES, ffmpeg_path
from antenne.ffmpeg.refusals import RefusalCode, SourceRefused
from antenne.processes.runner import Limits, ProcessError, Sandbox, run

_WALL_S: Final = 1800.0
_CPU_S: Final = 900
_CONTAINER_BYTES: Final = 64 * 1024**2


def tracks_join(picture: Path, sound: Path, *, folder: Path) -> Path:
    """Return a Matroska file in *folder* with the picture of one file and the sound of the other.

    Raises SourceRefused where one of them has no such track or cannot be read.
    """
    joined = folder / "joined.mkv"
    size_bytes = picture.stat().st_size + sound.stat().st_size
    limits = Limits(_WALL_S, _CPU_S, MEMORY_BYTES, size_bytes + size_bytes // 8 + _CONTAINER_BYTES)
    argv = [
        *(str(ffmpeg_path()), "-nostdin", "-hide_banner", "-v", "error", "-y"),
        *(*INPUT_OPTIONS, "-i", str(picture), *INPUT_OPTIONS, "-i", str(sound)),
        *("-map", "0:v:0", "-map", "1:a:0", "-c", "copy", "-f", "matroska", str(joined)),
    ]
    try:
        run(argv, sandbox=Sandbox(folder, readable=(picture, sound)), limits=limits)
    except ProcessError as error:
        raise SourceRefused(RefusalCode.DAMAGED, str(error)) from error
    return joined


def film_make(tracks: Sequence[Path], *, folder: Path, name: str) -> Path:
    """Return one MP4 in *folder* with the tracks of several, none encoded, the index in front.

    Raises SourceRefused where one of them cannot be read.
    """
    film = folder / name
    size_bytes = sum(track.stat().st_size for track in tracks)
    limits = Limits(_WALL_S, _CPU_S, MEMORY_BYTES, size_bytes + size_bytes // 8 + _CONTAINER_BYTES)
    read = [word for track in tracks for word in (*INPUT_OPTIONS, "-i", str(track))]
    taken = [word for place in range(len(tracks)) for word in ("-map", f"{place}:0")]
    argv = [
        *(str(ffmpeg_path()), "-nostdin", "-hide_banner", "-v", "error", "-y", *read, *taken),
        *("-c", "copy", "-map_metadata", "-1", "-fflags", "+bitexact"),
        *("-movflags", "+faststart", "-f", "mp4", str(film)),
    ]
    try:
        run(argv, sandbox=Sandbox(folder, readable=tuple(tracks)), limits=limits)
    except ProcessError as error:
        raise SourceRefused(RefusalCode.DAMAGED, str(error)) from error
    return film
