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
# Quick, but not without what keeps dark slopes of colour smooth.
_SMOOTH: Final = "aq-mode=1:deblock=0,0"
_FADE_S: Final = 1.5


def font_find() -> Path | None:
    """Return a font to write with, a bold one without serifs if there is one."""
    found = sorted(_FONTS.rglob("*.ttf"))
    liked = (path for path in found if path.stem.endswith("Sans-Bold"))
    return next(liked, next(iter(found), None))


def scene_draw(scene: Scene, folder: Path) -> Path:
    """Return the finished file of a scene in *folder*; raise ProcessError.

    What is played in several rounds is drawn once and copied behind itself.
    """
    target = folder / f"{scene.name}.mp4"
    font = font_find()
    if scene.needs_font and font is not None:
        shutil.copyfile(font, folder / FACE)
    picture, coding = _picture(scene), _coding(scene)
    if scene.rounds > 1:
        once = folder / f"{scene.name}-once.mp4"
        _ffmpeg(folder, *picture, "-t", str(scene.seconds), *coding, str(once))
        picture, coding = ("-stream_loop", str(scene.rounds - 1), "-i", str(once)), ("-c:v", "copy")
    _ffmpeg(
        folder,
        *(*picture, "-f", "lavfi", "-i", scene.sound, "-map", "0:v", "-map", "1:a"),
        *("-t", str(scene.lasts_s), *coding, *_sound_coding(scene)),
        *("-movflags", "+faststart", str(target)),
    )
    return target


def still_take(path: Path, second: int, folder: Path) -> bytes:
    """Return the picture that is shown at *second* of a drawn scene, as a JPEG."""
    target = folder / f"{path.stem}-{second}.jpg"
    _ffmpeg(
        folder,
        *("-ss", str(second), "-i", str(path), "-frames:v", "1", "-q:v", "3"),
        *("-vf", "scale=out_range=pc,format=yuvj420p", str(target)),
    )
    return target.read_bytes()


def _ffmpeg(folder: Path, *arguments: str) -> None:
    argv = [str(ffmpeg_path()), "-nostdin", "-hide_banner", "-v", "error", "-y", *arguments]
    run(argv, sandbox=Sandbox(folder), limits=_LIMITS)


def _picture(scene: Scene) -> tuple[str, ...]:
    return ("-f", "lavfi", "-i", scene.graph)


def _coding(scene: Scene) -> tuple[str, ...]:
    """Return how pictures are coded: H.264 with a key frame every two seconds."""
    most = "2M" if scene.rounds > 1 else "4M"
    return (
        *("-vf", "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p,setsar=1"),
        *("-c:v", "libx264", "-preset", "ultrafast", "-crf", "20", "-maxrate", most),
        *("-bufsize", most, "-g", str(2 * scene.rate), "-x264-params", f"{_BT709}:{_SMOOTH}"),
    )


def _sound_coding(scene: Scene) -> tuple[str, ...]:
    """Return how sound is coded: AAC, from silence and back to it, nowhere too loud."""
    ends = f"afade=t=in:d=0.3,afade=t=out:st={scene.lasts_s - _FADE_S}:d={_FADE_S}"
    return (
        "-af",
        f"{ends},alimiter=limit=0.9:level=0",
        "-c:a",
        "aac",
        "-aac_coder",
        "fast",
        "-b:a",
        "128k",
    )
