"""Parts of a video that stay when others are cut out, as pure functions over milliseconds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

Ranges = tuple[tuple[int, int], ...]
"""(from, to) of each part that stays, in order, none touching another."""

PARTS_MAX: Final = 50
PART_LEAST_MS: Final = 200
_TOGETHER_MS: Final = 40
_CUE_LEAST_MS: Final = 80


class RangesRefused(Exception):
    """Nothing can be cut so; `reason` is `none`, `many`, `short` or `whole`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def ranges_clean(raw: Iterable[Sequence[int]], *, duration_ms: int) -> Ranges:
    """Return parts within the video, in order, touching ones as one; raise `RangesRefused`."""
    found: list[tuple[int, int]] = []
    for start, end in sorted((max(0, row[0]), min(duration_ms, row[1])) for row in raw):
        if end <= start:
            continue
        if found and start - found[-1][1] <= _TOGETHER_MS:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    _check(found, duration_ms)
    return tuple(found)


def _check(found: list[tuple[int, int]], duration_ms: int) -> None:
    if not found:
        raise RangesRefused("none")
    if len(found) > PARTS_MAX:
        raise RangesRefused("many")
    if min(end - start for start, end in found) < PART_LEAST_MS:
        raise RangesRefused("short")
    if duration_ms - length_ms(found) <= _TOGETHER_MS:
        raise RangesRefused("whole")


def length_ms(ranges: Iterable[Sequence[int]]) -> int:
    """Return how long the parts last together."""
    return sum(end - start for start, end in ranges)


def after_cut(at_ms: int, ranges: Iterable[Sequence[int]]) -> int:
    """Return when an instant of the whole comes once only the parts are left.

    An instant that is cut out comes where its part would have begun.
    """
    return sum(max(0, min(at_ms, end) - start) for start, end in ranges)


def before_cut(at_ms: int, ranges: Sequence[Sequence[int]], *, ends: bool = False) -> int:
    """Return when an instant of the parts is in the whole; *ends* looks at what leads up to it."""
    left = at_ms
    for start, end in ranges:
        size = end - start
        if left < size or (ends and left == size):
            return start + left
        left -= size
    return ranges[-1][1] + left if ranges else at_ms


def composed(outer: Sequence[Sequence[int]], inner: Ranges) -> Ranges:
    """Return parts of what was cut already as parts of the whole it was cut out of."""
    found: list[tuple[int, int]] = []
    for start, end in inner:
        begun = 0
        for whole_start, whole_end in outer:
            size = whole_end - whole_start
            first, last = max(start, begun), min(end, begun + size)
            if first < last:
                found.append((whole_start + first - begun, whole_start + last - begun))
            begun += size
    return tuple(found)


def cues_moved(
    cues: Iterable[tuple[int, int, str]], *, old: Ranges | None, new: Ranges | None
) -> tuple[tuple[int, int, str], ...]:
    """Return captions that fitted the *old* parts as they fit the *new* ones (None: the whole)."""
    moved = []
    for start_ms, end_ms, text in cues:
        first, last = start_ms, end_ms
        if old is not None:
            first, last = before_cut(first, old), before_cut(last, old, ends=True)
        if new is not None:
            first, last = after_cut(first, new), after_cut(last, new)
        if last - first >= _CUE_LEAST_MS:
            moved.append((first, last, text))
    return tuple(moved)


def chapters_cut(rows: Sequence[dict[str, Any]], *, new: Ranges) -> list[dict[str, Any]]:
    """Return chapters of the whole as they begin in the parts; one that is cut out is gone."""
    found: list[dict[str, Any]] = []
    ends = [row["start_ms"] for row in rows[1:]] + [max(end for _start, end in new)]
    for row, end_ms in zip(rows, ends, strict=True):
        first = after_cut(row["start_ms"], new)
        if after_cut(end_ms, new) > first:
            found.append({"start_ms": first, "title": row["title"]})
    return found


def chapters_whole(rows: Sequence[dict[str, Any]], *, old: Ranges) -> list[dict[str, Any]]:
    """Return chapters of the parts as they begin in the whole, the first at its beginning."""
    found = [{**row, "start_ms": before_cut(row["start_ms"], old)} for row in rows]
    return [{**row, "start_ms": 0} if n == 0 else row for n, row in enumerate(found)]
