"""Logos: checked, made harmless and small, kept in the object store under a name that says all."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from io import BytesIO
from typing import Final
from xml.etree import ElementTree as ET

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from antenne.custody.settings import SettingRefused
from antenne.kernel.environment import environment
from antenne.kernel.storage.opening import storage_open
from antenne.kernel.storage.protocol import ObjectMissing

LOGO_MAX_BYTES: Final = 512 * 1024
_MAX_PIXELS: Final = 16_000_000
_MAX_HEIGHT_PX: Final = 192
_MAX_WIDTH_PX: Final = 1200
_WIDEST: Final = 500.0
_NAME: Final = re.compile(r"logo-(\d{1,5})x(\d{1,5})-[0-9a-f]{16}\.(svg|png)")
_SVG: Final = "{http://www.w3.org/2000/svg}"
_SVG_DRAWS: Final = frozenset(
    [
        "svg",
        "g",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "defs",
        "use",
        "symbol",
        "title",
        "desc",
        "text",
        "tspan",
        "linearGradient",
        "radialGradient",
        "stop",
        "clipPath",
        "mask",
        "pattern",
    ]
)
_SVG_BAD: Final = re.compile(
    r"javascript:|data:|https?:|url\(\s*[^#\s)]|@import|expression\(", re.IGNORECASE
)
_TYPES: Final = {"svg": "image/svg+xml", "png": "image/png"}


@dataclass(frozen=True, slots=True)
class Logo:
    """A logo as pages need it."""

    name: str
    width_px: int
    height_px: int

    @property
    def content_type(self) -> str:
        """Return its media type."""
        return _TYPES[self.name.rpartition(".")[2]]


def logo_of(name: str) -> Logo | None:
    """Return the logo of a name that we made; None for any other."""
    found = _NAME.fullmatch(name)
    return Logo(name, int(found[1]), int(found[2])) if found else None


def logo_keep(data: bytes) -> str:
    """Keep an image as a logo and return its name; raise `SettingRefused` where it is none."""
    if len(data) > LOGO_MAX_BYTES:
        raise SettingRefused({"": _("A logo has at most 512 kB.")})
    is_svg = b"<svg" in data[:4096].lower()
    kind, width, height, clean = _svg_clean(data) if is_svg else _picture_clean(data)
    name = f"logo-{width}x{height}-{hashlib.sha256(clean).hexdigest()[:16]}.{kind}"
    storage_open(environment()).put(f"site/{name}", clean)
    return name


def logo_bytes(logo: Logo) -> bytes:
    """Return the file of a logo; raise `ObjectMissing`."""
    if logo_of(logo.name) is None:
        raise ObjectMissing(logo.name)
    return storage_open(environment()).get(f"site/{logo.name}")


def _picture_clean(data: bytes) -> tuple[str, int, int, bytes]:
    try:
        with Image.open(BytesIO(data), formats=("PNG", "WEBP", "JPEG")) as picture:
            if picture.width * picture.height > _MAX_PIXELS:
                raise SettingRefused({"": _("This image has too many pixels.")})
            small = picture.convert("RGBA")
    except Image.DecompressionBombError as error:
        raise SettingRefused({"": _("This image has too many pixels.")}) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise SettingRefused({"": _("This is not an SVG, PNG, WebP or JPEG image.")}) from error
    small.thumbnail((_MAX_WIDTH_PX, _MAX_HEIGHT_PX), Image.Resampling.LANCZOS)
    out = BytesIO()
    small.save(out, "PNG", optimize=True)
    return "png", small.width, small.height, out.getvalue()


def _svg_clean(data: bytes) -> tuple[str, int, int, bytes]:
    """Return an SVG of shapes alone; anything that could run, load or style is refused."""
    try:
        root = fromstring(data, forbid_dtd=True)
    except (ET.ParseError, DefusedXmlException, ValueError) as error:
        raise SettingRefused({"": _("This SVG cannot be read.")}) from error
    for part in root.iter():
        _svg_check(part)
    width, height = _svg_size(root)
    ET.register_namespace("", _SVG.strip("{}"))
    return "svg", width, height, ET.tostring(root)


def _svg_check(part: ET.Element) -> None:
    tag = str(part.tag)
    known = tag.startswith(_SVG) and tag.removeprefix(_SVG) in _SVG_DRAWS
    bad = [
        name
        for name, value in part.attrib.items()
        if name.lower().startswith("on") or _SVG_BAD.search(value)
    ]
    if not known or bad:
        what = bad[0] if bad else tag.rpartition("}")[2] or "?"
        words = _("A logo in SVG may hold shapes only; this one holds “%(what)s”.")
        raise SettingRefused({"": words % {"what": what[:40]}})


def _svg_size(root: ET.Element) -> tuple[int, int]:
    """Return a size of the shape that an SVG says it has."""
    box = [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", root.get("viewBox", ""))]
    if len(box) == len("xywh") and box[2] > 0 and box[3] > 0:
        width, height = box[2], box[3]
    else:
        said = [re.match(r"\d+(?:\.\d+)?", root.get(side, "")) for side in ("width", "height")]
        sides = [float(side[0]) for side in said if side is not None and float(side[0]) > 0]
        if len(sides) != len(said):
            raise SettingRefused({"": _("This SVG does not say its size (viewBox).")})
        width, height = sides
    shape = min(width / height, _WIDEST)
    return max(1, round(shape * _MAX_HEIGHT_PX)), _MAX_HEIGHT_PX
