"""What the first decoded frames say, whatever the container claims: size, colour, fields."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from antenne.ffmpeg.binaries import DECODE_OPTIONS, MEMORY_BYTES, ffmpeg_path
from antenne.ffmpeg.refusals import RefusalCode, SourceRefused
from antenne.processes.runner import Limits, ProcessError, Sandbox, run

FRAME_LIMITS = Limits(wall_s=20, cpu_s=20, memory_bytes=MEMORY_BYTES, file_bytes=1)
LOOK_S = 10
KEY_FRAMES = 2
FRAMES = 4

_FRAME = re.compile(
    r"fmt:(?P<pix_fmt>\S+).*? sar:(?P<sar>\d+/\d+) s:(?P<width>\d+)x(?P<height>\d+) i:(?P<field>\S)"
)
_COLOUR = re.compile(
    r"color_range:(?P<range>\S+) color_space:(?P<matrix>\S+) "
    r"color_primaries:(?P<primaries>\S+) color_trc:(?P<transfer>\S+)"
)
_CLOSED_CAPTIONS = re.compile(r"side data - (?:ATSC )?A/?53\b.*closed captions", re.IGNORECASE)
_NO_DECODER = ("Decoder not found", "no decoder found", "Decoding requested, but no decoder")


@dataclass(frozen=True)
class Look:
    """The first frames; colour names are ffmpeg's own, "" where the frames do not say."""

    width: int
    height: int
    pix_fmt: str
    sar: Fraction
    transfer: str
    primaries: str
    matrix: str
    full_range: bool
    interlaced: bool
    closed_captions: bool = False


def frames_look(path: Path, *, folder: Path, index: int) -> Look:
    """Decode a few frames of one stream; raise SourceRefused if there is not one."""
    # Key frames cost a third of the others; a broadcast may begin with, or have, none.
    for wanted, count in (("nokey", KEY_FRAMES), ("default", FRAMES)):
        said = _said(path, folder, index, reading=("-skip_frame", wanted), count=count)
        if _FRAME.search(said):
            return _look_read(said)
    raise SourceRefused(RefusalCode.DAMAGED, "no frame of the first ten seconds decodes")


def _said(path: Path, folder: Path, index: int, *, reading: tuple[str, ...], count: int) -> str:
    argv = [
        *(str(ffmpeg_path()), "-hide_banner", "-nostdin", "-nostats", "-v", "info"),
        *("-threads", "2", *reading, "-t", str(LOOK_S), *DECODE_OPTIONS, "-i", str(path)),
        *("-map", f"0:{index}", "-frames:v", str(count)),
        *("-vf", "showinfo=checksum=0", "-f", "null", "-"),
    ]
    try:
        return run(argv, sandbox=Sandbox(folder, readable=(path,)), limits=FRAME_LIMITS).stderr
    except ProcessError as error:
        refusal = _refusal(error)
        if refusal.code != RefusalCode.DAMAGED:
            raise refusal from error
        return ""


def _refusal(error: ProcessError) -> SourceRefused:
    code = RefusalCode.DAMAGED
    if error.kind == "timeout":
        code = RefusalCode.TIMEOUT
    elif error.kind == "memory":
        code = RefusalCode.TOO_MANY_PIXELS
    elif any(text in error.tail for text in _NO_DECODER):
        code = RefusalCode.UNSUPPORTED_CODEC
    return SourceRefused(code, str(error))


def _look_read(said: str) -> Look:
    frames = list(_FRAME.finditer(said))
    first = frames[0]
    colour = _COLOUR.search(said)
    return Look(
        width=int(first["width"]),
        height=int(first["height"]),
        pix_fmt=first["pix_fmt"],
        sar=_ratio(first["sar"]),
        transfer=_named(colour, "transfer"),
        primaries=_named(colour, "primaries"),
        matrix=_named(colour, "matrix"),
        full_range=_named(colour, "range") == "pc" or first["pix_fmt"].startswith("yuvj"),
        interlaced=sum(frame["field"] in "TB" for frame in frames) * 2 > len(frames),
        closed_captions=_CLOSED_CAPTIONS.search(said) is not None,
    )


def _ratio(text: str) -> Fraction:
    numerator, denominator = (int(part) for part in text.split("/"))
    return Fraction(numerator, denominator) if numerator and denominator else Fraction(1)


def _named(colour: re.Match[str] | None, name: str) -> str:
    value = colour[name] if colour else ""
    return "" if value in {"unknown", "reserved"} else value
