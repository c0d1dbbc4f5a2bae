"""Runs the benchmarks: `python -m benchmarks [name…]`; exit status 1 where a bar is missed."""

from __future__ import annotations

import sys
from typing import Final

from benchmarks.commands import status_of

NAMES: Final = (
    "on_air",
    "pipeline_cost",
    "ladder_quality",
    "scale_out",
    "pages",
    "edge",
    "beacons",
    "crash",
    "site",
)


def main(chosen: list[str]) -> int:
    """Run the benchmarks *chosen*, all where none is named; each is a process of its own."""
    unknown = [name for name in chosen if name not in NAMES]
    if unknown:
        sys.stderr.write(f"no such benchmark: {' '.join(unknown)}; there are {' '.join(NAMES)}\n")
        return 2
    failed = [name for name in chosen or NAMES if _run(name) != 0]
    if failed:
        sys.stdout.write(f"missed or failed: {' '.join(failed)}\n")
    return int(bool(failed))


def _run(name: str) -> int:
    return status_of([sys.executable, "-m", f"benchmarks.{name}"])


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
