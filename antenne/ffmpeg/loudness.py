"""How loud a sound track is, as people hear it (EBU R 128)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from antenne.ffmpeg.binaries import INPUT_OPTIONS, MEMORY_BYTES, ffmpeg_path
from antenne.ffmpeg.probe import AudioStream, Probe
from antenne.ffmpeg.refusals import RefusalCode, SourceRefused
from antenne.processes.runner import Limits, ProcessError, Sandbox, run

_INTEGRATED = re.compile(r"Integrated loudness:\s+I:\s+(-?[\d.]+|-inf|nan) LUFS")
_TRUE_PEAK = re.compile(r"True peak:\s+Peak:\s+(-?[\d.]+|-inf|nan) dBFS")
SLOWEST_SPEED = 5
START_S = 60


@dataclass(frozen=True)
class Loudness:
    """Integrated loudness in LUFS (-70 where there is nothing to hear) and true peak in dBTP."""

    integrated_lufs: float
    true_peak_dbtp: float


def loudness_measure(
    path: Path, *, folder: Path, probe: Probe, audio: AudioStream, nice: int = 0
) -> Loudness:
    """Measure one whole track, mixed down as it will be heard; raise SourceRefused if damaged."""
    layout = "mono" if audio.channels == 1 else "stereo"
    chain = f"aresample=48000:out_chlayout={layout},ebur128=peak=true:framelog=quiet"
    argv = [
        *(str(ffmpeg_path()), "-hide_banner", "-nostdin", "-nostats", "-v", "info"),
        *(*INPUT_OPTIONS, "-vn", "-sn", "-dn", "-i", str(path), "-map", f"0:{audio.index}"),
        *("-af", chain, "-f", "null", "-"),
    ]
    most_s = START_S + probe.duration_ms // 1000 // SLOWEST_SPEED
    limits = Limits(wall_s=4 * most_s, cpu_s=most_s, memory_bytes=MEMORY_BYTES, file_bytes=1)
    try:
        done = run(argv, sandbox=Sandbox(folder, (path,), nice), limits=limits)
    except ProcessError as error:
        raise SourceRefused(RefusalCode.DAMAGED, str(error)) from error
    return _read(done.stderr)


def _read(said: str) -> Loudness:
    integrated, peak = _INTEGRATED.findall(said), _TRUE_PEAK.findall(said)
    if not integrated or not peak:
        raise SourceRefused(RefusalCode.DAMAGED, "no loudness")
    return Loudness(float(integrated[-1]), float(peak[-1]))
