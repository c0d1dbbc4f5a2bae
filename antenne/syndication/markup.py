"""Writing XML that every reader accepts: what cannot be said in it is left out."""

from __future__ import annotations

import re
from typing import Final
from xml.etree import ElementTree as ET

NAMESPACES: Final = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "fh": "http://purl.org/syndication/history/1.0",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "mi": "http://schemas.ingestion.microsoft.com/common/",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "sitemap": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "video": "http://www.google.com/schemas/sitemap-video/1.1",
    "xhtml": "http://www.w3.org/1999/xhtml",
    "xspf": "http://xspf.org/ns/0/",
    "yt": "http://www.youtube.com/xml/schemas/2015",
}
_UNSAYABLE: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Element = ET.Element


def xml_text(text: str) -> str:
    """Leave out the characters that XML 1.0 cannot say."""
    return _UNSAYABLE.sub("", text)


def root_make(tag: str, *prefixes: str, default: str = "", **attributes: str) -> Element:
    """Return a root element that declares *prefixes*, and *default* for names without one."""
    root = ET.Element(tag, attributes)
    for prefix in prefixes:
        root.set(f"xmlns:{prefix}", NAMESPACES[prefix])
    if default:
        root.set("xmlns", NAMESPACES[default])
    return root


def add(
    parent: Element, tag: str, text: str | int | None = None, /, **attributes: str | int | None
) -> Element:
    """Append an element such as `media:title`; attributes of None or nothing are left out."""
    said = {
        name: xml_text(str(value))
        for name, value in attributes.items()
        if value is not None and value != ""
    }
    child = ET.SubElement(parent, tag, said)
    if text is not None:
        child.text = xml_text(str(text))
    return child


def add_said(parent: Element, tag: str, text: str | int | None) -> None:
    """Append an element where there is something to say."""
    if text:
        add(parent, tag, text)


def xml_bytes(root: Element) -> bytes:
    """Return the document, UTF-8."""
    ET.indent(root, space=" ")  # findings of the linter then have lines of their own
    said: bytes = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
    return said
