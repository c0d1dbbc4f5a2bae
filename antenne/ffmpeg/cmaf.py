"""Read fragmented MP4 while it is being written, and put its fragments on one timeline.

ffmpeg is told to start every output at TIMELINE_DELAY_S, so that no decode time is negative.
Reading takes the delay off again and adds an edit list to the initialisation segment, which
moves presentation back by the reordering delay of B-frames. (Negative composition offsets
would do without the edit list, but ffmpeg's own demuxer then plays the picture late.)
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO, Literal

from antenne.ffmpeg.boxes import Box, BoxError, box_find, box_has, box_insert, boxes, codec_name

TIMELINE_DELAY_S = 10
_BOX_BYTES_MAX = 1 << 30
_READ_BYTES = 1 << 16
_GAP = struct.pack(">I4s", 8, b"free")
_NON_SYNC = 0x0001_0000
_VISUAL_ENTRY_BYTES = 78
_AUDIO_ENTRY_BYTES = 28


class CmafError(Exception):
    """A fragmented MP4 is not as this module needs it."""


class StreamEmpty(CmafError):
    """A fragmented MP4 has a beginning and no fragment: nothing was encoded."""


@dataclass(frozen=True)
class Init:
    """An initialisation segment of one track, and what its boxes say."""

    data: bytes
    kind: Literal["video", "audio"]
    codec: str
    configuration: bytes
    timescale: int
    reorder_ticks: int = 0
    width_px: int = 0
    height_px: int = 0
    sample_rate_hz: int = 0
    channels: int = 0


@dataclass(frozen=True)
class Fragment:
    """One moof and its mdat; *start_ticks* is when its first sample is shown."""

    data: bytes
    decode_ticks: int
    start_ticks: int
    duration_ticks: int
    samples: int
    sync: bool
    key_bytes: int


@dataclass(frozen=True)
class Segment:
    """Fragments that are addressed together; *key_bytes* reach to the end of its first sample.

    Only the first *size_bytes* of *data* are to be listed as the segment. A free box follows,
    so that the ranges of an object do not touch: the HLS demuxer of ffmpeg 9 joins ranges that
    do, and then skips the next segment over HTTP.
    """

    data: bytes
    size_bytes: int
    start_ticks: int
    duration_ticks: int
    samples: int
    sync: bool
    key_bytes: int


class Track:
    """One fMP4 as it comes out of a pipe: `init` at once, then fragments by iteration.

    Opening waits for the first fragment. Raises CmafError when the stream ends before one is
    complete, or holds more than one track.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._pairs = _fragments_raw(stream)
        head = next(self._pairs, b"")
        try:
            init, self._defaults = _init_parse(head)
        except (BoxError, struct.error, IndexError) as error:
            raise CmafError(f"unreadable initialisation segment: {error}") from error
        self._delay_ticks = TIMELINE_DELAY_S * init.timescale
        self._first = self._next()
        if self._first is None:
            raise StreamEmpty("the stream ends before its first fragment")
        reorder_ticks = self._first.start_ticks - self._first.decode_ticks
        self.init = _init_with_edit(init, reorder_ticks)

    def __iter__(self) -> Iterator[Fragment]:
        """Yield the fragments in order, their times counted from the zero of the timeline."""
        fragment = self._first
        while fragment is not None:
            yield self._placed(fragment)
            fragment = self._next()

    def _next(self) -> Fragment | None:
        data = next(self._pairs, None)
        if data is None:
            return None
        try:
            return _fragment_parse(data, self._defaults)
        except (BoxError, struct.error) as error:
            raise CmafError(f"unreadable fragment: {error}") from error

    def _placed(self, fragment: Fragment) -> Fragment:
        decode_ticks = fragment.decode_ticks - self._delay_ticks + self.init.reorder_ticks
        return replace(
            fragment,
            data=_decode_time_write(fragment.data, decode_ticks),
            decode_ticks=decode_ticks,
            start_ticks=fragment.start_ticks - self._delay_ticks,
        )


def fragment_shift(fragment: Fragment, by_ticks: int) -> Fragment:
    """Return the fragment moved on the timeline; its samples are untouched."""
    if by_ticks == 0:
        return fragment
    decode_ticks = fragment.decode_ticks + by_ticks
    return replace(
        fragment,
        data=_decode_time_write(fragment.data, decode_ticks),
        decode_ticks=decode_ticks,
        start_ticks=fragment.start_ticks + by_ticks,
    )


