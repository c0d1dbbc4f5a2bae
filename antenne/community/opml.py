"""Lists of subscriptions as other programs read and write them (OPML 2.0)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element, ParseError, SubElement, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

BYTES_MAX: Final = 1_048_576
OUTLINES_MAX: Final = 5000
# The channel in an address of ours: its page, or one of its feeds.
_HANDLE: Final = re.compile(r"/(?:c|feeds/channel)/@?([A-Za-z0-9_-]{1,32})(?:[/.]|$)")
_ATTRIBUTES: Final = ("xmlUrl", "htmlUrl", "url")


class OpmlRefused(Exception):
    """The file is no list of subscriptions."""


@dataclass(frozen=True, slots=True)
class Outline:
    """One channel of a list."""

    title: str
    page_url: str
    feed_url: str


def opml_write(outlines: Iterable[Outline], *, title: str) -> bytes:
    """Return a list of channels as OPML."""
    root = Element("opml", version="2.0")
    SubElement(SubElement(root, "head"), "title").text = title
    body = SubElement(root, "body")
    for outline in outlines:
        SubElement(
            body,
            "outline",
            type="rss",
            text=outline.title,
            title=outline.title,
            htmlUrl=outline.page_url,
            xmlUrl=outline.feed_url,
        )
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def handles_of(data: bytes) -> tuple[str, ...]:
    """Return the handles that the addresses of an OPML file name, once each.

    Raises `OpmlRefused` for a file that is none, is too large or would blow up while it is read.
    """
    if len(data) > BYTES_MAX:
        raise OpmlRefused
    try:
        root = fromstring(data)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise OpmlRefused from error
    if root.tag.lower() != "opml":
        raise OpmlRefused
    found: dict[str, None] = {}
    for number, outline in enumerate(root.iter("outline")):
        if number >= OUTLINES_MAX:
            break
        handle = next(filter(None, (_handle(outline.get(name, "")) for name in _ATTRIBUTES)), "")
        if handle:
            found[handle.lower()] = None
    return tuple(found)


def _handle(url: str) -> str:
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:
        return ""
    match = _HANDLE.search(path)
    return match[1] if match else ""
