"""How many bytes our ladder needs for its quality: `python -m benchmarks.ladder_quality`.

For each clip of the corpus that really has 720 lines or more, our rungs and the renditions that
MediaCMS makes are compared with the source at its own size by VMAF. A viewer gets the best of what
is offered, so the curves compared are the hulls. The bytes that are kept for the bench clip (which
is upscaled, and says nothing about quality) are set beside MediaCMS's.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
from collections import Counter
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import httpx

from antenne.ffmpeg.binaries import ffmpeg_path
from antenne.ffmpeg.command import Chunk, Source, video_chunk_argv
from antenne.ffmpeg.filters import Span, timeline_zero_s
from antenne.ffmpeg.ladder import Rung, nominal_height
from antenne.ffmpeg.plan import air_plan, av1_plan, quality_plan
from antenne.ffmpeg.probe import Probe, source_probe
from antenne.ffmpeg.refusals import SourceRefused
from antenne.ffmpeg.scan import source_scan
from benchmarks import clips, mediacms
from benchmarks.bd_rate import NoOverlap, Point, bd_rate
from benchmarks.commands import measured
from benchmarks.platform import Platform, platform_running
from benchmarks.report import Bar, Figure, Report

BD_BARS: Final = {"H.264": -0.10, "AV1": -0.40}
BYTES_BAR: Final = 0.70
NATIVE_LEAST: Final = 720
LENGTH_LEAST_MS: Final = 1000
SEGMENT_S: Final = 4
IDLE_S: Final = 900.0
UNCONVERTED: Final = ("", "unknown", "unspecified", "bt709")
MEDIA: Final = (".mp4", ".mov", ".webm", ".mkv")
_RETIRED: Final = """
    SELECT s.name || '/' || r.name FROM pipeline_rendition r
      JOIN pipeline_stream s ON s.id = r.stream_id JOIN pipeline_upload u ON u.id = s.upload_id
     WHERE u.video_public_id = %s AND r.state IN ('retired', 'dead')
"""


@dataclass(frozen=True, slots=True)
class Subject:
    """A clip to compare on: its first *frames*, on its own grid of frames."""

    source: Source
    rungs: tuple[Rung, ...]
    av1_rungs: tuple[Rung, ...]
    frames: int

    @property
    def fps(self) -> Fraction:
        """Return the frame rate."""
        return self.rungs[0].fps

    @property
    def size(self) -> tuple[int, int]:
        """Return the displayed size of the source in pixels."""
        video = self.source.probe.video
        return (video.width, video.height) if video else (0, 0)

    @property
    def lead(self) -> int:
        """Return how often our rungs repeat the first picture, where the sound begins earlier."""
        video, zero_s = self.source.probe.video, timeline_zero_s(self.source.probe)
        return round((video.start_s - zero_s) * self.fps) if video else 0


def is_native(path: Path, probe: Probe) -> bool:
    """Say whether a clip can be judged by VMAF frame by frame: plain, steady, 720 lines or more."""
    video = probe.video
    if video is None or path.name.startswith(("derived_", "bad_")):
        return False
    # Other colours than BT.709, the usual ones, are converted in our rungs.
    odd_colours = video.matrix not in UNCONVERTED or video.full_range
    odd = (video.vfr, video.interlaced, video.hdr, video.rotation, video.sar != 1, odd_colours)
    large = nominal_height(video.width, video.height) >= NATIVE_LEAST
    return large and not any(odd) and probe.duration_ms >= LENGTH_LEAST_MS


def subject_of(path: Path, folder: Path, most_s: float) -> Subject | None:
    """Return what is compared on a clip, or None where it does not suit."""
    try:
        probe = source_probe(path, folder=folder)
    except SourceRefused:
        return None
    if not is_native(path, probe):
        return None
    scan = source_scan(path, folder=folder, probe=probe)
    # All rungs are encoded here, also where the platform would keep a copy of the source.
    plan = quality_plan(probe, scan, replace(air_plan(probe), copy_video=False))
    frames = min(plan.frames, round(Fraction(most_s) * plan.fps))
    av1 = av1_plan(probe, scan, plan.segment_starts_frames)
    return Subject(Source(path, probe), plan.rungs, av1.rungs, frames)


def ours(subject: Subject, rungs: tuple[Rung, ...], folder: Path) -> list[Point]:
    """Encode rungs of ours in one run and return rate and quality of each."""
    keys = tuple(range(0, subject.frames, round(SEGMENT_S * subject.fps)))
    chunk = Chunk(Span(0, subject.frames, pad_end=True), keys)
    argv = video_chunk_argv(ffmpeg_path(), subject.source, rungs, chunk, threads=0)
    files = {f"pipe:{3 + n}": folder / f"ours-{n}.mp4" for n in range(len(rungs))}
    measured([argv[0], "-y", *(str(files.get(word, word)) for word in argv[1:])])
    return [_point(subject, path, folder, subject.lead) for path in files.values()]


def theirs(subject: Subject, folder: Path) -> list[Point]:
    """Encode MediaCMS's renditions, pictures only, and return rate and quality of each."""
    points = []
    for height in mediacms.heights_for(nominal_height(*subject.size)):
        target = folder / f"theirs-{height}.mp4"
        argv = mediacms.rendition_argv(subject.source.path, height, target, fps=float(subject.fps))
        measured([*argv[:-1], "-an", "-frames:v", str(subject.frames), argv[-1]])
        points.append(_point(subject, target, folder))
    return points