def segments_group(
    fragments: Iterable[Fragment], *, goal_ticks: int, most_ticks: int
) -> Iterator[Segment]:
    """Yield segments of about *goal_ticks*, whole fragments each, as soon as they are complete.

    A segment ends once it has three quarters of the goal, or before the fragment that would make
    it longer than *most_ticks*; a single longer fragment raises CmafError.
    """
    held: list[Fragment] = []
    for fragment in fragments:
        if fragment.duration_ticks > most_ticks:
            raise CmafError("a fragment is longer than a segment may be")
        length = sum(each.duration_ticks for each in held)
        if held and length + fragment.duration_ticks > most_ticks:
            yield segment_join(held)
            held, length = [], 0
        held.append(fragment)
        if (length + fragment.duration_ticks) * 4 >= goal_ticks * 3:
            yield segment_join(held)
            held = []
    if held:
        yield segment_join(held)


def segment_join(fragments: list[Fragment]) -> Segment:
    """Return the given fragments, at least one, as one segment."""
    data = b"".join(fragment.data for fragment in fragments)
    return Segment(
        data=data + _GAP,
        size_bytes=len(data),
        start_ticks=fragments[0].start_ticks,
        duration_ticks=sum(fragment.duration_ticks for fragment in fragments),
        samples=sum(fragment.samples for fragment in fragments),
        sync=fragments[0].sync,
        key_bytes=fragments[0].key_bytes,
    )


def _read_exactly(stream: BinaryIO, size: int) -> bytes:
    """Return *size* bytes, or fewer where the stream ends."""
    parts = bytearray()
    while len(parts) < size:
        part = stream.read(min(size - len(parts), _READ_BYTES))
        if not part:
            break
        parts += part
    return bytes(parts)


def _boxes_read(stream: BinaryIO) -> Iterator[tuple[str, bytes]]:
    """Yield kind and bytes of each top-level box; a box cut short at the end is dropped."""
    while len(header := _read_exactly(stream, 8)) == 8:  # noqa: PLR2004 - size and kind
        size, kind = struct.unpack(">I4s", header)
        if size == 1:
            header += _read_exactly(stream, 8)
            (size,) = struct.unpack(">Q", header[8:].rjust(8, b"\0"))
        if not len(header) <= size <= _BOX_BYTES_MAX:
            raise CmafError(f"box {kind!r} claims {size} bytes")
        body = _read_exactly(stream, size - len(header))
        if len(header) + len(body) < size:
            return
        yield kind.decode("latin-1"), header + body


def _fragments_raw(stream: BinaryIO) -> Iterator[bytes]:
    """Yield ftyp and moov joined, then each moof joined with its mdat."""
    held = {"ftyp": b"", "moof": b""}
    for kind, data in _boxes_read(stream):
        if kind in held:
            held[kind] = data
        elif kind == "moov":
            yield held["ftyp"] + data
        elif kind == "mdat" and held["moof"]:
            yield held["moof"] + data
            held["moof"] = b""


def _init_parse(data: bytes) -> tuple[Init, tuple[int, int, int]]:
    """Return the initialisation segment, and trex's default duration, size and flags."""
    moov = box_find(data, "moov")
    if sum(box.kind == "trak" for box in boxes(data, moov.body, moov.end)) != 1:
        raise CmafError("not exactly one track")
    mdhd = box_find(data, "moov/trak/mdia/mdhd")
    at = mdhd.body + (20 if data[mdhd.body] == 1 else 12)
    (timescale,) = struct.unpack_from(">I", data, at)
    trex = box_find(data, "moov/mvex/trex")
    duration, size, flags = struct.unpack_from(">III", data, trex.body + 12)
    stsd = box_find(data, "moov/trak/mdia/minf/stbl/stsd")
    entry = next(boxes(data, stsd.body + 8, stsd.end))
    return _entry_parse(data, entry, timescale), (duration, size, flags)


def _entry_parse(data: bytes, entry: Box, timescale: int) -> Init:
    """Return the initialisation segment from its sample entry."""
    if entry.kind == "mp4a":
        box = box_find(data, "esds", entry.body + _AUDIO_ENTRY_BYTES, entry.end)
        configuration = data[box.body : box.end]
        channels, rate = struct.unpack_from(">H6xH", data, entry.body + 16)
        name = codec_name(entry.kind, configuration)
        return Init(
            data, "audio", name, configuration, timescale, sample_rate_hz=rate, channels=channels
        )
    inside = boxes(data, entry.body + _VISUAL_ENTRY_BYTES, entry.end)
    box = next((box for box in inside if box.kind in {"avcC", "hvcC", "av1C"}), entry)
    if box is entry:
        raise BoxError(f"sample entry {entry.kind!r} has no known configuration")
    configuration = data[box.body : box.end]
    width, height = struct.unpack_from(">HH", data, entry.body + 24)
    name = codec_name(entry.kind, configuration)
    return Init(data, "video", name, configuration, timescale, 0, width, height)


