"""What a page says of itself to those who link to it: read from its head, and never believed.

Open Graph goes before what search engines read. Publishers say with `robots` what may be quoted
(https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag), and are obeyed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from typing import Any, Final
from urllib.parse import urljoin, urlsplit, urlunsplit

from django.utils.encoding import iri_to_uri
from lxml import etree, html

from antenne.community.wording import text_clean
from antenne.kernel.wording import one_line

TITLE_CHARS: Final = 200
ABOUT_CHARS: Final = 300
ADDRESS_CHARS: Final = 2000
_PORTS: Final = {"http": 80, "https": 443}
_KINDS: Final = frozenset({"text/html", "application/xhtml+xml"})
_TITLES: Final = ("og:title", "twitter:title")
_ABOUTS: Final = ("og:description", "twitter:description", "description")
_PICTURES: Final = ("og:image:secure_url", "og:image", "og:image:url", "twitter:image")
_CHARSET: Final = re.compile(rb"charset|<\?xml[^>]*encoding", re.IGNORECASE)
_HEAD_BYTES: Final = 4096
_BOM: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Said:
    """A page's title, what it is about, and the address of its picture; any may be empty."""

    title: str = ""
    about: str = ""
    picture: str = ""


NOTHING: Final = Said()


def address_ascii(url: str) -> str:
    """Return an address as programs write it, without its fragment; empty where it is none."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode()
        port = f":{parts.port}" if parts.port not in {None, _PORTS.get(parts.scheme)} else ""
    except ValueError:  # UnicodeError too
        return ""
    if parts.scheme not in {"http", "https"} or not host or "@" in parts.netloc:
        return ""
    name = f"[{host}]" if ":" in host else host
    plain = urlunsplit((parts.scheme, name + port, parts.path, parts.query, ""))
    whole = iri_to_uri(plain)
    return whole if len(whole) <= ADDRESS_CHARS else ""


def page_read(data: bytes, *, headers: Mapping[str, str], url: str) -> Said:
    """Return what the page at *url* says of itself; nothing where it is no page of HTML.

    *data* may break off; names of *headers* are in lower case.
    """
    kind = Message()
    kind["content-type"] = headers.get("content-type", "")
    if kind.get_content_type() not in _KINDS:
        return NOTHING
    tree = _parsed(data, kind.get_content_charset() or "")
    if tree is None:
        return NOTHING
    metas = _metas(tree)
    robots = f"{metas.get('robots', '')},{headers.get('x-robots-tag', '')}".lower()
    words = {word.strip().replace(" ", "") for word in robots.split(",")}
    quoted = not words & {"nosnippet", "max-snippet:0"}
    shown = not words & {"noimageindex", "max-image-preview:none"}
    return Said(
        title=cut(_first(metas, _TITLES) or _title(tree), TITLE_CHARS),
        about=cut(_first(metas, _ABOUTS), ABOUT_CHARS) if quoted else "",
        picture=_absolute(_first(metas, _PICTURES), _base(tree, url)) if shown else "",
    )


def _parsed(data: bytes, charset: str) -> Any | None:  # noqa: ANN401 - lxml has no types
    """Return the tree, or None where there is none; a *charset* nobody knows says nothing."""
    said = charset or ("" if _CHARSET.search(data[:_HEAD_BYTES]) else "utf-8")
    encoding = "utf-8" if data.startswith(_BOM) else said or None
    try:
        parser = html.HTMLParser(encoding=encoding, remove_comments=True, remove_pis=True)
    except LookupError:
        return _parsed(data, "")
    try:
        return html.document_fromstring(data.removeprefix(_BOM), parser=parser)
    except (etree.LxmlError, ValueError):
        return None


def _metas(tree: Any) -> dict[str, str]:  # noqa: ANN401 - lxml has no types
    """Return the first word of each name that is not empty, names in lower case."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or "").strip().lower()
        said = (meta.get("content") or "").strip()
        if name and said:
            found.setdefault(name, said)
    return found


def _first(metas: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((metas[name] for name in names if name in metas), "")


def _title(tree: Any) -> str:  # noqa: ANN401 - lxml has no types
    found = tree.find(".//title")
    return "" if found is None else str(found.text_content())


def _base(tree: Any, url: str) -> str:  # noqa: ANN401 - lxml has no types
    found = tree.find(".//base[@href]")
    return url if found is None else _absolute(found.get("href"), url) or url


def _absolute(address: str, base: str) -> str:
    try:
        return address_ascii(urljoin(base, address.strip())) if address else ""
    except ValueError:
        return ""


def cut(text: str, most: int) -> str:
    """Return *text* on one line, shortened at a word where it is too long."""
    line = one_line(text_clean(text[: 8 * most]))
    if len(line) <= most:
        return line
    head = line[: most - 1]
    return (head.rpartition(" ")[0] or head).rstrip(" ,;:-") + "…"
