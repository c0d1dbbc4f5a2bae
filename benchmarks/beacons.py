"""What a beacon costs, what folding costs, and what counting bytes costs the edge.

`python -m benchmarks.beacons [events]`. Beacons and media are asked of a real edge by wrk; events
are taken in and folded by the services, against a PostgreSQL of its own.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess  # noqa: TID251 - starts wrk
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from antenne.kernel.clock import unix_s
from antenne.kernel.ids import uuid7
from antenne.kernel.signing import ticket_make
from antenne.processes.postgres import temporary_postgres
from benchmarks.edge import SEGMENT_BYTES, VIDEO, Case, Server, wrk
from tests.edge.server import SECRET, database_made, edge_server

EVENTS: Final = 1_000_000
SECONDS: Final = 3
ROUNDS: Final = 5
TICKETS: Final = 20_000
COUNTED_BAR: Final = 0.95
UNCOUNTED: Final = "benchmarks.uncounted:app"


def beacon_script(folder: Path) -> Path:
    """Write the wrk script that sends beacons of many sessions, one after the other."""
    bodies = []
    for _number in range(TICKETS):
        said: dict[str, str | int] = {"s": uuid7().hex, "v": uuid7().hex, "m": "eu", "w": "a" * 32}
        ticket = ticket_make(SECRET, "beacon", said, expires_s=unix_s() + 3600)
        event = {"n": 1, "k": "progress", "x": 10_000, "r": [[0, 10_000]]}
        bodies.append(json.dumps({"t": ticket, "e": [event]}))
    listed = ",\n".join(f"[==[{body}]==]" for body in bodies)
    path = folder / "beacons.lua"
    path.write_text(
        f"local bodies = {{\n{listed}\n}}\nlocal at = 0\nwrk.method = 'POST'\n"
        "request = function() at = at % #bodies + 1\n"
        "return wrk.format(nil, nil, nil, bodies[at]) end\n"
    )
    return path


def beacons_measure(server: Server, script: Path) -> None:
    """Print beacons per second, each on the disk before it is answered, and CPU time of one."""
    before_s = server.cpu_s()
    command = [str(shutil.which("wrk")), "-t1", "-c256", f"-d{SECONDS}s", "-s", str(script)]
    command.append(f"{server.base}/beacon")
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603 - a fixed command
    count = next(int(line.split()[0]) for line in text.splitlines() if "requests in" in line)
    cpu_us = (server.cpu_s() - before_s) * 1e6 / count
    sys.stdout.write(f"  beacons: {count / SECONDS:.0f}/s, {cpu_us:.0f} us of CPU each\n{text}")


def media_measure(counted: Server, uncounted: Server) -> bool:
    """Print what counting costs; say whether the bar is met by CPU time, for a whole segment."""
    segment = f"bytes={SEGMENT_BYTES}-{2 * SEGMENT_BYTES - 1}"
    ratios = [
        _ratio(Case("a 64 kB range", "chunk.mp4", "bytes=0-65535", 0), counted, uncounted),
        _ratio(Case("a 2 MB segment", "chunk.mp4", segment, 0), counted, uncounted),
    ]
    verdict = "met" if ratios[-1] >= COUNTED_BAR else "MISSED"
    sys.stdout.write(f"  bar for segments {COUNTED_BAR}: {verdict}\n")
    return ratios[-1] >= COUNTED_BAR


def _ratio(case: Case, counted: Server, uncounted: Server) -> float:
    figures: dict[str, list[float]] = {"counted": [], "uncounted": []}
    for _round in range(ROUNDS):
        figures["counted"].append(wrk(counted, case, SECONDS).cpu_us)
        figures["uncounted"].append(wrk(uncounted, case, SECONDS).cpu_us)
    for name, values in figures.items():
        raw = " ".join(f"{value:.0f}" for value in values)
        sys.stdout.write(f"  {case.name}, {name}: {statistics.median(values):.0f} us, raw {raw}\n")
    medians = {name: statistics.median(values) for name, values in figures.items()}
    ratio = medians["uncounted"] / medians["counted"]
    sys.stdout.write(f"  {case.name}: {ratio:.3f} of the speed without counting, by CPU time\n")
    return ratio


def edge_measure() -> bool:
    """Measure at real edges."""
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        database = stack.enter_context(database_made(stack.enter_context(temporary_postgres()).url))
        servers = []
        for name in ("counted", "uncounted"):
            place = home / name
            place.mkdir()
            application = UNCOUNTED if name == "uncounted" else "antenne.edge.app:app"
            edge = stack.enter_context(
                edge_server(place, database, {"EDGE_APPLICATION": application})
            )
            edge.media_put(VIDEO, "chunk.mp4", os.urandom(2 * SEGMENT_BYTES))
            path = edge.media_url(VIDEO, "x").removeprefix(edge.url).removesuffix("/x")
            assert edge.process is not None  # noqa: S101 - it has just been started
            servers.append((edge.url, path, edge.process.pid))
        first, second = (Server(url, f"{url}{path}", pid) for url, path, pid in servers)
        beacons_measure(Server("beacon", servers[0][0], servers[0][2]), beacon_script(home))
        return media_measure(first, second)


def fold_measure(events: int) -> None:
    """Take in and fold so many events; print what each step took."""
    with temporary_postgres() as postgres, tempfile.TemporaryDirectory() as home:
        os.environ |= {"DATABASE_URL": postgres.url, "ANTENNE_HOME": home}
        os.environ["DJANGO_SETTINGS_MODULE"] = "antenne.config.settings"
        script = [sys.executable, "-m", "benchmarks.folding", str(events)]
        subprocess.run(script, check=True)  # noqa: S603 - a fixed command


def main() -> int:
    """Measure everything."""
    events = int(sys.argv[1]) if len(sys.argv) > 1 else EVENTS
    met = edge_measure()
    fold_measure(events)
    return int(not met)


if __name__ == "__main__":
    raise SystemExit(main())
