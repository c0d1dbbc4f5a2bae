"""Clips whose every frame and sound has a known time, and readers that find them again."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path

from antenne.ffmpeg.binaries import ffmpeg_path
from antenne.processes.runner import Limits, Sandbox, run

LIMITS = Limits(wall_s=120, cpu_s=120, memory_bytes=6 << 30, file_bytes=1 << 30)
COUNTER_WIDTH_PX, COUNTER_HEIGHT_PX, _BIT_PX, _BITS = 320, 184, 20, 16
SOUND_HZ = 48_000
_QUIET = 0.05
_BRIGHT = 128
COUNTER = (
    f"nullsrc=s={COUNTER_WIDTH_PX}x{COUNTER_HEIGHT_PX}:r={{fps}}:d={{seconds}},format=gray,"
    f"geq=lum='if(lt(Y,92),255*mod(floor(N/pow(2,floor(X/{_BIT_PX}))),2),128)',format=yuv420p"
)
FLASH = (
    "color=black:s=320x184:r={fps}:d={seconds},"
    "geq=lum='if(lt(mod(N,{every}),3),235,16)':cb=128:cr=128"
)
BEEP = "aevalsrc='0.8*sin(2*PI*1000*t)*lt(mod(t,{every}),0.1)':s=48000:d={seconds}"


def ffmpeg(folder: Path, *arguments: str) -> bytes:
    """Run ffmpeg inside *folder* and return what it writes to its standard output."""
    argv = [str(ffmpeg_path()), "-nostdin", "-loglevel", "error", "-y", *arguments]
    return run(argv, sandbox=Sandbox(folder), limits=LIMITS).stdout


def counter_clip(path: Path, fps: str, seconds: float, encode: Sequence[str] = ()) -> Path:
    """Write a clip whose frames show their own number as 16 black and white bars."""
    source = COUNTER.format(fps=fps, seconds=seconds)
    encoder = ["-c:v", "libx264", "-preset", "fast", "-g", "77", "-bf", "3", "-crf", "20"]
    ffmpeg(path.parent, "-f", "lavfi", "-i", source, *encoder, *encode, str(path))
    return path


def counters_read(path: Path) -> list[int]:
    """Return the number that each decoded frame of *path* shows."""
    size = f"scale={COUNTER_WIDTH_PX}:{COUNTER_HEIGHT_PX},format=gray"
    row = f"crop={COUNTER_WIDTH_PX}:1:0:40"
    argv = ["-i", str(path), "-map", "0:v", "-fps_mode", "passthrough", "-vf", f"{size},{row}"]
    raw = ffmpeg(path.parent, *argv, "-f", "rawvideo", "-")
    frames = [raw[at : at + COUNTER_WIDTH_PX] for at in range(0, len(raw), COUNTER_WIDTH_PX)]
    middles = [bit * _BIT_PX + _BIT_PX // 2 for bit in range(_BITS)]
    return [sum((line[x] > _BRIGHT) << bit for bit, x in enumerate(middles)) for line in frames]


def flash_and_beep_clip(path: Path, fps: str, every: int, encode: Sequence[str] = ()) -> Path:
    """Write six seconds that flash each *every* frames, and beep at the same instants."""
    numerator, _, denominator = fps.partition("/")
    period = every * int(denominator or 1) / int(numerator)
    flash = FLASH.format(fps=fps, seconds=6, every=every)
    beep = BEEP.format(every=f"{period:.9f}", seconds=6)
    encoder = ["-c:v", "libx264", "-g", "50", "-bf", "3", "-c:a", "aac", "-b:a", "192k"]
    inputs = ["-f", "lavfi", "-i", flash, "-f", "lavfi", "-i", beep]
    ffmpeg(path.parent, *inputs, *encoder, *encode, str(path))
    return path


def flash_times_s(playlist: Path) -> list[float]:
    """Return when the picture turns bright, on the clock ffmpeg plays *playlist* by."""
    said = "signalstats,metadata=mode=print:key=lavfi.signalstats.YAVG:file=-"
    argv = ["-copyts", "-i", str(playlist), "-map", "0:v:0", "-fps_mode", "passthrough"]
    log = ffmpeg(playlist.parent, *argv, "-vf", f"scale=16:16,{said}", "-f", "null", "-").decode()
    times = [float(line.split("pts_time:")[1]) for line in log.splitlines() if "pts_time" in line]
    bright = [float(line.split("=")[1]) > _BRIGHT for line in log.splitlines() if "YAVG=" in line]
    pairs = zip(bright, [False, *bright], times, strict=False)
    return [time for now, before, time in pairs if now and not before]


def beep_times_s(playlist: Path) -> list[float]:
    """Return when sound begins after silence, on the clock ffmpeg plays *playlist* by."""
    argv = ["-copyts", "-i", str(playlist), "-map", "0:a:0", "-ac", "1", "-ar", str(SOUND_HZ)]
    filled = "aresample=async=1:first_pts=0"
    raw = ffmpeg(playlist.parent, *argv, "-af", filled, "-f", "f32le", "-")
    samples = struct.unpack(f"<{len(raw) // 4}f", raw)
    onsets, last = [], -SOUND_HZ
    for at, sample in enumerate(samples):
        if abs(sample) > _QUIET:
            if at - last > SOUND_HZ // 10:
                onsets.append(at / SOUND_HZ)
            last = at
    return onsets
