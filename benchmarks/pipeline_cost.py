"""What the pipeline adds to its encoders: `python -m benchmarks.pipeline_cost`.

One clip goes through a real platform. The processor time of its encoding units is set beside one
bare ffmpeg per group that makes the same renditions in one run: same settings, one decode. The
analysis (probe, scan, loudness, pictures) is run again here by itself, and counted apart.
"""

from __future__ import annotations

import argparse
import resource
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from antenne.ffmpeg.binaries import ffmpeg_path
from antenne.ffmpeg.command import (
    AudioTrack,
    Chunk,
    Source,
    audio_argv,
    copy_argv,
    video_chunk_argv,
)
from antenne.ffmpeg.filters import Span
from antenne.ffmpeg.ladder import Rung
from antenne.ffmpeg.loudness import loudness_measure
from antenne.ffmpeg.pictures import poster_make, preview_make, storyboard_make
from antenne.ffmpeg.probe import Probe, source_probe
from antenne.ffmpeg.scan import source_scan
from benchmarks import clips
from benchmarks.commands import measured
from benchmarks.platform import Platform, PlatformFailed, platform_running
from benchmarks.processes import cpu_s
from benchmarks.report import Bar, Figure, Report

OVERHEAD_BAR: Final = 1.10
ANALYSIS_BAR: Final = 0.15
_KEYS_S: Final = 4
_RENDITIONS: Final = """
    SELECT r.wave, r.kind, r.rung, s.plan, u.probe, s.duration_ms
      FROM pipeline_rendition r JOIN pipeline_stream s ON s.id = r.stream_id
      JOIN pipeline_upload u ON u.id = s.upload_id WHERE u.video_public_id = %s ORDER BY r.id
"""
_UNITS: Final = """
    SELECT n.wave, n.kind, count(*), sum(n.cpu_ms), sum(n.attempt - 1)
      FROM pipeline_unit n JOIN pipeline_stream s ON s.id = n.stream_id
      JOIN pipeline_upload u ON u.id = s.upload_id
     WHERE u.video_public_id = %s AND n.kind IN ('video', 'audio', 'copy')
     GROUP BY n.wave, n.kind ORDER BY n.wave, n.kind
"""


