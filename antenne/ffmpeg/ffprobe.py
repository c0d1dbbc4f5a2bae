"""Run ffprobe and read its answer into packets and raw stream records."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from os import SEEK_END
from pathlib import Path
from typing import Any

from antenne.ffmpeg.binaries import INPUT_OPTIONS, MEMORY_BYTES, ffprobe_path
from antenne.ffmpeg.packets import Packet
from antenne.ffmpeg.refusals import RefusalCode, SourceRefused
from antenne.processes.runner import Limits, ProcessError, Sandbox, run, stream

PROBE_LIMITS = Limits(wall_s=20, cpu_s=20, memory_bytes=MEMORY_BYTES, file_bytes=1)
SCAN_LIMITS = Limits(wall_s=1800, cpu_s=900, memory_bytes=MEMORY_BYTES, file_bytes=1)
HEAD_S = 10
FAR_END_S = 100_000_000
_SNIFF_BYTES = 4096
_BARE_PACKETS = 64
_LOCK_BYTES = 1024 * 1024
_PLAYLISTS = (b"#EXTM3U", b"ffconcat", b"<MPD", b"[playlist]", b"<smil", b"<?xml")
_MP4_BOXES = (b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot", b"uuid")
# Formats of text and of nothing at all; ffprobe names them after a mere guess.
_NOT_MEDIA = frozenset({"tty", "bin", "adf", "idf", "xbin", "txd", "data"})
_SUBTITLES = frozenset({"srt", "webvtt", "ass", "lrc", "microdvd", "sami", "scc", "ttml", "vobsub"})
_PICTURES = frozenset({"image2", "ico", "fits", "alias_pix", "brender_pix", "jpegxl_anim"})
# How much is read before ffprobe gives up on a stream: two minutes, or so many bytes.
_PATIENCE = ("-analyzeduration", "120000000", "-probesize", "100000000")
_CANNOT_SEEK = "Could not seek"
_UNKNOWN_FORMAT = re.compile(r"\[(\w+)[^\]]*\] Format not on whitelist")
# ffmpeg computes some durations below zero, and writes them as 32 bits without a sign.
_DURATION_MOST = 2**31
_PACKET_COLUMNS = ("stream_index", "pts", "dts", "duration", "size", "flags")
_PACKET_FIELDS = "packet=" + ",".join(_PACKET_COLUMNS)

Raw = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """What ffprobe said; packets by stream in decoding order, `head` those of ten seconds."""

    format: Raw
    streams: tuple[Raw, ...]
    chapters: tuple[Raw, ...]
    head: dict[int, tuple[Packet, ...]]
    packets: dict[int, tuple[Packet, ...]]


def source_sniff(path: Path) -> None:
    """Refuse, before any program opens it, what is empty or points to other files."""
    with path.open("rb") as source:
        first = source.read(_SNIFF_BYTES)
    if not first:
        raise SourceRefused(RefusalCode.EMPTY)
    text = first.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"<?xml") and b"<svg" in text:
        raise SourceRefused(RefusalCode.PICTURE, "a drawing")
    if text.startswith(_PLAYLISTS):
        raise SourceRefused(RefusalCode.PLAYLIST, repr(text[:40]))


def is_locked(path: Path) -> bool:
    """Say whether the beginning or the end of an MP4 file describes encrypted pictures."""
    with path.open("rb") as source:
        first = source.read(_LOCK_BYTES)
        source.seek(-min(path.stat().st_size, _LOCK_BYTES), SEEK_END)
        return any(b"sinf" in part and b"encv" in part for part in (first, source.read()))


def ffprobe_ask(path: Path, *, folder: Path) -> Answer:
    """Read headers, the packets of the first ten seconds and those after the last key frame.

    Of bare coded pictures, which have no seconds, some packets.
    """
    if _is_bare(path):
        return _answer_read(json.loads(_asked_again(path, folder, f"%+#{_BARE_PACKETS}")))
    try:
        said = _asked(path, folder, f"%+{HEAD_S},{FAR_END_S}%")
    except ProcessError as error:
        if error.exit_code != 0 and _CANNOT_SEEK not in error.tail:
            raise _refusal(error, path) from error
        # So many packets after the last key frame that the answer grew too long, or a format in
        # which that frame cannot be sought.
        said = _asked_again(path, folder)
    answer = _answer_read(json.loads(said))
    if any(_is_unheard(raw) for raw in answer.streams):
        # A broadcast names its sounds at once, and they may begin later than ffprobe waits.
        with suppress(ProcessError):
            said = _asked(path, folder, f"%+{HEAD_S},{FAR_END_S}%", patience=_PATIENCE)
            return _answer_read(json.loads(said))
    return answer


def _is_bare(path: Path) -> bool:
    """Say whether a file begins as coded pictures do outside of any container."""
    with path.open("rb") as source:
        first = source.read(_SNIFF_BYTES)
    if first[4:8] in _MP4_BOXES:
        return False  # a box of 64 bits
    first = first.lstrip(b"\0")
    # The numbers from B0 on are those of MPEG-1, 2 and 4, and of their programme streams.
    return first[:1] == b"\1" and first[1:2] < b"\xb0"


def _is_unheard(raw: Raw) -> bool:
    known = raw.get("codec_name", "unknown") != "unknown"
    return raw.get("codec_type") == "audio" and known and not whole(raw.get("channels"))


def _asked_again(path: Path, folder: Path, intervals: str = f"%+{HEAD_S}") -> bytes:
    try:
        return _asked(path, folder, intervals)
    except ProcessError as error:
        raise _refusal(error, path) from error


def _asked(path: Path, folder: Path, intervals: str, *, patience: tuple[str, ...] = ()) -> bytes:
    argv = [
        *(str(ffprobe_path()), "-v", "error", *INPUT_OPTIONS, *patience),
        *("-show_format", "-show_streams", "-show_chapters", "-show_packets"),
        *("-show_entries", f"{_PACKET_FIELDS}:packet_side_data="),
        *("-read_intervals", intervals, "-of", "json=c=1", str(path)),
    ]
    return run(argv, sandbox=Sandbox(folder, readable=(path,)), limits=PROBE_LIMITS).stdout


def extradata_ask(path: Path, *, folder: Path, index: int) -> bytes:
    """Return the decoder's configuration of one stream (avcC, or NAL units with start codes).

    Asked apart: together with packets ffprobe would print every packet's bytes.
    """
    argv = [
        *(str(ffprobe_path()), "-v", "error", *INPUT_OPTIONS, "-show_data"),
        *("-select_streams", str(index), "-show_entries", "stream=extradata"),
        *("-of", "json=c=1", str(path)),
    ]
    try:
        done = run(argv, sandbox=Sandbox(folder, readable=(path,)), limits=PROBE_LIMITS)
    except ProcessError as error:
        raise _refusal(error, path) from error
    found = json.loads(done.stdout).get("streams") or [{}]
    return _hexdump_read(str(found[0].get("extradata", "")))


def packets_scan(
    path: Path, *, folder: Path, limits: Limits = SCAN_LIMITS, nice: int = 0
) -> Iterator[tuple[int, Packet]]:
    """Yield every packet of the source with its stream's index; raise ProcessError at a limit."""
    argv = [
        *(str(ffprobe_path()), "-v", "error", *INPUT_OPTIONS),
        *("-show_entries", _PACKET_FIELDS, "-of", "csv=p=0", "-o", "pipe:3", str(path)),
    ]
    sandbox = Sandbox(folder, readable=(path,), nice=nice)
    with stream(argv, sandbox=sandbox, limits=limits, outputs=1) as running:
        for line in running.pipes[0]:
            # A packet with side data has one more, empty, column.
            values = line.decode().rstrip("\n").split(",")
            packet = _packet_read(dict(zip(_PACKET_COLUMNS, values, strict=False)))
            if packet is not None:
                yield int(values[0]), packet
        running.wait()


