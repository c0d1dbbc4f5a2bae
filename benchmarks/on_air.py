"""How soon a video plays after its last byte: `python -m benchmarks.on_air [--runs 3] [--long]`.

Each file goes through `antenne publish --json` of a real platform; a player then fetches what it
was told of. Beside it: ffmpeg alone, making the first rendition that MediaCMS offers.
"""

from __future__ import annotations

import argparse
import os
import signal
import statistics
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks import clips, mediacms
from benchmarks.commands import measured
from benchmarks.platform import Client, Platform, PlatformFailed, platform_running
from benchmarks.playback import Watched, playable_check, watch
from benchmarks.report import Bar, Figure, Report, median_figure

COPIED_BAR_S: Final = 2.0
ENCODED_BAR_S: Final = 4.0
GROWTH_BAR: Final = 1.25
IDLE_S: Final = 900.0
KILL_AT_S: Final = 3.0


@dataclass(frozen=True, slots=True)
class Case:
    """One file to publish; *short* ones are also waited for until they are complete."""

    name: str
    path: Path
    bar_s: float
    short: bool = True
    encoded: bool = False


@dataclass(slots=True)
class Times:
    """Seconds of the runs of one case."""

    playable_s: list[float] = field(default_factory=list)
    complete_s: list[float] = field(default_factory=list)
    fetched_s: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Bench:
    """What all cases share."""

    platform: Platform
    client: Client
    report: Report
    options: argparse.Namespace


def cases(*, long: bool) -> list[Case]:
    """Return what is published; *long* adds the clip looped to 60 minutes."""
    clip = clips.bench_clip()
    found = [
        Case("60 s clip", clip, COPIED_BAR_S),
        Case("10 min", clips.looped(clip, 10), COPIED_BAR_S, short=False),
    ]
    if long:
        found.append(Case("60 min", clips.looped(clip, 60), COPIED_BAR_S, short=False))
    found += [
        Case("60 s VP9/WebM", clips.as_vp9(clip), ENCODED_BAR_S, encoded=True),
        Case("60 s MKV without index", clips.without_index(clip), ENCODED_BAR_S),
    ]
    for name in ("phone_hlg_portrait_editlist.mp4", "phone_portrait_4k60.mp4"):
        path = clips.corpus_file(name)
        if path is not None:
            found.append(Case(name, path, ENCODED_BAR_S, encoded=True))
    return found


def published(bench: Bench, case: Case, times: Times, *, wait: bool) -> str:
    """Publish once, check that it plays, note the seconds; return the video's id."""
    video, uploaded_s = "", 0.0
    for event in bench.platform.publish(case.path, wait=wait):
        if event.name == "refused":
            raise PlatformFailed(f"{case.name}: refused: {event.data.get('reason')}")
        if event.name == "uploaded":
            uploaded_s = event.heard_s
        if event.name == "playable":
            # The later of the platform's word and our own clock.
            times.playable_s.append(max(event.data["seconds"], event.heard_s - uploaded_s))
            times.fetched_s.append(playable_check(event.data["master_url"]))
        if event.name == "complete":
            times.complete_s.append(max(event.data["seconds"], event.heard_s - uploaded_s))
        video = str(event.data["video_id"])
    return video


def case_run(bench: Bench, case: Case) -> float:
    """Run one case as often as asked and report it; return the median until it is playable."""
    bench.report.say(f"{case.name} ({case.path.stat().st_size / 1e6:.1f} MB)")
    times = Times()
    for _ in range(bench.options.runs):
        wait = case.short and not bench.options.no_complete
        video = published(bench, case, times, wait=wait)
        bench.client.video_remove(video)
        if not bench.platform.idle_await(IDLE_S):
            raise bench.platform.failure("work is left over after a video was removed")
    add = bench.report.add
    name = case.name
    add(median_figure(f"{name}: playable", "s", times.playable_s, Bar(case.bar_s)))
    add(median_figure(f"{name}: master, playlists and segments fetched in", "s", times.fetched_s))
    if times.complete_s:
        add(median_figure(f"{name}: complete", "s", times.complete_s))
    return statistics.median(times.playable_s)


