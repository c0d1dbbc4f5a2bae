"""`antenne egress import`: what another server of media has sent, counted from its logs.

A log is known by a digest of its first line, so that it can be rotated and compressed between two
imports. What was counted is noted in the transaction that counts it: run it as often as you like,
stop it when you like, and nothing is counted twice or left out.
"""

from __future__ import annotations

import gzip
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING, Final

from antenne.audience.egress import LineUnreadable, line_read
from antenne.audience.selectors.bill import egress_read
from antenne.audience.selectors.days import calendar
from antenne.audience.services.taking import egress_take
from antenne.cli.late import CommandRefused
from antenne.edge.delivered import Naming, Taken
from antenne.kernel.environment import environment
from antenne.kernel.frames import frame_make
from antenne.kernel.geo import Geo, GeoFile

if TYPE_CHECKING:
    from datetime import date

    from antenne.audience.calendar import Calendar

PART_BYTES: Final = 8 * 1024 * 1024
_LINE_MOST_BYTES: Final = 64 * 1024
_GZIP: Final = b"\x1f\x8b"


@dataclass(slots=True)
class Counted:
    """What came of one log."""

    requests: int = 0
    sent_bytes: int = 0
    unreadable: int = 0


def logs_import(*, paths: list[Path], geo: Callable[[], Geo] | None = None) -> str:
    """Count what is new in each log, and say how much; raise `CommandRefused` for no file."""
    ours = environment()
    places = geo() if geo else GeoFile(ours.home / "geo")
    naming = Naming(places, region=ours.region, public_url=ours.public_url)
    return "\n".join(_said(path, _log_import(path, naming)) for path in paths)


def _said(path: Path, counted: Counted) -> str:
    words = f"{path.name}: {counted.requests} answers, {counted.sent_bytes} bytes counted"
    bad = f", {counted.unreadable} lines that nobody can read" if counted.unreadable else ""
    return f"{words}{bad}."


def _log_import(path: Path, naming: Naming) -> Counted:
    counted = Counted()
    try:
        with _open(path) as log:
            first = log.readline(_LINE_MOST_BYTES)
            if not first.endswith(b"\n"):
                return counted
            name = hashlib.sha256(first).hexdigest()
            begin = egress_read(name)
            log.seek(begin)
            for part in _parts(log):
                if not _part_take(name, begin, part, naming, counted):
                    break  # somebody else imports the same log
                begin += len(part)
    except (OSError, EOFError) as error:
        msg = f"{path} cannot be read: {error}"
        raise CommandRefused(msg) from error
    return counted


def _open(path: Path) -> gzip.GzipFile | BufferedReader:
    with path.open("rb") as file:
        packed = file.read(2) == _GZIP
    return gzip.open(path, "rb") if packed else path.open("rb")


def _parts(log: gzip.GzipFile | BufferedReader) -> Iterator[bytes]:
    """Yield whole lines, some megabytes at a time; a last line that is being written waits."""
    rest = b""
    while data := log.read(PART_BYTES):
        whole, end, rest = (rest + data).rpartition(b"\n")
        if end:
            yield whole + end


def _part_take(name: str, begin: int, part: bytes, naming: Naming, counted: Counted) -> bool:
    """Count one part in one transaction; False where it was counted meanwhile."""
    site = calendar()
    days: dict[date, Taken] = defaultdict(dict)
    found = Counted()
    for line in part.decode("utf-8", "replace").split("\n"):
        if line:
            _line_add(line, naming, site, days, found)
    records = [record for day, taken in days.items() for record in naming.records(taken, day)]
    body = b"".join(map(frame_make, records))
    if not egress_take(log=name, begin=begin, end=begin + len(part), body=body):
        return False
    counted.requests += found.requests
    counted.sent_bytes += found.sent_bytes
    counted.unreadable += found.unreadable
    return True


def _line_add(
    line: str, naming: Naming, site: Calendar, days: dict[date, Taken], found: Counted
) -> None:
    try:
        sent = line_read(line)
    except LineUnreadable:
        found.unreadable += 1
        return
    if sent is None:
        return
    key = naming.key(
        sent.video, sent.address, referrer=sent.referrer, host=sent.host, query=sent.query
    )
    sums = days[site.day_of(sent.at)].setdefault(key, [0, 0])
    sums[0] += sent.sent_bytes
    sums[1] += 1
    found.sent_bytes += sent.sent_bytes
    found.requests += 1
