"""Nothing is lost: `python -m benchmarks.crash [--runs 50]`.

While a file is sent by tus and encoded, one process of the platform is killed with SIGKILL at a
random moment: web, edge, worker, an ffmpeg, or the database. Then every upload whose bytes were
acknowledged must end complete or refused with a reason, and nothing unnamed may be left over.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import statistics
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks import clips
from benchmarks.leftovers import Leftovers, leftovers_of
from benchmarks.platform import Client, Platform, eventually, platform_running
from benchmarks.playback import NotPlayable, playable_check
from benchmarks.processes import family_of
from benchmarks.report import Bar, Figure, Report
from benchmarks.uploading import NeverSent, Sent, send

VICTIMS: Final = ("web", "edge", "worker", "ffmpeg", "database")
FFMPEG_AWAIT_S: Final = 20.0
READY_AGAIN_S: Final = 90.0
SETTLE_S: Final = 300.0
CLIP_S: Final = 40
_FATE: Final = """
    SELECT u.state, u.refusal, v.state FROM pipeline_upload u
      LEFT JOIN catalog_video v ON v.id = u.video_id WHERE u.id = %s
"""
_AGAIN: Final = """
    SELECT coalesce(sum(greatest(n.attempt - 1, 0)) FILTER (WHERE n.kind = 'video'), 0),
           coalesce(sum(greatest(n.attempt - 1, 0)) FILTER (WHERE n.kind <> 'video'), 0),
           count(*) FILTER (WHERE n.state = 'dead')
      FROM pipeline_unit n JOIN pipeline_stream s ON s.id = n.stream_id WHERE s.upload_id = %s
