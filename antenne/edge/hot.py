"""Ranges that many viewers want at this moment, kept in memory: one copy less for each of them."""

from __future__ import annotations

import os
import time
from collections import OrderedDict
from typing import Final

from antenne.edge.media_files import Deliverable

_LARGEST_BYTES: Final = 4 * 1024 * 1024
_KEPT_BYTES: Final = 64 * 1024 * 1024
_WANTED_AGAIN_S: Final = 10.0
_MAX_NOTED: Final = 4_096

_Range = tuple[str, int, int, int]


class HotRanges:
    """A range is read at its second request within seconds, when the system has it at hand."""

    def __init__(self) -> None:
        self._kept: OrderedDict[_Range, bytes] = OrderedDict()
        self._kept_bytes = 0
        self._noted: dict[_Range, float] = {}

    def take(self, file: Deliverable, start: int, end: int) -> bytes | None:
        """Return the bytes from *start* up to, not including, *end*, or None: not hot."""
        wanted = (file.path, file.mtime_ns, start, end)
        kept = self._kept.get(wanted)
        if kept is not None:
            self._kept.move_to_end(wanted)
            return kept
        if end - start > _LARGEST_BYTES or not self._is_wanted_again(wanted):
            return None
        return self._read(wanted)

    def _is_wanted_again(self, wanted: _Range) -> bool:
        now_s = time.monotonic()
        before_s = self._noted.pop(wanted, 0.0)
        if len(self._noted) >= _MAX_NOTED:
            self._noted.clear()
        self._noted[wanted] = now_s
        return before_s > 0 and now_s - before_s < _WANTED_AGAIN_S

    def _read(self, wanted: _Range) -> bytes | None:
        path, _, start, end = wanted
        try:
            descriptor = os.open(path, os.O_RDONLY)
        except FileNotFoundError:
            return None
        try:
            data = os.pread(descriptor, end - start, start)
        finally:
            os.close(descriptor)
        if len(data) != end - start:
            return None
        self._kept[wanted] = data
        self._kept_bytes += len(data)
        while self._kept_bytes > _KEPT_BYTES:
            _, dropped = self._kept.popitem(last=False)
            self._kept_bytes -= len(dropped)
        return data
