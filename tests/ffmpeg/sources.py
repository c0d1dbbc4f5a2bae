"""Sources as values, for tests of pure functions."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from antenne.ffmpeg.command import Source
from antenne.ffmpeg.streams import AudioStream, Gop, Probe, VideoStream

MOV = "mov,mp4,m4a,3gp,3g2,mj2"
NTSC = Fraction(30000, 1001)

VIDEO = VideoStream(
    index=0, codec="h264", profile="High", pix_fmt="yuv420p", bit_depth=8, chroma="420",
    coded_width=1920, coded_height=1080, width=1920, height=1080, sar=Fraction(1), rotation=0,
    fps=Fraction(30), vfr=False, interlaced=False, transfer="bt709", primaries="bt709",
    matrix="bt709", full_range=False, hdr="", time_base=Fraction(1, 15360), start_s=Fraction(0),
    bit_rate_bps=4_000_000, has_b_frames=2, extradata_sets=1, closed_gop=True,
)  # fmt: skip
AUDIO = AudioStream(
    index=1, codec="aac", profile="LC", channels=2, sample_rate_hz=48_000, language="eng",
    title="", default=True, start_s=Fraction(0), time_base=Fraction(1, 48_000),
    bit_rate_bps=128_000,
)  # fmt: skip
GOPS = tuple(
    Gop(Fraction(2 * n), Fraction(2), frames=60, size_bytes=1_000_000, complete=True)
    for n in range(5)
)
PROBE = Probe(
    container=MOV, duration_ms=60_000, size_bytes=30_000_000, video=VIDEO, audios=(AUDIO,),
    subtitles=(), start_s=Fraction(0), first_gops=GOPS, chapters=(),
)  # fmt: skip


def probe_with(**changes: object) -> Probe:
    """Return the usual probe with a picture that differs as told."""
    return replace(PROBE, video=replace(VIDEO, **changes))  # type: ignore[arg-type]


def source_of(probe: Probe) -> Source:
    """Return a source with this probe, which is not on any disk."""
    return Source(Path("source.mp4"), probe)
