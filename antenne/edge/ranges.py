"""Which bytes a request asks for, and whether it has them already (RFC 9110)."""

from __future__ import annotations

import re
from typing import Final

_RANGE: Final = re.compile(r"\s*(\d{0,18})-(\d{0,18})\s*")


class RangeUnsatisfiable(Exception):
    """None of the ranges lies in the object: 416."""


def range_parse(header: str, size_bytes: int) -> tuple[int, int] | None:
    """Return the first range that can be served as (start, end), *end* not included.

    None where the header is none that we understand, which means the whole object; of several
    ranges only the first is served. Raise `RangeUnsatisfiable`.
    """
    unit, _, ranges = header.partition("=")
    if unit.strip().lower() != "bytes":
        return None
    matches = [_RANGE.fullmatch(part) for part in ranges.split(",")]
    for match in matches:
        if match is None or match.group() == "-" or not _is_ordered(match):
            return None
    for match in matches:
        found = _bounds(match.groups(), size_bytes) if match else None
        if found is not None:
            return found
    raise RangeUnsatisfiable


def _is_ordered(match: re.Match[str]) -> bool:
    first, last = match.groups()
    if not first or not last:
        return bool(first or last)
    return int(first) <= int(last)


def _bounds(ends: tuple[str, ...], size_bytes: int) -> tuple[int, int] | None:
    first, last = ends
    if not first:
        length = min(int(last), size_bytes)
        return (size_bytes - length, size_bytes) if length else None
    start = int(first)
    end = min(int(last) + 1, size_bytes) if last else size_bytes
    return (start, end) if start < size_bytes else None


def range_length(header: str) -> int:
    """Return how many bytes the one range of *header* holds; 0 where it does not say both ends."""
    match = _RANGE.fullmatch(header.partition("=")[2])
    if match is None or not all(match.groups()):
        return 0
    return max(0, int(match[2]) - int(match[1]) + 1)


def etag_matches(header: str, etag: str) -> bool:
    """Say whether If-None-Match names *etag* (weak comparison) or everything."""
    if header == etag:
        return True
    names = [name.strip().removeprefix("W/") for name in header.split(",")]
    return etag in names or names == ["*"]
