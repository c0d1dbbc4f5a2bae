"""The forms that a feed can be asked for in, by the last word of its address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from antenne.syndication.feeds import atom, json_feed, msn, podcast, rss, xspf
from antenne.syndication.feeds.items import Feed


@dataclass(frozen=True, slots=True)
class Form:
    """How a feed is written, and what it is: one with *one_language* leaves other languages out.

    Whoever reads one with *files* takes them.
    """

    name: str
    type: str
    size: int
    write: Callable[[Feed], bytes]
    one_language: bool = False
    files: bool = False


FORMS: Final = {
    "rss.xml": Form("RSS", rss.TYPE, 25, rss.rss_write),
    "atom.xml": Form("Atom", atom.TYPE, 15, atom.atom_write),
    "feed.json": Form("JSON Feed", json_feed.TYPE, 25, json_feed.json_write),
    "podcast.xml": Form("Podcast", rss.TYPE, 100, podcast.podcast_write, files=True),
    "msn.xml": Form("MRSS (MSN)", rss.TYPE, 20, msn.msn_write, one_language=True, files=True),
    "list.xspf": Form("XSPF", xspf.TYPE, 100, xspf.xspf_write),
}
ANNOUNCED: Final = ("rss.xml", "atom.xml", "feed.json")
