"""What MediaCMS runs for each of its renditions, as a plain ffmpeg command: the reference.

Settings as in its `files/helpers.py` and shipped profiles: x264 `medium` at a constant rate factor
of 23 under a cap, profile main, key frames forced every four seconds, stereo AAC at 128 kb/s.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from antenne.ffmpeg.binaries import ffmpeg_path

# Height in pixels, and the rate in kb/s from which the cap of an H.264 rendition follows.
RATES_KBPS: Final = {144: 150, 240: 300, 360: 500, 480: 1000, 720: 2500, 1080: 4500}
FIRST_HEIGHT_PX: Final = 144
_CAP: Final = 1.5
_KEY_S: Final = 4


def heights_for(height_px: int) -> tuple[int, ...]:
    """Return the heights that are made of a source, smallest first: none is enlarged."""
    return tuple(height for height in RATES_KBPS if height <= height_px)


def rendition_argv(source: Path, height_px: int, target: Path, *, fps: float = 30) -> list[str]:
    """Return the command that makes one rendition as an MP4 file at *target*."""
    cap = f"{int(RATES_KBPS[height_px] * _CAP)}k"
    frames = round(fps * _KEY_S)
    return [
        str(ffmpeg_path()), "-nostdin", "-v", "error", "-y", "-i", str(source),
        "-c:v", "libx264", "-filter:v", f"scale=-2:{height_px}", "-pix_fmt", "yuv420p",
        "-crf", "23", "-c:a", "aac", "-b:a", "128k", "-ac", "2",
        "-maxrate", cap, "-bufsize", cap, "-force_key_frames", f"expr:gte(t,n_forced*{_KEY_S})",
        "-x264-params", f"keyint={2 * frames}:keyint_min={frames}", "-preset", "medium",
        "-profile:v", "main", "-level", "4.2", "-movflags", "+faststart", str(target),
    ]  # fmt: skip