def ratio(text: object) -> Fraction:
    """Read "30000/1001", "4:3" or "1.5"; 0 where ffprobe has nothing to say."""
    try:
        return Fraction(str(text).replace(":", "/"))
    except (ValueError, ZeroDivisionError):
        return Fraction(0)


def whole(text: object) -> int:
    """Read a whole number; 0 where ffprobe has nothing to say."""
    try:
        return int(str(text))
    except ValueError:
        return 0


def _refusal(error: ProcessError, path: Path) -> SourceRefused:
    code = RefusalCode.NOT_MEDIA
    with path.open("rb") as source:
        box = source.read(8)[4:]
    if error.kind == "timeout":
        code = RefusalCode.TIMEOUT
    elif error.kind == "memory":
        code = RefusalCode.TOO_MANY_PIXELS
    elif "moov atom not found" in error.tail and box in _MP4_BOXES:
        code = RefusalCode.TRUNCATED
    elif found := _UNKNOWN_FORMAT.search(error.tail):
        code = _refusal_of_format(found[1])
    return SourceRefused(code, str(error))


def _refusal_of_format(name: str) -> RefusalCode:
    """Return what to say of a format that ffprobe knows and we do not allow."""
    if name in _PICTURES or name.endswith("_pipe"):
        return RefusalCode.PICTURE
    if name in _NOT_MEDIA or name in _SUBTITLES:
        return RefusalCode.NOT_MEDIA
    return RefusalCode.UNSUPPORTED_FORMAT


def _hexdump_read(dump: str) -> bytes:
    rows = (line.partition(": ")[2].partition("  ")[0] for line in dump.splitlines())
    return bytes.fromhex("".join(rows))


def _answer_read(raw: Raw) -> Answer:
    by_stream: dict[int, dict[tuple[int, int], Packet]] = {}
    for item in raw.get("packets", ()):
        packet = _packet_read(item)
        if packet is not None:
            # A short source is read twice: by its first ten seconds and from its last key frame.
            key = (packet.pts, packet.size_bytes)
            by_stream.setdefault(whole(item.get("stream_index")), {}).setdefault(key, packet)
    packets = {index: tuple(found.values()) for index, found in by_stream.items()}
    streams = tuple(raw.get("streams", ()))
    bases = {whole(item.get("index")): ratio(item.get("time_base")) for item in streams}
    return Answer(
        format=raw.get("format", {}),
        streams=streams,
        chapters=tuple(raw.get("chapters", ())),
        head={index: _head(found, bases.get(index)) for index, found in packets.items()},
        packets=packets,
    )


def _head(packets: tuple[Packet, ...], time_base: Fraction | None) -> tuple[Packet, ...]:
    """Return the packets of the first ten seconds, leaving out those of the end."""
    if not packets or not time_base:
        return packets
    until = packets[0].pts + HEAD_S / time_base
    return tuple(packet for packet in packets if packet.pts < until)


def _packet_read(raw: Raw) -> Packet | None:
    pts = raw.get("pts", raw.get("dts"))
    if pts is None or pts == "N/A":
        pts = raw.get("dts")
    if pts is None or pts == "N/A":
        return None
    flags = str(raw.get("flags", ""))
    duration = whole(raw.get("duration"))
    return Packet(
        pts=int(pts),
        duration=duration if 0 <= duration < _DURATION_MOST else 0,
        size_bytes=whole(raw.get("size")),
        key="K" in flags,
        shown="D" not in flags,
        corrupt="C" in flags,
    )