def _point(subject: Subject, made: Path, folder: Path, lead: int = 0) -> Point:
    seconds = float(subject.frames / subject.fps)
    quality = vmaf(subject, made, folder / "vmaf.json", lead)
    return Point(made.stat().st_size * 8 / seconds, quality)


def vmaf(subject: Subject, made: Path, log: Path, lead: int = 0) -> float:
    """Return the mean VMAF of a rendition, enlarged to the source's size, frame by frame.

    *lead* is how many pictures the rendition has before the first one of the source.
    """
    width, height = subject.size
    frames = subject.frames - subject.lead
    # Whole ticks of one clock: rounding would set pictures against their neighbours. And one name
    # for the colours of both, or ffmpeg converts those of a source that does not name its own.
    same = f"setparams=colorspace=bt709:range=tv,settb=1/25,trim=end_frame={frames},setpts=N"
    scaled = f"{same},scale={width}:{height}:flags=bicubic,format=yuv420p"
    threads = len(os.sched_getaffinity(0))
    judge = f"libvmaf=n_threads={threads}:shortest=1:log_fmt=json:log_path={log}"
    video = subject.source.probe.video
    track = video.index if video else 0
    made_chain = f"[0:v:0]trim=start_frame={lead},{scaled}[made]"
    graph = f"{made_chain};[1:{track}]{scaled}[source];[made][source]{judge}"
    measured(
        [
            *(str(ffmpeg_path()), "-nostdin", "-v", "error", "-i", str(made)),
            *("-i", str(subject.source.path), "-filter_complex", graph, "-f", "null", "-"),
        ]
    )
    mean: float = json.loads(log.read_text())["pooled_metrics"]["vmaf"]["mean"]
    return mean


def clip_report(report: Report, subject: Subject) -> dict[str, float]:
    """Compare on one clip; return the difference of rate by codec where the curves overlap."""
    name = subject.source.path.name
    report.say(f"{name} {subject.size[0]}x{subject.size[1]}, {subject.frames} frames")
    with TemporaryDirectory(prefix="antenne-ladder-") as place:
        reference = theirs(subject, Path(place))
        curves = {
            "H.264": ours(subject, subject.rungs, Path(place)),
            "AV1": ours(subject, subject.av1_rungs, Path(place)),
        }
    shares = {}
    for whose, points in {**curves, "MediaCMS": reference}.items():
        shown = ", ".join(f"{point.rate_bps / 1000:.0f}k {point.quality:.2f}" for point in points)
        report.note(f"{name} {whose}: {shown}")
    for codec, points in curves.items():
        try:
            shares[codec] = bd_rate(points, reference)
        except NoOverlap as error:
            report.note(f"{name} {codec}: {error}")
            continue
        report.add(Figure(f"{name} {codec}: BD-rate (VMAF)", 100 * shares[codec], "%"))
    return shares


