"""The clip that all speed figures use, and what is made of it on the spot and kept.

ANTENNE_BENCH names the folder of the clip (its first MP4 file), ANTENNE_CORPUS that of the corpus.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from antenne.ffmpeg.binaries import ffmpeg_path
from benchmarks.commands import measured


def bench_clip() -> Path:
    """Return the clip; end the program where there is none."""
    folder = os.environ.get("ANTENNE_BENCH", "")
    found = sorted(Path(folder).glob("*.mp4")) if folder else []
    if not found:
        raise SystemExit("ANTENNE_BENCH must name a folder with a clip (*.mp4)")
    return found[0]


def corpus_file(name: str) -> Path | None:
    """Return a file of the corpus, or None where ANTENNE_CORPUS is not set or lacks it."""
    path = Path(os.environ.get("ANTENNE_CORPUS", "")) / name
    return path if os.environ.get("ANTENNE_CORPUS") and path.is_file() else None


def looped(clip: Path, times: int) -> Path:
    """Return the clip so many times in a row, by stream copy."""
    return _made(
        f"{clip.stem}-x{times}.mp4",
        "-stream_loop", str(times - 1), "-i", str(clip), "-map", "0", "-c", "copy",
        "-movflags", "+faststart",
    )  # fmt: skip


def as_vp9(clip: Path) -> Path:
    """Return the clip as VP9 and Opus in WebM."""
    return _made(
        f"{clip.stem}-vp9.webm",
        "-i", str(clip), "-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8",
        "-row-mt", "1", "-b:v", "3M", "-g", "120", "-c:a", "libopus", "-b:a", "128k",
    )  # fmt: skip


def without_index(clip: Path) -> Path:
    """Return the clip in Matroska, written as for a live stream: no index and no duration."""
    return _made(f"{clip.stem}-noindex.mkv", "-i", str(clip), "-c", "copy", "-live", "1")


def moving(seconds: int, *, vp9: bool) -> Path:
    """Return a small generated clip with grain, so that encoding it takes a while."""
    codec = ("libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-b:v", "2M")
    copyable = ("libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-b:v", "2M")
    colours = "colorprim=bt709:transfer=bt709:colormatrix=bt709:fullrange=off"
    picture = f"testsrc2=size=854x480:rate=30:duration={seconds},noise=alls=8:allf=t"
    return _made(
        f"moving-{seconds}s.{'webm' if vp9 else 'mp4'}",
        "-f", "lavfi", "-i", picture,
        "-f", "lavfi", "-i", f"sine=frequency=440:sample_rate=48000:duration={seconds}",
        "-g", "60", "-c:v", *(codec if vp9 else (*copyable, "-x264-params", colours)),
        "-c:a", "libopus" if vp9 else "aac",
    )  # fmt: skip


def cache_folder() -> Path:
    """Return the folder of made clips, kept between runs."""
    folder = Path(tempfile.gettempdir()) / f"antenne-bench-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _made(name: str, *arguments: str) -> Path:
    """Return a file of the cache, made by ffmpeg with these arguments where it is not there."""
    path = cache_folder() / name
    if not path.exists():
        half = path.with_name(f"half-{name}")
        measured([str(ffmpeg_path()), "-nostdin", "-v", "error", "-y", *arguments, str(half)])
        half.replace(path)
    return path