def _init_with_edit(init: Init, reorder_ticks: int) -> Init:
    """Return the initialisation segment with an edit list that takes off *reorder_ticks*."""
    if box_has(init.data, "moov/trak/edts"):
        raise CmafError("the initialisation segment has an edit list already")
    if reorder_ticks == 0:
        return init
    elst = struct.pack(">I4sIIIiHH", 28, b"elst", 0, 1, 0, reorder_ticks, 1, 0)
    edts = struct.pack(">I4s", 8 + len(elst), b"edts") + elst
    data = box_insert(init.data, "moov/trak", "tkhd", edts)
    return replace(init, data=data, reorder_ticks=reorder_ticks)


def _fragment_parse(data: bytes, defaults: tuple[int, int, int]) -> Fragment:
    """Return moof and mdat as a fragment in ffmpeg's own times."""
    traf = box_find(data, "moof/traf")
    tfhd = box_find(data, "tfhd", traf.body, traf.end)
    fallback = _tfhd_defaults(data, tfhd, defaults)
    decode_ticks = _decode_time_read(data)
    runs = [box for box in boxes(data, traf.body, traf.end) if box.kind == "trun"]
    if not runs:
        raise BoxError("a fragment without samples")
    parsed = [_trun_parse(data, run, fallback) for run in runs]
    first = parsed[0]
    mdat = box_find(data, "mdat")
    return Fragment(
        data=data,
        decode_ticks=decode_ticks,
        start_ticks=decode_ticks + first.offset_ticks,
        duration_ticks=sum(run.duration_ticks for run in parsed),
        samples=sum(run.samples for run in parsed),
        sync=not first.flags & _NON_SYNC,
        key_bytes=mdat.body + first.size_bytes,
    )


@dataclass(frozen=True)
class _Run:
    """What a trun says: totals, and size, flags and composition offset of its first sample."""

    samples: int
    duration_ticks: int
    size_bytes: int
    flags: int
    offset_ticks: int


def _tfhd_defaults(data: bytes, tfhd: Box, defaults: tuple[int, int, int]) -> tuple[int, int, int]:
    """Return duration, size and flags of samples for which the trun gives none."""
    flags = int.from_bytes(data[tfhd.body + 1 : tfhd.body + 4], "big")
    at = tfhd.body + 8 + (8 if flags & 0x1 else 0) + (4 if flags & 0x2 else 0)
    found = list(defaults)
    for index, bit in enumerate((0x8, 0x10, 0x20)):
        if flags & bit:
            (found[index],) = struct.unpack_from(">I", data, at)
            at += 4
    return found[0], found[1], found[2]


def _trun_parse(data: bytes, trun: Box, fallback: tuple[int, int, int]) -> _Run:
    """Return totals of a trun and its first sample."""
    flags = int.from_bytes(data[trun.body + 1 : trun.body + 4], "big")
    (samples,) = struct.unpack_from(">I", data, trun.body + 4)
    at = trun.body + 8 + (4 if flags & 0x1 else 0)
    present = [bool(flags & bit) for bit in (0x100, 0x200, 0x400, 0x800)]
    width = sum(present)
    rows = struct.unpack_from(f">{samples * width + (1 if flags & 0x4 else 0)}I", data, at)
    first_flags = rows[:1] if flags & 0x4 else ()
    rows = rows[len(first_flags) :]
    first = dict(zip((n for n, there in enumerate(present) if there), rows[:width], strict=True))
    offset = first.get(3, 0)
    return _Run(
        samples=samples,
        duration_ticks=sum(rows[::width]) if present[0] else samples * fallback[0],
        size_bytes=first.get(1, fallback[1]),
        flags=first_flags[0] if first_flags else first.get(2, fallback[2]),
        offset_ticks=offset - (1 << 32) if offset >= 1 << 31 else offset,
    )


def _decode_time_read(data: bytes) -> int:
    """Return the decode time of a fragment in ticks."""
    tfdt = box_find(data, "moof/traf/tfdt")
    layout = ">q" if data[tfdt.body] == 1 else ">I"
    ticks: int = struct.unpack_from(layout, data, tfdt.body + 4)[0]
    return ticks


def _decode_time_write(data: bytes, ticks: int) -> bytes:
    """Return the fragment with another decode time; raise CmafError if it is negative."""
    if ticks < 0:
        raise CmafError(f"decode time {ticks} is before the timeline")
    tfdt = box_find(data, "moof/traf/tfdt")
    changed = bytearray(data)
    if data[tfdt.body] != 1:
        raise CmafError("decode times of 32 bits are not enough")
    struct.pack_into(">Q", changed, tfdt.body + 4, ticks)
    return bytes(changed)
