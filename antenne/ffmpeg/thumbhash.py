"""ThumbHash: some twenty bytes that stand for a picture until it is loaded.

Written from the published description of the format: brightness and two colour differences as a
few cosine coefficients of four bits each, after a header of their means and scales.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from math import cos, floor, pi

from PIL import Image

SIDE_PX = 64
BRIGHTNESS_TERMS = 7
COLOUR_TERMS = 3


@dataclass(frozen=True)
class _Channel:
    mean: float
    terms: tuple[float, ...]
    scale: float


def thumbhash(picture: bytes) -> str:
    """Return the ThumbHash of an opaque picture (any format Pillow reads) in base64."""
    with Image.open(BytesIO(picture)) as opened:
        small = opened.convert("RGB")
    small.thumbnail((SIDE_PX, SIDE_PX))
    width, height = small.size
    data = small.tobytes()
    red, green, blue = ([value / 255 for value in data[offset::3]] for offset in range(3))
    pixels = list(zip(red, green, blue, strict=True))
    longest = max(width, height)
    columns = max(1, _rounded(BRIGHTNESS_TERMS * width / longest))
    rows = max(1, _rounded(BRIGHTNESS_TERMS * height / longest))
    size = (width, height)
    bright = _encoded(
        [(r + g + b) / 3 for r, g, b in pixels], size, (max(3, columns), max(3, rows))
    )
    yellow = _encoded([(r + g) / 2 - b for r, g, b in pixels], size, (COLOUR_TERMS, COLOUR_TERMS))
    reddish = _encoded([r - g for r, g, _ in pixels], size, (COLOUR_TERMS, COLOUR_TERMS))
    header = _header(bright, yellow, reddish, landscape=width > height, terms=(columns, rows))
    nibbles = [_rounded(15 * term) for part in (bright, yellow, reddish) for term in part.terms]
    nibbles += [0] * (len(nibbles) % 2)
    body = bytes(low | high << 4 for low, high in zip(nibbles[::2], nibbles[1::2], strict=True))
    return base64.b64encode(header + body).decode()


def _header(
    bright: _Channel,
    yellow: _Channel,
    reddish: _Channel,
    *,
    landscape: bool,
    terms: tuple[int, int],
) -> bytes:
    first = (
        _rounded(63 * bright.mean)
        | _rounded(31.5 + 31.5 * yellow.mean) << 6
        | _rounded(31.5 + 31.5 * reddish.mean) << 12
        | _rounded(31 * bright.scale) << 18
    )
    columns, rows = terms
    second = (
        (rows if landscape else columns)
        | _rounded(63 * yellow.scale) << 3
        | _rounded(63 * reddish.scale) << 9
        | int(landscape) << 15
    )
    return first.to_bytes(3, "little") + second.to_bytes(2, "little")


def _encoded(values: Sequence[float], size: tuple[int, int], terms: tuple[int, int]) -> _Channel:
    """Return the mean and the low cosine terms (a triangle of them) of one channel."""
    (width, height), (columns, rows) = size, terms
    lines = [values[row * width : (row + 1) * width] for row in range(height)]
    found = []
    for column in range(columns):
        across = [cos(pi / width * column * (x + 0.5)) for x in range(width)]
        sums = [sum(map(float.__mul__, line, across)) for line in lines]
        for row in range(rows):
            if column * rows < columns * (rows - row):
                down = (cos(pi / height * row * (y + 0.5)) for y in range(height))
                total = sum(part * weight for part, weight in zip(sums, down, strict=True))
                found.append((row, column, total / (width * height)))
    ordered = [value for _, _, value in sorted(found)]
    scale = max((abs(value) for value in ordered[1:]), default=0.0)
    shifted = [0.5 + 0.5 / scale * value if scale else value for value in ordered[1:]]
    return _Channel(ordered[0], tuple(shifted), scale)


def _rounded(value: float) -> int:
    return floor(value + 0.5)
