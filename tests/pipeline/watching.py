"""What a player sees of a video: its playlists and the streams behind them, read from the store."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import m3u8

from antenne.catalog.models import Video
from antenne.ffmpeg.binaries import ffmpeg_path, ffprobe_path
from antenne.kernel.environment import environment
from antenne.processes.runner import Limits, Sandbox, run

LIMITS = Limits(wall_s=300, cpu_s=300, memory_bytes=4 * 1024**3, file_bytes=1024**3)


@dataclass(frozen=True)
class Seen:
    """Size in pixels and duration as ffprobe finds them in one playlist."""

    width: int
    height: int
    duration_s: float


def folder_of(video: Video) -> Path:
    """Return where the objects of a video's stream lie."""
    return environment().home / "objects" / "media" / video.public_id / video.stream


def master_of(video: Video) -> m3u8.M3U8:
    """Return the parsed master playlist."""
    return m3u8.loads((folder_of(video) / "master.m3u8").read_text())


def heights_of(video: Video) -> list[int]:
    """Return the heights that can be chosen, as the master names them."""
    return sorted(variant.stream_info.resolution[1] for variant in master_of(video).playlists)


def playlist_seen(path: Path) -> Seen:
    """Return what ffprobe finds in a playlist."""
    answer = json.loads(
        _run(
            str(ffprobe_path()), "-v", "error", "-show_entries",
            "stream=codec_type,width,height:format=duration", "-of", "json", str(path),
        )
    )  # fmt: skip
    stream = answer["streams"][0]
    return Seen(
        stream.get("width", 0), stream.get("height", 0), float(answer["format"]["duration"])
    )


def frames_decode(path: Path) -> int:
    """Decode everything of a playlist and return the number of frames; any error fails."""
    said = _run(
        str(ffmpeg_path()), "-v", "error", "-xerror", "-i", str(path),
        "-map", "0:v:0", "-f", "null", "-progress", "pipe:1", "-",
    )  # fmt: skip
    return int(said.rpartition("frame=")[2].split()[0])


def _run(*argv: str) -> str:
    home = environment().home
    sandbox = Sandbox(folder=home, readable=(home,))
    return run(argv, sandbox=sandbox, limits=LIMITS).stdout.decode()
