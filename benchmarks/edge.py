"""Compares the edge with nginx on this machine: `python -m benchmarks.edge [seconds]`.

Both serve the same files on loopback to the same wrk, in turns, so that a busy machine harms both
alike; the CPU time per request of all of a server's processes is measured too, because it barely
depends on what else runs. nginx runs twice: plain (no check at all) and with the signed paths of
`deploy/nginx/`.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess  # noqa: TID251 - starts wrk
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from antenne.processes.postgres import temporary_postgres
from tests.edge.nginx import nginx_server
from tests.edge.server import EdgeServer, database_made, edge_server
from tools.s3_server import free_port

VIDEO: Final = "xea1b2c3d"
SEGMENT_BYTES: Final = 2_000_000
CHUNK_SEGMENTS: Final = 5
ROUNDS: Final = 5
CONNECTIONS: Final = 32
WORKERS: Final = 2
SEGMENT_BAR: Final = 0.8
MANIFEST_BAR: Final = 1.0


@dataclass(frozen=True)
class Case:
    """One thing to fetch, from three servers; *asked* is a Range header or empty."""

    name: str
    path: str
    asked: str
    bar: float


@dataclass(frozen=True)
class Server:
    """One of the servers, with what stands before the path of an object on it."""

    name: str
    base: str
    process: int

    def cpu_s(self) -> float:
        """Return the CPU seconds that the server's processes have used so far."""
        ticks = 0
        for process in family(self.process):
            fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])  # user and system time
        return ticks / os.sysconf("SC_CLK_TCK")


def family(process: int) -> list[int]:
    """Return *process* and all that descend from it."""
    text = Path(f"/proc/{process}/task/{process}/children").read_text()
    return [process, *(member for child in text.split() for member in family(int(child)))]


@dataclass(frozen=True)
class Figure:
    """Requests per second by the clock, and microseconds of CPU time per request."""

    rate: float
    cpu_us: float


def cases() -> tuple[Case, ...]:
    """Return what is measured."""
    second = f"bytes={SEGMENT_BYTES}-{2 * SEGMENT_BYTES - 1}"
    return (
        Case("2 MB segment, a range of a chunk", "chunk.mp4", second, SEGMENT_BAR),
        Case("2 MB segment, a whole file", "segment.m4s", "", SEGMENT_BAR),
        Case("media playlist", "video.m3u8", "", MANIFEST_BAR),
        Case("master playlist", "master.m3u8", "", MANIFEST_BAR),
    )


def objects_put(edge: EdgeServer) -> None:
    """Write the objects of the cases."""
    edge.media_put(VIDEO, "chunk.mp4", os.urandom(SEGMENT_BYTES * CHUNK_SEGMENTS))
    edge.media_put(VIDEO, "segment.m4s", os.urandom(SEGMENT_BYTES))
    rows = "".join(f"#EXTINF:4.0,\n#EXT-X-BYTERANGE:{n * 9999}@0\nchunk.mp4\n" for n in range(30))
    edge.media_put(VIDEO, "video.m3u8", f"#EXTM3U\n{rows}#EXT-X-ENDLIST\n".encode())
    edge.media_put(
        VIDEO, "master.m3u8", b"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nvideo.m3u8\n" * 4
    )


def wrk(server: Server, case: Case, seconds: int) -> Figure:
    """Return what one run measured; refuse to count errors."""
    url, before_s = f"{server.base}/{case.path}", server.cpu_s()
    command = [str(shutil.which("wrk")), "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", url]
    if case.asked:
        command += ["-H", f"Range: {case.asked}"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603 - a fixed command
    if "Non-2xx" in text or "Socket errors" in text:
        raise SystemExit(f"{url}: {text}")
    rate = re.search(r"Requests/sec:\s+([\d.]+)", text)
    count = re.search(r"(\d+) requests in", text)
    if rate is None or count is None:
        raise SystemExit(text)
    used_us = (server.cpu_s() - before_s) * 1e6
    return Figure(float(rate.group(1)), used_us / int(count.group(1)))


def measure(servers: list[Server], case: Case, seconds: int) -> dict[str, Figure]:
    """Return the medians of each server over all rounds, and print every figure."""
    figures: dict[str, list[Figure]] = {server.name: [] for server in servers}
    for _ in range(ROUNDS):
        for server in servers:
            figures[server.name].append(wrk(server, case, seconds))
    medians = {}
    for name, values in figures.items():
        rate = statistics.median(value.rate for value in values)
        cpu_us = statistics.median(value.cpu_us for value in values)
        raw = " ".join(f"{value.rate:.0f}/{value.cpu_us:.0f}" for value in values)
        sys.stdout.write(f"  {name:12} {rate:7.0f}/s {cpu_us:7.0f} us   raw {raw}\n")
        medians[name] = Figure(rate, cpu_us)
    return medians


def report(case: Case, medians: dict[str, Figure]) -> None:
    """Print the ratios against both nginx; above 1 the edge is the faster one."""
    ours = medians["edge"]
    for rival in ("nginx signed", "nginx plain"):
        by_clock = ours.rate / medians[rival].rate
        by_cpu = medians[rival].cpu_us / ours.cpu_us
        verdict = "met" if by_clock >= case.bar else "MISSED"
        sys.stdout.write(
            f"  edge / {rival}: {by_clock:.2f} by the clock (bar {case.bar}: {verdict}), "
            f"{by_cpu:.2f} by CPU time\n"
        )


def nginx_pid(place: Path) -> int:
    """Return the process of the nginx that runs in *place*."""
    return int((place / "pid").read_text())


def main() -> None:
    """Run all cases."""
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        home.chmod(0o755)
        places = [home / name for name in ("edge", "signed")]
        for place in places:
            place.mkdir()
        database = stack.enter_context(database_made(stack.enter_context(temporary_postgres()).url))
        edge = stack.enter_context(edge_server(places[0], database, workers=WORKERS))
        objects_put(edge)
        plain = free_port()
        root = edge.home / "objects" / "media" / VIDEO
        further = (
            f"sendfile on; tcp_nopush on;\nserver {{ listen 127.0.0.1:{plain}; root {root}; }}\n"
        )
        signed = stack.enter_context(
            nginx_server(edge.home, places[1], edge.port, WORKERS, further)
        )
        path = edge.media_url(VIDEO, "x").removeprefix(edge.url).removesuffix("/x")
        assert edge.process is not None  # noqa: S101 - it has just been started
        servers = [
            Server("edge", f"{edge.url}{path}", edge.process.pid),
            Server("nginx signed", f"http://127.0.0.1:{signed}{path}", nginx_pid(places[1])),
            Server("nginx plain", f"http://127.0.0.1:{plain}", nginx_pid(places[1])),
        ]
        for case in cases():
            sys.stdout.write(f"{case.name} ({CONNECTIONS} connections, {WORKERS} workers each)\n")
            report(case, measure(servers, case, seconds))


if __name__ == "__main__":
    main()