def reference_run(bench: Bench, case: Case, playable_s: float) -> None:
    """Report ffmpeg alone on the same file, idle beside us."""
    if not case.short and not bench.options.long_references:
        bench.report.note(f"{case.name}: no reference run (--long-references)")
        return
    with TemporaryDirectory(prefix="antenne-reference-") as folder:
        argv = mediacms.rendition_argv(
            case.path, mediacms.FIRST_HEIGHT_PX, Path(folder) / "first.mp4"
        )
        spent = measured(argv)
    bench.report.add(
        Figure(
            name=f"{case.name}: playable, beside the first rendition of MediaCMS",
            value=playable_s,
            unit="s",
            reference=spent.wall_s,
            reference_name="bare ffmpeg, 144p",
        )
    )


def playback_run(bench: Bench, case: Case, *, kill: bool) -> None:
    """Start to play the moment it is playable; with *kill* the worker dies on the way."""
    killed: list[int] = []

    def between(position_s: float) -> None:
        if kill and not killed and position_s >= KILL_AT_S:
            killed.append(bench.platform.parts()["worker"])
            os.kill(killed[0], signal.SIGKILL)

    seen: Watched | None = None
    video = ""
    for event in bench.platform.publish(case.path, wait=False):
        if event.name == "playable":
            video = event.data["video_id"]
            seen = watch(event.data["master_url"], bench.options.playback, between)
    if seen is None:
        raise PlatformFailed(f"{case.name}: it was never playable")
    title = f"{case.name}: stalls at 1 x" + (", worker killed" if kill else "")
    bench.report.add(Figure(title, float(seen.stalls), "", bar=Bar(1.0 if kill else 0.0)))
    end = "to the end" if seen.reached_end else "not to the end"
    bench.report.note(f"played {seen.played_s:.1f} s, {end}, stalled {seen.stalled_s:.1f} s")
    bench.client.video_remove(video)
    bench.platform.idle_await(IDLE_S)


def all_run(bench: Bench, chosen: list[Case]) -> None:
    """Run the cases one after the other, then the ratio of the longest to the shortest."""
    medians: dict[str, float] = {}
    for case in chosen:
        medians[case.name] = case_run(bench, case)
        reference_run(bench, case, medians[case.name])
        if case.encoded and bench.options.playback:
            playback_run(bench, case, kill=False)
            if bench.options.kill:
                playback_run(bench, case, kill=True)
    for name in ("10 min", "60 min"):
        if name in medians and "60 s clip" in medians:
            growth = medians[name] / medians["60 s clip"]
            bar = Bar(GROWTH_BAR) if name == "60 min" else None
            bench.report.add(Figure(f"{name} / 60 s, until playable", growth, "times", bar=bar))


def options_read() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="benchmarks.on_air", description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--long", action="store_true", help="also the clip looped to 60 minutes")
    parser.add_argument("--only", default="", help="only cases whose name holds this")
    parser.add_argument("--no-complete", action="store_true", help="do not wait for all qualities")
    parser.add_argument("--long-references", action="store_true", help="ffmpeg on 10 and 60 min")
    parser.add_argument(
        "--playback",
        type=float,
        default=90.0,
        metavar="S",
        help="play encoded cases so long at most",
    )
    parser.add_argument("--kill", action="store_true", help="play again, a worker killed")
    return parser.parse_args()


def main() -> int:
    """Run what was asked for."""
    options = options_read()
    report = Report("on_air", vars(options))
    chosen = [case for case in cases(long=options.long) if options.only in case.name]
    with platform_running() as platform:
        client = Client(platform, platform.admin_make())
        try:
            all_run(Bench(platform, client, report, options), chosen)
        finally:
            client.close()
    return report.write()


if __name__ == "__main__":
    raise SystemExit(main())
