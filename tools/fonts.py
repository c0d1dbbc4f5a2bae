"""Makes the letters that our pages fetch, `frontend/src/fonts/*.woff2`, from the families of npm.

`python -m tools.fonts` after a family was renewed; it needs `fonttools` and `brotli`, which nothing
else here does. The display family keeps its width, which tells sizes apart, and one weight of its
own; both keep kerning and figures of one width. A page in a Latin language fetches 64 kB, not 108.
The names of languages at the foot of every page come with it, for systems without their glyphs.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

ROOT: Final = Path(__file__).parents[1]
FAMILIES: Final = ROOT / "node_modules" / "@fontsource-variable"
INTO: Final = ROOT / "frontend" / "src" / "fonts"
SCRIPTS: Final = ("latin", "latin-ext")
FEATURES: Final = ["ccmp", "kern", "liga", "locl", "mark", "mkmk", "tnum"]
# Copyright and licence stay in the file, beside its names.
NAMES: Final = [0, 1, 2, 3, 4, 5, 6, 13, 14]


@dataclass(frozen=True, slots=True)
class Face:
    """A family of npm, what it is called there, and which of its axes are held or narrowed."""

    family: str
    axis: str
    limits: dict[str, float | tuple[float, float]]


FACES: Final = (
    Face("bricolage-grotesque", "wdth", {"wght": 660, "wdth": (75, 88)}),
    Face("instrument-sans", "wght", {"wght": (400, 700)}),
)

NAMES_FAMILY: Final = "noto-sans-jp"
NAMES_DRAWN: Final = "\u65e5\u672c\u8a9e"
"""What languages are called in glyphs that the other faces lack: Japanese."""


def face_make(face: Face, script: str) -> Path:
    """Write one file of a face and return where it is."""
    source = FAMILIES / face.family / "files" / f"{face.family}-{script}-{face.axis}-normal.woff2"
    font = instantiateVariableFont(TTFont(source), face.limits)
    for glyph in font.getGlyphOrder():  # spaces do not vary, which the subsetter does not expect
        if glyph not in font["gvar"].variations:
            font["gvar"].variations[glyph] = []
    _kept(font, list(font.getBestCmap()), FEATURES)
    return _saved(font, f"{face.family}-{script}")


def names_make() -> Path:
    """Write the glyphs of languages' names, found in the many files of their family."""
    wanted, parts = set(map(ord, NAMES_DRAWN)), []
    for source in sorted((FAMILIES / NAMES_FAMILY / "files").glob("*-wght-normal.woff2")):
        font = TTFont(source)
        if here := wanted & set(font.getBestCmap()):
            wanted -= here
            font = instantiateVariableFont(font, {"wght": 500})
            _kept(font, list(here), [])
            font.flavor = None
            into = BytesIO()
            font.save(into)
            parts.append(BytesIO(into.getvalue()))
    return _saved(Merger().merge(parts), "language-names")


def _kept(font: TTFont, unicodes: list[int], features: list[str]) -> None:
    options = Options()
    options.layout_features, options.name_IDs, options.hinting = features, NAMES, False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=unicodes)
    subsetter.subset(font)


def _saved(font: TTFont, name: str) -> Path:
    font.flavor = "woff2"
    made = INTO / f"{name}.woff2"
    font.save(made)
    return made


def main() -> int:
    """Make all files."""
    made = [face_make(face, script) for face in FACES for script in SCRIPTS]
    for path in (*made, names_make()):
        print(f"{path.name}: {path.stat().st_size} bytes")  # noqa: T201 - a program of its own
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
