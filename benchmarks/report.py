"""Prints figures beside their references and bars, and keeps them with facts of the machine."""

from __future__ import annotations

import json
import os
import platform as machine
import statistics
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from antenne.ffmpeg.binaries import capabilities

RESULTS: Final = Path(__file__).parent / "results"
_ROOT: Final = Path(__file__).parent.parent
_MIB: Final = 1024**2


@dataclass(frozen=True, slots=True)
class Bar:
    """What a figure must reach: at most *limit*, or at least where *least* is set."""

    limit: float
    least: bool = False

    def met(self, value: float) -> bool:
        """Say whether *value* is good enough."""
        return value >= self.limit if self.least else value <= self.limit

    def __str__(self) -> str:
        """Say it in signs."""
        return f"{'>=' if self.least else '<='} {self.limit:g}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value with the single runs behind it, and what stands beside it."""

    name: str
    value: float
    unit: str
    raw: tuple[float, ...] = ()
    bar: Bar | None = None
    reference: float | None = None
    reference_name: str = ""

    def line(self) -> str:
        """Return it as a line of text."""
        parts = [f"  {self.name}: {self.value:.3f} {self.unit}"]
        if len(self.raw) > 1:
            parts.append("raw " + " ".join(f"{each:.3f}" for each in self.raw))
        if self.reference is not None:
            ratio = f", ratio {self.value / self.reference:.3f}" if self.reference else ""
            parts.append(f"{self.reference_name}: {self.reference:.3f} {self.unit}{ratio}")
        if self.bar is not None:
            verdict = "met" if self.bar.met(self.value) else "MISSED"
            parts.append(f"bar {self.bar}: {verdict}")
        return " | ".join(parts)

    def to_json(self) -> dict[str, object]:
        """Return it as plain JSON values."""
        met = self.bar.met(self.value) if self.bar else None
        return {**asdict(self), "met": met}


def median_figure(name: str, unit: str, values: Sequence[float], bar: Bar | None = None) -> Figure:
    """Return the median of some runs as a figure."""
    return Figure(name, statistics.median(values), unit, tuple(values), bar)


class Report:
    """The figures of one benchmark, printed as they come and written at the end."""

    def __init__(self, name: str, options: Mapping[str, object]) -> None:
        self._name = name
        self._options = {key: str(value) for key, value in options.items()}
        self._facts = machine_facts()
        self._figures: list[Figure] = []
        self._notes: list[str] = []
        self.say(f"{name} on {self._facts['processor']}, {self._facts['cores']} cores, "
                 f"load {self._facts['load_at_start']}")  # fmt: skip

    def say(self, text: str) -> None:
        """Print a line."""
        sys.stdout.write(text + "\n")
        sys.stdout.flush()

    def note(self, text: str) -> None:
        """Print a remark and keep it."""
        self._notes.append(text)
        self.say(f"  ({text})")

    def add(self, figure: Figure) -> None:
        """Print a figure and keep it."""
        self._figures.append(figure)
        self.say(figure.line())

    def write(self) -> int:
        """Write everything to results/<name>.json; return 0 where every bar is met, else 1."""
        missed = [each for each in self._figures if each.bar and not each.bar.met(each.value)]
        told = {
            "benchmark": self._name,
            "options": self._options,
            "machine": {**self._facts, "load_at_end": _load()},
            "figures": [figure.to_json() for figure in self._figures],
            "notes": self._notes,
        }
        RESULTS.mkdir(exist_ok=True)
        path = RESULTS / f"{self._name}.json"
        path.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n")
        self.say(f"{len(self._figures)} figures, {len(missed)} bars missed; {path.name} written")
        return int(bool(missed))


def machine_facts() -> dict[str, str]:
    """Return what figures depend on: processor, memory, versions, load, and which commit."""
    return {
        "processor": _from_proc("/proc/cpuinfo", "model name") or machine.machine(),
        "cores": str(len(os.sched_getaffinity(0))),
        "memory_mib": str(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // _MIB),
        "kernel": machine.release(),
        "python": machine.python_version(),
        "ffmpeg": capabilities().ffmpeg_version,
        "commit": _commit(),
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "load_at_start": _load(),
    }


def _load() -> str:
    return f"{os.getloadavg()[0]:.2f}"


def _from_proc(path: str, name: str) -> str:
    for line in Path(path).read_text().splitlines():
        key, _, value = line.partition(":")
        if key.strip() == name:
            return value.strip()
    return ""


def _commit() -> str:
    """Return the commit that is checked out; nothing where this is no repository."""
    head = _ROOT / ".git" / "HEAD"
    said = head.read_text().strip() if head.is_file() else ""
    branch = head.parent / said.removeprefix("ref: ")
    return branch.read_text().strip() if said.startswith("ref: ") and branch.is_file() else said