"""


@dataclass(frozen=True, slots=True)
class Killed:
    """One kill and what became of the upload it struck.

    *fate* is complete, refused or lost; *encoded_again* counts chunks of pictures, *other_again*
    all other units of work that were done more than once, *given_up* those that never were.
    """

    victim: str
    after_s: float
    fate: str
    reason: str
    resumed: int
    settled_s: float
    encoded_again: int = 0
    other_again: int = 0
    given_up: int = 0

    def line(self) -> str:
        """Return it as a row of the table."""
        return (
            f"  {self.victim:9} {self.after_s:6.1f} s  {self.fate:9} {self.settled_s:6.1f} s"
            f"  resumed {self.resumed}  chunks again {self.encoded_again}"
            f"  other again {self.other_again}  given up {self.given_up}  {self.reason}"
        )


class Sending:
    """An upload under way in a thread of its own."""

    def __init__(self, client: Client, path: Path) -> None:
        self.sent: Sent | None = None
        self.error = ""
        self._thread = threading.Thread(target=self._run, args=(client, path), daemon=True)
        self._thread.start()

    def _run(self, client: Client, path: Path) -> None:
        try:
            self.sent = send(client, path, give_up_s=SETTLE_S)
        except NeverSent as error:
            self.error = f"never sent: {error}"

    def join(self) -> Sent | None:
        """Wait for its end; return what was sent, None where that failed."""
        self._thread.join()
        return self.sent


def pid_of(platform: Platform, victim: str) -> int | None:
    """Return the process to kill; an ffmpeg is waited for. None where there is none."""
    if victim == "database":
        return platform.postmaster()
    if victim != "ffmpeg":
        return platform.parts().get(victim)
    eventually(lambda: bool(platform.ffmpegs()), FFMPEG_AWAIT_S)
    return next(iter(platform.ffmpegs()), None)


def kill(platform: Platform, victim: str) -> bool:
    """Kill one process of the platform, and never any other; return whether it was there."""
    pid = pid_of(platform, victim)
    if pid is None or pid not in set(family_of(platform.pid)):
        return False
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
        return True
    return False


def strike(platform: Platform, client: Client, path: Path, victim: str, after_s: float) -> Killed:
    """Send a file, kill *victim* so many seconds later, and follow the upload to its end."""
    begun_s = time.monotonic()
    sending = Sending(client, path)
    time.sleep(after_s)
    struck = victim if kill(platform, victim) else f"no {victim}"
    killed_s = time.monotonic()
    sent = sending.join()
    ready = eventually(platform.is_ready, READY_AGAIN_S, pause_s=0.2)
    if sent is None or not ready:
        reason = sending.error or "the platform did not come back"
        return Killed(struck, killed_s - begun_s, "lost", reason, 0, time.monotonic() - killed_s)
    settled = eventually(lambda: fate_of(platform, sent)[0] != "lost", SETTLE_S, pause_s=0.5)
    fate, reason = fate_of(platform, sent)
    again = platform.rows(_AGAIN, sent.upload)[0]
    return Killed(
        victim=struck,
        after_s=killed_s - begun_s,
        fate=fate,
        reason=reason if settled else f"not settled after {SETTLE_S:.0f} s: {reason}",
        resumed=sent.resumed,
        settled_s=time.monotonic() - killed_s,
        encoded_again=int(again[0]),
        other_again=int(again[1]),
        given_up=int(again[2]),
    )


def fate_of(platform: Platform, sent: Sent) -> tuple[str, str]:
    """Return what became of an accepted upload until now, and why where it was refused."""
    rows = platform.rows(_FATE, sent.upload)
    if not rows:
        return "lost", "its row is gone"
    upload, refusal, video = rows[0]
    if upload == "refused" and refusal:
        return "refused", str(refusal)
    if video == "ready":
        return "complete", ""
    return "lost", f"upload {upload}, video {video}"


def victims_in_turn(runs: int, chance: random.Random) -> list[str]:
    """Return whom to kill: everybody equally often, in a random order."""
    wanted = [VICTIMS[number % len(VICTIMS)] for number in range(runs)]
    chance.shuffle(wanted)
    return wanted


def strikes(
    platform: Platform, client: Client, options: argparse.Namespace, say: Callable[[str], None]
) -> list[Killed]:
    """Kill as often as asked; tell each row as it is known."""
    chance = random.Random(options.seed)  # noqa: S311 - which process dies is no secret
    files = [clips.moving(options.clip, vp9=True), clips.moving(options.clip, vp9=False)]
    found = []
    for number, victim in enumerate(victims_in_turn(options.runs, chance)):
        after_s = chance.uniform(0, options.span)
        found.append(strike(platform, client, files[number % 2], victim, after_s))
        say(found[-1].line())
    platform.idle_await(SETTLE_S)
    return found


def broken_videos(platform: Platform, client: Client) -> list[str]:
    """Return the complete videos that do not play although they should."""
    failed = []
    query = "SELECT public_id FROM catalog_video WHERE state = 'ready'"
    for (public_id,) in platform.rows(query):
        try:
            playable_check(client.master_url(public_id))
        except NotPlayable as error:
            failed.append(f"{public_id}: {error}")
    return failed


def result_report(report: Report, found: list[Killed], left: Leftovers, broken: list[str]) -> None:
    """Report what the kills did, beside the bars."""
    lost = [each for each in found if each.fate == "lost"]
    again = [float(each.encoded_again) for each in found]
    add = report.add
    add(Figure("kills", float(len(found)), ""))
    add(Figure("accepted uploads lost", float(len(lost)), "", bar=Bar(0)))
    add(Figure("complete videos that do not play", float(len(broken)), "", bar=Bar(0)))
    add(Figure("chunks encoded again, mean of a kill", statistics.mean(again), ""))
    add(Figure("chunks encoded again, most of a kill", max(again), "", tuple(again), Bar(1)))
    add(Figure("seconds until settled, median",
               statistics.median(each.settled_s for each in found), "s"))  # fmt: skip
    add(Figure("orphan objects", float(len(left.objects)), "", bar=Bar(0)))
    add(Figure("drafts left over", float(len(left.drafts)), "", bar=Bar(0)))
    add(Figure("work folders left over", float(len(left.work)), "", bar=Bar(0)))
    add(Figure("spooled bytes left over, files", float(len(left.spooled)), "", bar=Bar(0)))
    for name in (*left.objects, *left.drafts, *left.work, *left.spooled, *broken):
        report.note(name)
    for each in found:
        report.note(each.line().strip())


def main() -> int:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(prog="benchmarks.crash", description=__doc__)
    parser.add_argument("--runs", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--span", type=float, default=12.0, help="a kill comes within so many s")
    parser.add_argument("--clip", type=int, default=CLIP_S, help="seconds of the clip that is sent")
    options = parser.parse_args()
    report = Report("crash", vars(options))
    with platform_running() as platform:
        client = Client(platform, platform.admin_make())
        found = strikes(platform, client, options, report.say)
        broken = broken_videos(platform, client)
        client.close()
        result_report(report, found, leftovers_of(platform), broken)
    return report.write()


if __name__ == "__main__":
    raise SystemExit(main())
