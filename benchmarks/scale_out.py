"""What a second worker brings: `python -m benchmarks.scale_out [--runs 3]`.

Workers pinned to one core each share a real S3 bucket and one database, each with a home of its
own as on a machine of its own. The same clip is encoded by one of them, and by several. Everything
else (pages, edge, database, bucket) runs where it likes, on the same machine: what the workers
cannot have of their cores is their loss here.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks import clips
from benchmarks.commands import started
from benchmarks.platform import Platform, PlatformFailed, eventually, platform_running
from benchmarks.processes import cpu_s, family_of
from benchmarks.report import Bar, Figure, Report
from tools.s3_server import S3Server, s3_server

SPEED_UP_BAR: Final = 0.85
MINUTES: Final = 10
_STOP_S: Final = 20.0
_UNITS: Final = """
    SELECT extract(epoch FROM max(n.finished_at) - min(n.started_at)),
           sum(extract(epoch FROM n.finished_at - n.started_at)), sum(n.attempt - 1), count(*)
      FROM pipeline_unit n JOIN pipeline_stream s ON s.id = n.stream_id
      JOIN pipeline_upload u ON u.id = s.upload_id WHERE u.video_public_id = %s
"""


@dataclass(frozen=True, slots=True)
class Encoded:
    """One encode: from the last byte until every quality was there, and what its units took.

    *busy_s* sums the time that units were in hand; *cpu_s* is that of each worker.
    """

    wall_s: float
    units_s: float
    busy_s: float
    cpu_s: tuple[float, ...]
    again: int


def bucket_named(server: S3Server) -> dict[str, str]:
    """Return the variables that lead a part of the platform to the bucket."""
    return {
        "ANTENNE_STORAGE": f"s3://{server.bucket}",
        "ANTENNE_S3_ENDPOINT": server.endpoint,
        "ANTENNE_S3_REGION": server.region,
        "ANTENNE_S3_KEY": server.key,
        "ANTENNE_S3_SECRET": server.secret,
    }


def pin(pid: int, core: int) -> None:
    """Keep a process, its threads and what they will start on one core."""
    for process in list(family_of(pid)):
        for thread in Path(f"/proc/{process}/task").iterdir():
            os.sched_setaffinity(int(thread.name), {core})


@contextmanager
def worker_more(platform: Platform, core: int) -> Iterator[int]:
    """Run one more worker with a home of its own, pinned to *core*; give its process."""
    home = Path(tempfile.mkdtemp(prefix="antenne-worker-"))
    home.chmod(0o711)
    environment = {
        **platform.environment,
        "ANTENNE_HOME": str(home),
        "ANTENNE_SECRET": (platform.home / "secret").read_text().strip(),
        "DATABASE_URL": platform.database_url(),
    }
    argv = ("taskset", "-c", str(core), sys.executable, "-m", "antenne.cli.main", "worker")
    process = started(argv, environment=environment, log=home / "log")
    try:
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        if not eventually(lambda: process.poll() is not None, _STOP_S):
            process.kill()
        process.wait()
        shutil.rmtree(home, ignore_errors=True)


def encoded(platform: Platform, clip: Path, workers: list[int]) -> Encoded:
    """Publish *clip* and wait until every quality is there."""
    before_s, uploaded_s, complete_s, video = [cpu_s(pid) for pid in workers], 0.0, 0.0, ""
    for event in platform.publish(clip):
        video = str(event.data["video_id"])
        if event.name == "refused":
            raise PlatformFailed(f"refused: {event.data.get('reason')}")
        if event.name == "uploaded":
            uploaded_s = event.heard_s
        complete_s = event.heard_s
    units_s, busy_s, again, _count = platform.rows(_UNITS, video)[0]
    spent_s = tuple(cpu_s(pid) - old_s for pid, old_s in zip(workers, before_s, strict=True))
    return Encoded(complete_s - uploaded_s, float(units_s), float(busy_s), spent_s, int(again))


def runs_by_count(
    platform: Platform, clip: Path, options: argparse.Namespace, report: Report
) -> dict[int, list[Encoded]]:
    """Encode with one worker and with all, in turn, so that both meet the same neighbours."""
    cores = sorted(os.sched_getaffinity(0))[: options.workers]
    first = platform.parts()["worker"]
    pin(first, cores[0])
    found: dict[int, list[Encoded]] = {1: [], len(cores): []}
    for _ in range(options.runs):
        for count, runs in found.items():
            with ExitStack() as stack:
                more = [stack.enter_context(worker_more(platform, core)) for core in cores[1:count]]
                runs.append(encoded(platform, clip, [first, *more]))
            report.say(f"  {count} workers: {runs[-1]}")
    return found


def speed_report(report: Report, found: dict[int, list[Encoded]]) -> None:
    """Report both walls, and what each further worker brought."""
    one, many = min(found), max(found)
    for count, runs in found.items():
        walls = tuple(run.wall_s for run in runs)
        report.add(Figure(f"{count} workers: wall", statistics.median(walls), "s", walls))
        shares = tuple(run.busy_s / run.units_s for run in runs)
        report.add(Figure(f"{count} workers: units in hand at once", statistics.mean(shares), ""))
        spent = tuple(sum(run.cpu_s) for run in runs)
        report.add(Figure(f"{count} workers: processor time", statistics.median(spent), "s", spent))
        report.note(f"{count} workers: {sum(run.again for run in runs)} units done again")
    shared = tuple(
        sum(alone.cpu_s) / max(together.cpu_s) / many
        for alone, together in zip(found[one], found[many], strict=True)
    )
    report.add(Figure("speed-up per worker, by processor time of the busiest",
                      statistics.median(shared), "times", shared))  # fmt: skip
    pairs = tuple(
        alone.wall_s / together.wall_s / many
        for alone, together in zip(found[one], found[many], strict=True)
    )
    bar = Bar(SPEED_UP_BAR, least=True)
    report.add(Figure("speed-up per worker", statistics.median(pairs), "times", pairs, bar))


def main() -> int:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(prog="benchmarks.scale_out", description=__doc__)
    parser.add_argument("--runs", type=int, default=1, help="of each, in turn")
    parser.add_argument("--workers", type=int, default=2, help="one core each")
    parser.add_argument("--clip", type=Path, help="instead of the bench clip looped to ten minutes")
    options = parser.parse_args()
    if len(os.sched_getaffinity(0)) < max(2, options.workers):
        parser.error("fewer cores than workers")
    clip = options.clip or clips.looped(clips.bench_clip(), MINUTES)
    report = Report("scale_out", {**vars(options), "clip": clip.name})
    with tempfile.TemporaryDirectory(prefix="antenne-bucket-") as place, ExitStack() as stack:
        server = stack.enter_context(s3_server(Path(place)))
        platform = stack.enter_context(platform_running(**bucket_named(server)))
        platform.admin_make()
        found = runs_by_count(platform, clip, options, report)
    speed_report(report, found)
    return report.write()


if __name__ == "__main__":
    raise SystemExit(main())
