"""Lines with a checksum: what was written whole can be told from what a kill cut off."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Final

_CHECK_CHARS: Final = 8


def frame_make(record: bytes) -> bytes:
    """Return *record*, which holds no line end, as one line behind its checksum."""
    return b"%08x %s\n" % (zlib.crc32(record), record)


def frames_read(body: bytes) -> Iterator[bytes]:
    """Yield the whole records of *body*; a torn or damaged line is passed over."""
    for line in body.split(b"\n"):
        check, record = line[:_CHECK_CHARS], line[_CHECK_CHARS + 1 :]
        if record and check == b"%08x" % zlib.crc32(record):
            yield record
