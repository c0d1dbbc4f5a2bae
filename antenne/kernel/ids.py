"""Identifiers: time-ordered keys for rows, short public names for videos."""

from __future__ import annotations

import secrets
import time
import uuid
from itertools import count

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_PUBLIC_RANDOM_DIGITS = 7
_sequence = count(secrets.randbelow(1 << 12))


def uuid7() -> uuid.UUID:
    """Return a time-ordered UUID, version 7 (RFC 9562 section 5.7).

    The twelve bits after the millisecond count up within this process, so rows made in one
    millisecond keep their order; the last 62 bits are random.
    """
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & ((1 << 48) - 1)) << 80
    value |= 0x7 << 76
    value |= (next(_sequence) & 0xFFF) << 64
    value |= 0b10 << 62
    value |= secrets.randbits(62)
    return uuid.UUID(int=value)


def base36(number: int, width: int) -> str:
    """Return *number* in base 36, padded with zeros to *width* digits."""
    digits = []
    while number:
        number, rest = divmod(number, 36)
        digits.append(_DIGITS[rest])
    return "".join(reversed(digits)).rjust(width, "0")


def public_id_new(region_code: str) -> str:
    """Return a new public name: `x`, the region's code, seven random base-36 digits.

    It stays for ever, cannot be enumerated and is a valid id in the Dailymotion-compatible API.
    *region_code* is the one or two base-36 digits of the region's row.
    """
    return f"x{region_code}{base36(secrets.randbelow(36**_PUBLIC_RANDOM_DIGITS), 7)}"
