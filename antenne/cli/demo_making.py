"""Draw the demo's scenes with ffmpeg, into files that go on the air as they are."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

from antenne.cli.demo_scenes import FACE, Scene
from antenne.ffmpeg.binaries import MEMORY_BYTES, ffmpeg_path
from antenne.processes.runner import Limits, Sandbox, run

_LIMITS: Final = Limits(wall_s=900, cpu_s=900, memory_bytes=MEMORY_BYTES, file_bytes=1024**3)
_FONTS: Final = Path("/usr/share/fonts")
_BT709: Final = "colorprim=bt709:transfer=bt709:colormatrix=bt709:fullrange=off"
_FADE_S: Final = 1.5


def font_find() -> Path | None:
    """Return a font to write with, a bold one without serifs if there is one."""
    found = sorted(_FONTS.rglob("*.ttf"))
    liked = (path for path in found if path.stem.endswith("Sans-Bold"))
    return next(liked, next(iter(found), None))


def scene_draw(scene: Scene, folder: Path) -> Path:
    """Return the finished file of a scene in *folder*; raise ProcessError."""
    target = folder / f"{scene.name}.mp4"
    font = font_find()
    if scene.needs_font and font is not None:
        shutil.copyfile(font, folder / FACE)
    run(scene_argv(scene, target), sandbox=Sandbox(folder), limits=_LIMITS)
    return target


def scene_argv(scene: Scene, target: Path) -> list[str]:
    """Return ffmpeg's arguments: H.264 and AAC, a key frame every two seconds, index in front."""
    colours = "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p,setsar=1"
    ends = f"afade=t=in:d=0.3,afade=t=out:st={scene.seconds - _FADE_S}:d={_FADE_S}"
    return [
        *(str(ffmpeg_path()), "-nostdin", "-hide_banner", "-v", "error", "-y"),
        *("-f", "lavfi", "-i", scene.graph, "-f", "lavfi", "-i", scene.sound),
        *("-map", "0:v", "-map", "1:a", "-t", str(scene.seconds)),
        *("-vf", colours, "-af", f"{ends},alimiter=limit=0.9:level=0"),
        *("-c:v", "libx264", "-preset", "superfast", "-crf", "20", "-maxrate", "4M"),
        *("-bufsize", "4M", "-g", str(2 * scene.rate), "-x264-params", _BT709),
        *("-c:a", "aac", "-b:a", "128k", "-movflags", "+faststart", str(target)),
    ]
