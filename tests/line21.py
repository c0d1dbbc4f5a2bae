"""Writes closed captions (EIA-608) into bare pictures, as the encoders of broadcasters do.

Each picture carries two bytes of each field in user data of ATSC A/53: MPEG-2 has a unit for them,
H.264 a message. ffmpeg reads both and writes neither.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from antenne.ffmpeg.binaries import ffmpeg_path
from antenne.processes.runner import Sandbox, run
from tests.clips import LIMITS, clip

Pair = tuple[int, int]
Said = list[tuple[int, list[Pair]]]
"""From which picture on which pairs are sent, one a picture."""

_NOTHING: Final = (0x80, 0x80)
_FPS: Final = 30


def _command(low: int, *, second: bool = False) -> list[Pair]:
    """Return a command, which is sent twice; those of the second field have a bit more."""
    return [(0x15 if second else 0x14, low)] * 2


def _words(text: str) -> list[Pair]:
    raw = text.encode("ascii") + b"\0" * (len(text) % 2)
    return list(zip(raw[::2], raw[1::2], strict=True))


def hidden(text: str, *, second: bool = False) -> list[Pair]:
    """Return what writes a line into the memory that is not on the screen (pop-on)."""
    return [
        pair
        for low in (0x20, 0x2E, 0x70)  # pop-on, memory empty, last row
        for pair in _command(low, second=second)
    ] + _words(text)


def shown(*, second: bool = False) -> list[Pair]:
    """Return what puts the memory on the screen."""
    return _command(0x2F, second=second)


def cleared(*, second: bool = False) -> list[Pair]:
    """Return what empties the screen."""
    return _command(0x2C, second=second)


def rolled(text: str, *, rows: int = 2) -> list[Pair]:
    """Return what rolls up by a row and writes a line into the last one."""
    return [pair for low in (0x23 + rows, 0x2D, 0x70) for pair in _command(low)] + _words(text)


def captioned(
    into: Path, first: Said, second: Said | None = None, *, codec: str = "h264", to: str = "a.mp4"
) -> Path:
    """Return a file of 14 s and 30 pictures a second, with English sound, that carries captions."""
    insert = {"h264": _into_h264, "mpeg2": _into_mpeg2}[codec]
    bare, made = into / f"bare.{codec}", into / to
    pairs = _by_picture(first), _by_picture(second or [])
    bare.write_bytes(
        insert(
            clip(f"bare_{codec}_long").read_bytes(),
            lambda n: (pairs[0].get(n, _NOTHING), pairs[1].get(n, _NOTHING)),
        )
    )
    tone = "sine=frequency=440:sample_rate=48000:duration=14"
    argv = [
        *(str(ffmpeg_path()), "-nostdin", "-v", "error", "-fflags", "+genpts"),
        *("-framerate", str(_FPS), "-i", str(bare), "-f", "lavfi", "-i", tone),
        *("-c:v", "copy", "-c:a", {"h264": "aac", "mpeg2": "mp2"}[codec]),
        *("-metadata:s:a:0", "language=eng", str(made)),
    ]
    run(argv, sandbox=Sandbox(into), limits=LIMITS)
    return made


def moved_apart(made: Path) -> Path:
    """Return the file with the captions of its first field in a track of their own (c608)."""
    track, moved = made.with_name("track.mov"), made.with_name("apart.mov")
    base = [str(ffmpeg_path()), "-nostdin", "-v", "error"]
    graph = f"movie={made.name}[out0+subcc]"
    reading = ["-f", "lavfi", "-i", graph, "-map", "0:s", "-c:s", "copy", str(track)]
    joining = ["-i", str(made), "-i", str(track), "-map", "0", "-map", "1:s", "-c", "copy"]
    joining += ["-bsf:v", "filter_units=remove_types=6", str(moved)]
    for rest in (reading, joining):
        run([*base, *rest], sandbox=Sandbox(made.parent), limits=LIMITS)
    return moved


def _by_picture(said: Said) -> dict[int, Pair]:
    """Return the pair of each picture; what does not fit yet waits for its turn."""
    found: dict[int, Pair] = {}
    for start, pairs in said:
        at = start
        for high, low in pairs:
            while at in found:
                at += 1
            found[at] = _odd(high), _odd(low)
    return found


def _odd(byte: int) -> int:
    """Return a byte of seven bits with the eighth that makes the number of ones odd."""
    return byte if byte.bit_count() % 2 else byte | 0x80


def _user_data(fields: tuple[Pair, Pair]) -> bytes:
    """Return ATSC1_data of a picture: two constructs of three bytes."""
    constructs = b"".join(bytes([0xFC | n, *pair]) for n, pair in enumerate(fields))
    return b"GA94\x03" + bytes([0xC0 | len(fields), 0xFF]) + constructs + b"\xff"


def _into_h264(data: bytes, said: Callable[[int], tuple[Pair, Pair]]) -> bytes:
    """Put a message (SEI 4, registered by ITU-T T.35) before the slice of each picture."""

    def unit(n: int) -> bytes:
        body = b"\xb5\x00\x31" + _user_data(said(n))
        raw = bytes([4, len(body)]) + body + b"\x80"
        return b"\0\0\0\1\6" + re.sub(rb"\0\0(?=[\0-\3])", b"\0\0\3", raw)

    return b"".join(_woven(data, rb"\x00?\x00\x00\x01[\x01\x05\x21\x25\x41\x45\x61\x65]", unit))


def _into_mpeg2(data: bytes, said: Callable[[int], tuple[Pair, Pair]]) -> bytes:
    """Put user data before the first slice of each picture."""
    return b"".join(
        _woven(
            data,
            rb"\x00\x00\x01\x01",
            lambda n: b"\0\0\1\xb2" + _user_data(said(n)),
        )
    )


def _woven(data: bytes, before: bytes, unit: Callable[[int], bytes]) -> Iterator[bytes]:
    done = 0
    for n, match in enumerate(re.finditer(before, data)):
        yield data[done : match.start()]
        yield unit(n)
        done = match.start()
    yield data[done:]
