"""Colours that can be read: contrast as WCAG 2 counts it, and the nearest shade that passes.

The grounds are those of frontend/src/styles/tokens.css.
"""

from __future__ import annotations

import colorsys
import re
from typing import Final

CONTRAST_LEAST: Final = 4.5
LIGHT_GROUNDS: Final = ("#f5f5f0", "#fffffc")
DARK_GROUNDS: Final = ("#111210", "#1b1c19")
_INK_ON_DARK: Final = "#1c0700"
_PAPER_ON_LIGHT: Final = "#ffffff"
_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")
_STEPS: Final = 200
_LINEAR_BELOW: Final = 0.04045


def is_colour(text: str) -> bool:
    """Say whether *text* is a colour as `#rrggbb`."""
    return _COLOUR.fullmatch(text) is not None


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb`, 0 to 1."""
    red, green, blue = (
        part / 12.92 if part <= _LINEAR_BELOW else ((part + 0.055) / 1.055) ** 2.4
        for part in _parts(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def contrast_least(colour: str, grounds: tuple[str, ...]) -> float:
    """Return the contrast of a colour with the ground on which it is read worst."""
    return min(contrast(colour, ground) for ground in grounds)


def shade_nearest(colour: str, grounds: tuple[str, ...]) -> str:
    """Return *colour* made lighter or darker until it can be read on each of *grounds*."""
    hue, light, colourful = colorsys.rgb_to_hls(*_parts(colour))
    towards = 1.0 if luminance(grounds[0]) < 0.18 else 0.0  # noqa: PLR2004 - mid grey in linear light
    for step in range(_STEPS + 1):
        lightness = light + (towards - light) * step / _STEPS
        shade = _hex(colorsys.hls_to_rgb(hue, lightness, colourful))
        if contrast_least(shade, grounds) >= CONTRAST_LEAST:
            return shade
    return _hex((towards, towards, towards))


def text_on(colour: str) -> str:
    """Return white or our darkest ink, whichever reads better on *colour*."""
    return max((_PAPER_ON_LIGHT, _INK_ON_DARK), key=lambda text: contrast(text, colour))


def pressed(colour: str, *, darker: bool) -> str:
    """Return the shade that a button takes under the pointer."""
    hue, light, colourful = colorsys.rgb_to_hls(*_parts(colour))
    lightness = light * 0.8 if darker else light + (1 - light) * 0.25
    return _hex(colorsys.hls_to_rgb(hue, lightness, colourful))


def _hex(parts: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(255 * min(1.0, max(0.0, part))):02x}" for part in parts)
