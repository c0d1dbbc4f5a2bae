"""Reading a feed that another publisher wrote: its words and addresses, and nothing else."""

from __future__ import annotations

import hashlib
import html
import re
from dataclasses import dataclass
from typing import Any, Final

import feedparser
from lxml import etree

from antenne.kernel.wording import one_line, visible

FEED_MAX_BYTES: Final = 8 * 1024 * 1024
_TITLE_CHARS: Final = 200
_TEXT_CHARS: Final = 10_000
_ADDRESS_CHARS: Final = 2_000
_TAGS: Final = re.compile(r"<[^<>]*>")
# What stands in a text and is not said in it: how it begins, and how it ends.
_UNSAID: Final = tuple(
    (re.compile(begin, re.IGNORECASE), re.compile(end, re.IGNORECASE))
    for begin, end in (
        (r"<!--", r"-->"),
        (r"<script\b", r"</script[^<>]*>"),
        (r"<style\b", r"</style[^<>]*>"),
    )
)
_BREAKS: Final = re.compile(r"<\s*(?:br|/p|/div|/li)\s*/?>", re.IGNORECASE)
_FILE: Final = re.compile(r"\.(mp4|m4v|mov|webm|mkv|m3u8|mpd)(?:$|\?)", re.IGNORECASE)


class FeedUnreadable(Exception):
    """What came is no feed, or one that is not safe to read; `code` says which."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry with a video: *guid* is a digest of its id, *url* where the video is fetched."""

    guid: str
    title: str
    text: str
    url: str
    language: str


@dataclass(frozen=True, slots=True)
class ReadFeed:
    """What a feed is called, and its entries in its own order."""

    title: str
    entries: tuple[Entry, ...]


def feed_read(data: bytes) -> ReadFeed:
    """Return what is in a feed; raise `FeedUnreadable`."""
    if len(data) > FEED_MAX_BYTES:
        raise FeedUnreadable("too_large")
    _check(data)
    # Markup is only taken off here; to make it harmless too, feedparser would spend hours on some.
    parsed: Any = feedparser.parse(
        data,
        response_headers={"content-type": "application/xml"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not parsed.get("version"):
        raise FeedUnreadable("no_feed")
    language = str(parsed.feed.get("language", ""))
    entries = tuple(_entry(row, language) for row in parsed.entries)
    return ReadFeed(_plain(parsed.feed.get("title", ""), _TITLE_CHARS), entries)


def _check(data: bytes) -> None:
    """Refuse what is not well-formed, and entities: a few bytes of them could mean millions."""
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False
    )
    try:
        tree = etree.fromstring(data, parser=parser).getroottree()
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FeedUnreadable("not_well_formed") from error
    if tree.docinfo.internalDTD is not None:
        raise FeedUnreadable("declares_entities")


def _entry(row: Any, language: str) -> Entry:  # noqa: ANN401 - feedparser has no types
    url = _video_of(row)
    name = str(row.get("id") or url or row.get("title", ""))
    content = row.get("content") or [{}]
    text = content[0].get("value") or row.get("summary", "")
    return Entry(
        guid=hashlib.sha256(name.encode("utf-8", "replace")).hexdigest(),
        title=_plain(row.get("title", ""), _TITLE_CHARS),
        text=_plain(_BREAKS.sub("\n", str(text)), _TEXT_CHARS, lines=True),
        url=url if len(url) <= _ADDRESS_CHARS else "",
        language=str(row.get("language") or language)[:8],
    )


def _video_of(row: Any) -> str:  # noqa: ANN401 - feedparser has no types
    """Return the best file of an entry, else its stream, else its page."""
    found = [
        (_worth(kind, medium, address, size), address)
        for kind, medium, address, size in _offered(row)
        if address.startswith(("http://", "https://"))
    ]
    best = max(found, default=(0, ""))
    page = str(row.get("link", ""))
    return best[1] if best[0] else (page if page.startswith(("http://", "https://")) else "")


def _offered(row: Any) -> list[tuple[str, str, str, int]]:  # noqa: ANN401 - feedparser has no types
    enclosures = [
        (str(one.get("type", "")), "", str(one.get("href", "")), _number(one.get("length")))
        for one in row.get("enclosures", ())
    ]
    contents = [
        (
            str(one.get("type", "")),
            str(one.get("medium", "")),
            str(one.get("url", "")),
            _number(one.get("filesize"))
            or _number(one.get("bitrate"))
            or _number(one.get("height")),
        )
        for one in row.get("media_content", ())
    ]
    return [*enclosures, *contents]


def _worth(kind: str, medium: str, address: str, size: int) -> int:
    """Return how good a file is: a film before a stream, the larger one of two, nothing else."""
    stream = "mpegurl" in kind.lower() or "dash" in kind.lower() or ".m3u8" in address
    film = kind.startswith("video/") or medium == "video" or bool(_FILE.search(address))
    if not film and not stream:
        return 0
    return 1 if stream else 2 + size


def _number(text: object) -> int:
    said = str(text or "").partition(".")[0]
    return min(int(said), 10**12) if said.isascii() and said.isdigit() and len(said) < 13 else 0  # noqa: PLR2004 - twelve digits


def _plain(text: object, most: int, *, lines: bool = False) -> str:
    """Return text without markup, entities and what cannot be shown."""
    bare = html.unescape(_TAGS.sub("", _said(str(text))))
    if not lines:
        return one_line(bare)[:most]
    return re.sub(r"\n{3,}", "\n\n", visible(bare)).strip()[:most]


def _said(text: str) -> str:
    """Return markup without comments, scripts and styles, read through once for each kind."""
    for begin, end in _UNSAID:
        kept, at = [], 0
        while (start := begin.search(text, at)) is not None:
            kept.append(text[at : start.start()])
            stop = end.search(text, start.end())
            at = stop.end() if stop else len(text)
        text = "".join([*kept, text[at:]])
    return text
