"""Reads from /proc what the processes of a platform are, and what they take."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_TICKS_PER_S = os.sysconf("SC_CLK_TCK")
_GONE = (FileNotFoundError, ProcessLookupError, PermissionError)


@dataclass(frozen=True, slots=True)
class Footprint:
    """How many processes there are, and their proportional memory (shared pages are shared out)."""

    processes: int
    pss_bytes: int


def children_of(pid: int) -> list[int]:
    """Return the living children of a process, whichever of its threads started them."""
    found: list[int] = []
    with suppress(*_GONE):
        for thread in Path(f"/proc/{pid}/task").iterdir():
            with suppress(*_GONE):
                found += [int(word) for word in (thread / "children").read_text().split()]
    return found


def family_of(pid: int) -> Iterator[int]:
    """Yield a process and everything below it."""
    yield pid
    for child in children_of(pid):
        yield from family_of(child)


def words_of(pid: int) -> list[str]:
    """Return the command line of a process; nothing where it is gone."""
    with suppress(*_GONE):
        return Path(f"/proc/{pid}/cmdline").read_text().split("\0")
    return []


def cpu_s(pid: int) -> float:
    """Return the processor time of a process and of its children that have ended, in seconds."""
    with suppress(*_GONE):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return sum(int(ticks) for ticks in fields[11:15]) / _TICKS_PER_S
    return 0.0


def footprint_of(pid: int) -> Footprint:
    """Return the footprint of a process and everything below it; other users' need root."""
    pids = list(family_of(pid))
    return Footprint(processes=len(pids), pss_bytes=sum(_pss_bytes(each) for each in pids))


def _pss_bytes(pid: int) -> int:
    with suppress(*_GONE):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0