@dataclass(frozen=True, slots=True)
class Group:
    """What one kind of unit in one wave took, and the renditions that it made."""

    wave: str
    kind: str
    units: int
    cpu_s: float
    again: int
    renditions: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A finished video: its groups, and what is needed to make it again."""

    groups: tuple[Group, ...]
    source: Source
    plan: dict[str, Any]
    frames_ms: int
    worker_cpu_s: float


def video_made(platform: Platform, clip: Path) -> Made:
    """Publish *clip*, wait until it is complete, and read what that took."""
    worker = platform.parts()["worker"]
    before_s, video = cpu_s(worker), ""
    for event in platform.publish(clip):
        video = str(event.data["video_id"])
        if event.name == "refused":
            raise PlatformFailed(f"refused: {event.data.get('reason')}")
    rows = platform.rows(_RENDITIONS, video)
    plan, probe, duration_ms = rows[0][3:6]
    groups = tuple(
        Group(wave, kind, count, float(cpu_ms) / 1000, int(again), _renditions(rows, wave, kind))
        for wave, kind, count, cpu_ms, again in platform.rows(_UNITS, video)
    )
    worker_cpu_s = cpu_s(worker) - before_s
    return Made(groups, Source(clip, Probe.from_json(probe)), plan, duration_ms, worker_cpu_s)


def _renditions(rows: list[tuple[Any, ...]], wave: str, kind: str) -> tuple[dict[str, Any], ...]:
    """Return the rungs that units of a kind made: a copying unit makes pictures and sound."""
    kinds = {"copy": ("video", "audio")}.get(kind, (kind,))
    found = (row[2] for row in rows if row[0] == wave and row[1] in kinds)
    return tuple(rung for rung in found if bool(rung.get("copy")) == (kind == "copy"))


def bare_argv(made: Made, group: Group) -> list[str]:
    """Return one command that makes the renditions of a group from beginning to end."""
    tracks = [
        AudioTrack(
            stream=made.source.probe.audios[rung["track"]],
            copy=bool(rung.get("copy")),
            gain_db=rung.get("gain_db", 0.0),
        )
        for rung in group.renditions
        if "track" in rung
    ]
    if group.kind == "audio":
        return _into_nothing(audio_argv(ffmpeg_path(), made.source, tracks))
    if group.kind == "copy":
        pictures = any("track" not in rung for rung in group.renditions)
        return _into_nothing(copy_argv(ffmpeg_path(), made.source, tracks, video=pictures))
    rungs = [Rung(**{**rung, "fps": Fraction(rung["fps"])}) for rung in group.renditions]
    frames = round(Fraction(made.frames_ms, 1000) * rungs[0].fps)
    starts = made.plan.get("segment_starts") if group.wave != "air" else None
    keys = tuple(starts or range(0, frames, round(_KEYS_S * rungs[0].fps)))
    chunk = Chunk(Span(0, None), keys)
    return _into_nothing(video_chunk_argv(ffmpeg_path(), made.source, rungs, chunk, threads=0))


def _into_nothing(argv: list[str]) -> list[str]:
    """Return the command with all that it makes thrown away."""
    return [
        argv[0],
        "-y",
        *("/dev/null" if word.startswith("pipe:") else word for word in argv[1:]),
    ]


def groups_report(report: Report, made: Made, runs: int) -> float:
    """Report every group beside its bare ffmpeg; return the seconds that encoding took."""
    bare_total_s = 0.0
    for group in made.groups:
        bare_s = min(measured(bare_argv(made, group)).cpu_s for _ in range(runs))
        bare_total_s += bare_s
        name = f"{group.wave} {group.kind}, {group.units} units, {len(group.renditions)} renditions"
        report.add(Figure(name, group.cpu_s, "CPU s", (), None, bare_s, "bare ffmpeg"))
        if group.again:
            report.note(f"{group.again} units of it were done again")
    ours_s = sum(group.cpu_s for group in made.groups)
    report.add(Figure("all encoding", ours_s, "CPU s", (), None, bare_total_s, "bare ffmpeg"))
    report.add(Figure("encoding / bare", ours_s / bare_total_s, "times", bar=Bar(OVERHEAD_BAR)))
    report.add(
        Figure("the whole worker, everything", made.worker_cpu_s, "CPU s", (), None, bare_total_s,
               "bare ffmpeg")
    )  # fmt: skip
    return ours_s


def analyses(source: Source, folder: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield each analysis that a source goes through, by name."""
    path, probe = source.path, source.probe
    yield "probe", lambda: source_probe(path, folder=folder)
    yield "scan", lambda: source_scan(path, folder=folder, probe=probe)
    for number, audio in enumerate(probe.audios):
        measure = partial(loudness_measure, path, folder=folder, probe=probe, audio=audio)
        yield f"loudness of track {number}", measure
    if probe.video is not None:
        yield "poster", lambda: poster_make(path, folder=folder, probe=probe)
        yield "storyboard", lambda: storyboard_make(path, folder=folder, probe=probe)
        yield "preview", lambda: preview_make(path, folder=folder, probe=probe)


def analysis_report(report: Report, source: Source, encoding_s: float) -> None:
    """Report what looking at the source takes, as a share of encoding it."""
    total_s = 0.0
    with TemporaryDirectory(prefix="antenne-analysis-") as folder:
        Path(folder).chmod(0o777)  # ffmpeg runs as somebody else where we are root
        for name, analyse in analyses(source, Path(folder)):
            before_s = _spent_s()
            analyse()
            total_s += _spent_s() - before_s
            report.add(Figure(name, _spent_s() - before_s, "CPU s"))
    report.add(Figure("analysis / encoding", total_s / encoding_s, "", bar=Bar(ANALYSIS_BAR)))


def _spent_s() -> float:
    """Return the processor time of this process and of its children that have ended."""
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def main() -> int:
    """Run once."""
    parser = argparse.ArgumentParser(prog="benchmarks.pipeline_cost", description=__doc__)
    parser.add_argument("--runs", type=int, default=1, help="of each bare ffmpeg; the least counts")
    parser.add_argument("--clip", type=Path, help="instead of the bench clip")
    options = parser.parse_args()
    clip = options.clip or clips.bench_clip()
    report = Report("pipeline_cost", {**vars(options), "clip": clip.name})
    with platform_running() as platform:
        platform.admin_make()
        made = video_made(platform, clip)
    encoding_s = groups_report(report, made, options.runs)
    analysis_report(report, made.source, encoding_s)
    return report.write()


if __name__ == "__main__":
    raise SystemExit(main())
