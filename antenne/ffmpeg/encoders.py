"""The options of the picture encoders: x264 for every rung, SVT-AV1 for what many people watch."""

from __future__ import annotations

import os
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from antenne.ffmpeg.filters import PIXELS, seconds
from antenne.ffmpeg.ladder import Rung

# Supplemental enhancement information may hold captions, camera data or the encoder's settings.
SEI_UNIT: Final = 6
_NEVER: Final = "99999"
# On many cores SVT-AV1 holds so many large pictures that it takes 20 GiB for 2160 lines at ten
# bits; at this level of its parallelism it takes 9.
_AV1_LARGE_PX: Final = 2560 * 1440
_AV1_MANY_CORES: Final = 8
_AV1_LARGE_LEVEL: Final = 4


def video_encoder(rung: Rung, keys: Sequence[int], threads: int) -> list[str]:
    """Return the options of one encoder whose only key frames are the frames *keys*.

    *threads* is how many to use; 0 leaves it to the encoder.
    """
    # Half a frame early: a time is rounded to a microsecond and must not fall behind its frame.
    at = ",".join(seconds(max(Fraction(0), (key - Fraction(1, 2)) / rung.fps)) for key in keys)
    own = _av1(rung, threads) if rung.codec == "av1" else _h264(rung, threads)
    return [
        *own,
        "-maxrate", str(rung.maxrate_bps), "-bufsize", str(rung.bufsize_bits),
        "-pix_fmt", PIXELS[rung.bit_depth],
        "-g", _NEVER, "-force_key_frames", at, "-fps_mode", "passthrough",
        "-color_primaries", "bt709", "-color_trc", "bt709", "-colorspace", "bt709",
        "-color_range", "tv", "-flags:v", "+bitexact",
    ]  # fmt: skip


def _h264(rung: Rung, threads: int) -> list[str]:
    tuning = ["-x264-params", rung.tuning] if rung.tuning else []
    return [
        "-c:v", "libx264", "-preset", rung.preset, "-crf", f"{rung.crf:g}",
        "-profile:v", rung.profile, "-level:v", rung.level, *tuning,
        "-keyint_min", "1", "-sc_threshold", "0", "-forced-idr", "1", "-threads", str(threads),
        "-bsf:v", f"filter_units=remove_types={SEI_UNIT}",
    ]  # fmt: skip


def _av1(rung: Rung, threads: int) -> list[str]:
    """Return the options of one SVT-AV1 run."""
    large = rung.width * rung.height > _AV1_LARGE_PX
    many = large and (os.cpu_count() or 1) > _AV1_MANY_CORES
    level = threads or (_AV1_LARGE_LEVEL if many else 0)
    tuning = f":{rung.tuning}" if rung.tuning else ""
    return [
        "-c:v", "libsvtav1", "-preset", rung.preset, "-crf", f"{rung.crf:g}",
        "-svtav1-params", f"lp={level}{tuning}",
    ]  # fmt: skip
