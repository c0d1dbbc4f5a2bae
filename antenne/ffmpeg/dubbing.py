"""Make a sound track of a file of its own that runs beside the pictures of another."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Final

from antenne.ffmpeg.command import Source, sound_output
from antenne.ffmpeg.cutting import Ranges, ranges_on_grid, sound_part
from antenne.ffmpeg.filters import audio_chain, timeline_zero_s
from antenne.ffmpeg.streams import AudioStream

_TRACK: Final = 0


def dub_argv(
    ffmpeg: Path, source: Source, ranges: Ranges, fps: Fraction | None, gain_db: float = 0.0
) -> list[str]:
    """Return the command that encodes the first sound track of *source* for parts of a video.

    *ranges* are the parts of the whole that the video shows; where the track is shorter there is
    silence, where it is longer it ends with the pictures, which follow at *fps*.
    """
    audio = source.probe.audios[_TRACK]
    return [
        str(ffmpeg), "-nostdin", "-hide_banner", "-loglevel", "error",
        "-protocol_whitelist", "file,pipe", "-format_whitelist", source.probe.container,
        "-copyts", "-i", str(source.path),
        "-filter_complex", _graph(source, audio, ranges, fps, gain_db),
        "-map", "[dub]", *sound_output(channels=min(audio.channels, 2)),
    ]  # fmt: skip


def _graph(
    source: Source, audio: AudioStream, ranges: Ranges, fps: Fraction | None, gain_db: float
) -> str:
    parts = ranges_on_grid(ranges, fps)
    chain = audio_chain(audio, timeline_zero_s(source.probe), gain_db)
    heads = "".join(f"[s{n}]" for n in range(len(parts)))
    lines = [f"[0:{audio.index}]{chain},asplit={len(parts)}{heads}"]
    lines += [f"[s{n}]{sound_part(part)}[d{n}]" for n, part in enumerate(parts)]
    tails = "".join(f"[d{n}]" for n in range(len(parts)))
    lines.append(f"{tails}concat=n={len(parts)}:v=0:a=1[dub]")
    return ";".join(lines)
