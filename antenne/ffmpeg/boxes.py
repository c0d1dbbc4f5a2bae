"""Find, read and change the boxes of ISO base media files, held in memory."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_HEADER_BYTES = 8
_LARGE_HEADER_BYTES = 16
_DESCRIPTOR_CONTINUES = 0x80


class BoxError(Exception):
    """Bytes that should be an ISO base media box are not one."""


@dataclass(frozen=True)
class Box:
    """One box: its four letters and where it lies in the buffer (offsets in bytes)."""

    kind: str
    start: int
    body: int
    end: int


def boxes(data: bytes, start: int = 0, end: int | None = None) -> Iterator[Box]:
    """Yield the boxes that follow one another in *data*; raise BoxError where one overruns."""
    end = len(data) if end is None else end
    while start + _HEADER_BYTES <= end:
        size, kind = struct.unpack_from(">I4s", data, start)
        body = start + _HEADER_BYTES
        if size == 1:
            (size,) = struct.unpack_from(">Q", data, body)
            body = start + _LARGE_HEADER_BYTES
        if size < body - start or start + size > end:
            raise BoxError(f"box {kind!r} of {size} bytes overruns its parent")
        yield Box(kind.decode("latin-1"), start, body, start + size)
        start += size


def box_find(data: bytes, path: str, start: int = 0, end: int | None = None) -> Box:
    """Return the first box at *path* ("moov/trak/mdia"); raise BoxError if there is none."""
    head, _, rest = path.partition("/")
    for box in boxes(data, start, end):
        if box.kind == head:
            return box_find(data, rest, box.body, box.end) if rest else box
    raise BoxError(f"no box {path}")


def box_has(data: bytes, path: str) -> bool:
    """Say whether there is a box at *path*."""
    try:
        box_find(data, path)
    except BoxError:
        return False
    return True


def box_insert(data: bytes, path: str, after: str, new: bytes) -> bytes:
    """Return *data* with *new* put behind the child *after* of the box at *path*.

    Every box on the path grows accordingly; only 32-bit sizes are supported, which is all an
    initialisation segment has.
    """
    parent = box_find(data, path)
    position = box_find(data, after, parent.body, parent.end).end
    changed = bytearray(data)
    walked = ""
    for step in path.split("/"):
        walked = f"{walked}/{step}" if walked else step
        box = box_find(data, walked)
        struct.pack_into(">I", changed, box.start, box.end - box.start + len(new))
    changed[position:position] = new
    return bytes(changed)


def codec_name(kind: str, configuration: bytes) -> str:
    """Return the RFC 6381 name of a track from its sample entry and decoder configuration."""
    if kind in {"avc1", "avc3"}:
        return f"{kind}.{configuration[1:4].hex()}"
    if kind in {"hvc1", "hev1"}:
        return _hevc_name(kind, configuration)
    if kind == "av01":
        profile, level = configuration[1] >> 5, configuration[1] & 0x1F
        tier = "H" if configuration[2] & 0x80 else "M"
        depth = 10 if configuration[2] & 0x40 else 8
        return f"av01.{profile}.{level:02}{tier}.{depth:02}"
    if kind == "mp4a":
        return f"mp4a.40.{_audio_object_type(configuration)}"
    raise BoxError(f"no name is known for sample entry {kind!r}")


def _hevc_name(kind: str, configuration: bytes) -> str:
    """Return the name ISO 14496-15 annex E builds from an hvcC body."""
    space = ("", "A", "B", "C")[configuration[1] >> 6]
    tier = "H" if configuration[1] & 0x20 else "L"
    profile = configuration[1] & 0x1F
    (flags,) = struct.unpack_from(">I", configuration, 2)
    compatibility = int(f"{flags:032b}"[::-1], 2)
    constraints = configuration[6:12].rstrip(b"\0")
    tail = "".join(f".{byte:X}" for byte in constraints)
    return f"{kind}.{space}{profile}.{compatibility:X}.{tier}{configuration[12]}{tail}"


def _descriptor(data: bytes, at: int) -> tuple[int, int, int]:
    """Return tag, first byte and end of the MPEG-4 descriptor at *at*."""
    tag, size, at = data[at], 0, at + 1
    while True:
        size = size << 7 | data[at] & 0x7F
        at += 1
        if not data[at - 1] & _DESCRIPTOR_CONTINUES:
            return tag, at, at + size


def audio_specific_config(esds: bytes) -> bytes:
    """Return the AudioSpecificConfig in the body of an esds box."""
    try:
        _, at, _ = _descriptor(esds, 4)
        _, at, _ = _descriptor(esds, at + 3)
        _, at, end = _descriptor(esds, at + 13)
    except IndexError as error:
        raise BoxError("esds is cut short") from error
    return esds[at:end]


def _audio_object_type(esds: bytes) -> int:
    """Return the MPEG-4 audio object type (2 is AAC-LC)."""
    config = audio_specific_config(esds)
    if not config:
        raise BoxError("esds has no AudioSpecificConfig")
    short = config[0] >> 3
    escape = 31
    if short != escape:
        return short
    return 32 + ((config[0] & 0x07) << 3 | config[1] >> 5)
