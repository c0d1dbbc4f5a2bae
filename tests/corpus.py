"""The corpus of real and hostile files that ANTENNE_CORPUS names, with its expected outcomes."""

from __future__ import annotations

import csv
import os
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

FOLDER = os.environ.get("ANTENNE_CORPUS", "")
needs_corpus = pytest.mark.skipif(not FOLDER, reason="ANTENNE_CORPUS names no folder")


@dataclass(frozen=True)
class Entry:
    """One file of the corpus; size is as displayed, None where it has no picture or is bad."""

    name: str
    duration_s: float | None
    size: tuple[int, int] | None
    expected: str

    @property
    def path(self) -> Path:
        """Return where it lies."""
        return Path(FOLDER) / self.name

    @property
    def must_be_refused(self) -> bool:
        """Say whether nothing else is right."""
        return self.expected.startswith("reject cleanly")

    @property
    def may_be_refused(self) -> bool:
        """Say whether refusing it is right too."""
        return "reject" in self.expected


def entries() -> list[Entry]:
    """Return the media of the corpus (not its caption files); nothing where there is none."""
    if not FOLDER:
        return []
    with (Path(FOLDER) / "MANIFEST.tsv").open() as table:
        rows = list(csv.DictReader(table, delimiter="\t"))
    return [_entry(row) for row in rows if not row["file"].startswith("captions_")]


def _entry(row: dict[str, str]) -> Entry:
    size = re.search(r"display (\d+)x(\d+)", row["expected"])
    length = re.match(r"\d+\.\d+", row["duration_s"])
    return Entry(
        name=row["file"],
        duration_s=float(length.group()) if length else None,
        size=(int(size[1]), int(size[2])) if size else None,
        expected=row["expected"],
    )