def corpus_clips() -> list[Path]:
    """Return every file of the corpus that may be a clip, nothing where there is no corpus."""
    folder = os.environ.get("ANTENNE_CORPUS", "")
    found = Path(folder).iterdir() if folder else ()
    return sorted(path for path in found if path.suffix in MEDIA)


def quality_report(report: Report, options: argparse.Namespace) -> None:
    """Compare on all clips and report the mean of each codec."""
    paths = options.files or corpus_clips()
    shares: dict[str, list[float]] = {codec: [] for codec in BD_BARS}
    for path in paths:
        with TemporaryDirectory(prefix="antenne-ladder-") as place:
            Path(place).chmod(0o777)  # ffmpeg runs as somebody else where we are root
            subject = subject_of(path, Path(place), options.seconds)
        for codec, share in (clip_report(report, subject) if subject else {}).items():
            shares[codec].append(share)
    if not any(shares.values()):
        report.note("no clip to judge quality on: set ANTENNE_CORPUS or name --files")
        return
    for codec, found in shares.items():
        mean, bar = statistics.mean(found), Bar(BD_BARS[codec])
        report.add(Figure(f"BD-rate of the {codec} hull, mean", mean, "", tuple(found), bar))


def kept_bytes(platform: Platform, video: str) -> Counter[str]:
    """Return what is kept of the video of a clip by kind, the source itself aside."""
    platform.idle_await(IDLE_S)
    root = platform.home / "objects" / "media" / video
    retired = [root / row[0] for row in platform.rows(_RETIRED, video)]
    files = (path for path in root.rglob("*") if path.is_file())
    kept = (path for path in files if not any(folder in path.parents for folder in retired))
    found: Counter[str] = Counter()
    for path in kept:
        found[_kind_of(path.relative_to(root))] += path.stat().st_size
    return found


def _kind_of(path: Path) -> str:
    """Return what an object of a video is, by its folder."""
    folder = path.parts[1] if len(path.parts) > 2 else ""  # noqa: PLR2004 - stream, rendition, name
    if folder == "file":
        return "files to take along"
    if not folder:
        return "posters, storyboards, playlists"
    return "sound" if folder.startswith("sound") else f"picture {folder.removeprefix('v')}"


def bytes_report(report: Report, clip: Path) -> None:
    """Report what is kept of a clip beside the MP4 renditions of MediaCMS."""
    with platform_running() as platform:
        platform.admin_make()
        video = [str(event.data["video_id"]) for event in platform.publish(clip)][-1]
        kinds = kept_bytes(platform, video)
        httpx.get(f"{platform.url}/feeds/podcast.xml", timeout=IDLE_S).raise_for_status()
        taken_bytes = kept_bytes(platform, video).total()
    ours_bytes = kinds.total()
    for kind, size_bytes in kinds.most_common():
        report.add(Figure(f"kept: {kind}", size_bytes / 1e6, "MB"))
    theirs_bytes = 0
    with TemporaryDirectory(prefix="antenne-reference-") as place:
        for height in mediacms.RATES_KBPS:
            target = Path(place) / f"{height}.mp4"
            measured(mediacms.rendition_argv(clip, height, target))
            theirs_bytes += target.stat().st_size
    report.add(
        Figure("bytes kept", ours_bytes / 1e6, "MB", (), None, theirs_bytes / 1e6, "MediaCMS MP4")
    )
    report.add(Figure("bytes / MediaCMS, once a podcast is read", taken_bytes / theirs_bytes, ""))
    report.add(Figure("bytes / MediaCMS", ours_bytes / theirs_bytes, "", bar=Bar(BYTES_BAR)))


def main() -> int:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(prog="benchmarks.ladder_quality", description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0, help="of each clip, at most")
    parser.add_argument("--files", type=Path, nargs="*", help="instead of those of the corpus")
    parser.add_argument("--bytes-of", type=Path, help="instead of the bench clip")
    parser.add_argument("--no-quality", action="store_true")
    parser.add_argument("--no-bytes", action="store_true")
    options = parser.parse_args()
    report = Report("ladder_quality", vars(options))
    if not options.no_quality:
        quality_report(report, options)
    if not options.no_bytes:
        bytes_report(report, options.bytes_of or clips.bench_clip())
    return report.write()


if __name__ == "__main__":
    raise SystemExit(main())
