"""Rules about what an item says: its id, title, address and dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urlsplit

from antenne.syndication.lint.findings import Context, Node, Rule, Said, advice, refused, text_of

TITLE_LEAST_CHARS: Final = 20
TITLE_MOST_CHARS: Final = 150
TITLE_CARD_CHARS: Final = 75
SHORT_TITLE_MOST_CHARS: Final = 54
AGE_MOST: Final = timedelta(days=365)
_CLOCKS_DIFFER: Final = timedelta(minutes=10)
_HTML: Final = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:[a-zA-Z]{2,8}|#\d{2,5});")
_ADDRESS: Final = re.compile(r"https?://|www\.[a-z0-9-]+\.", re.IGNORECASE)


def has_one_guid(item: Node, context: Context) -> Iterator[Said]:
    """The guid is how the portal knows an item again."""
    guid = text_of(item, "guid")
    if not guid:
        yield refused("guid-missing", "The item has no <guid>.")
    elif guid in context.guids:
        line = context.guids[guid]
        yield refused("guid-twice", f"The item on line {line} has the same <guid>.")
    else:
        context.guids[guid] = item.sourceline or 0


def title_fits(item: Node, _context: Context) -> Iterator[Said]:
    """A title is a plain sentence of 20 to 150 characters."""
    title, short = text_of(item, "title"), text_of(item, "mi:shortTitle")
    if not title:
        yield refused("title-missing", "The item has no <title>.")
        return
    if len(title) < TITLE_LEAST_CHARS:
        yield refused("title-short", f"{len(title)} characters; at least {TITLE_LEAST_CHARS}.")
    if len(title) > TITLE_MOST_CHARS and not short:
        text = f"{len(title)} characters; over {TITLE_MOST_CHARS} a <mi:shortTitle> is needed."
        yield refused("title-long", text)
    elif len(title) > TITLE_CARD_CHARS:
        yield advice("title-card", f"{len(title)} characters; cards show {TITLE_CARD_CHARS}.")
    if len(short) > TITLE_CARD_CHARS:
        yield advice("short-title", f"<mi:shortTitle> has {len(short)} characters.")


def title_is_plain(item: Node, _context: Context) -> Iterator[Said]:
    """A title holds neither markup nor addresses."""
    title = text_of(item, "title")
    if _HTML.search(title):
        yield refused("title-html", "The title holds HTML.")
    if _ADDRESS.search(title):
        yield refused("title-address", "The title holds an address.")


def link_is_secure(item: Node, _context: Context) -> Iterator[Said]:
    """The address of the page is an https one."""
    link = text_of(item, "link")
    if not link:
        yield refused("link-missing", "The item has no <link>.")
    elif urlsplit(link).scheme != "https":
        yield refused("link-insecure", "The <link> has to begin with https://")


def dates_hold(item: Node, context: Context) -> Iterator[Said]:
    """It was published within the last year, and not in the future."""
    said = text_of(item, "pubDate")
    published = moment_of(said)
    if published is None:
        text = f"<pubDate> cannot be read: {said[:40]}" if said else "The item has no <pubDate>."
        yield refused("date-missing", text)
        return
    if published > context.at + _CLOCKS_DIFFER:
        yield refused("date-future", "<pubDate> lies in the future.")
    if published < context.at - AGE_MOST:
        yield refused("date-old", "<pubDate> is more than a year ago.")


def modified_holds(item: Node, context: Context) -> Iterator[Said]:
    """An update is seen by its date alone."""
    said = text_of(item, "dcterms:modified")
    if not said:
        yield advice("modified-missing", "Without <dcterms:modified> no update is noticed.")
        return
    modified, published = moment_of(said), moment_of(text_of(item, "pubDate"))
    if modified is None:
        yield refused("modified-unread", f"<dcterms:modified> cannot be read: {said[:40]}")
    elif modified > context.at + _CLOCKS_DIFFER:
        yield refused("modified-future", "<dcterms:modified> lies in the future.")
    elif published and modified < published:
        yield advice("modified-early", "<dcterms:modified> is before <pubDate>.")


def is_still_valid(item: Node, context: Context) -> Iterator[Said]:
    """What has expired is not taken."""
    found = re.search(r"end=([^;\s]+)", text_of(item, "dcterms:valid"))
    if found:
        end = moment_of(found[1])
        if end is None:
            yield refused("valid-unread", f"The end in <dcterms:valid> cannot be read: {found[1]}")
        elif end < context.at:
            yield refused("valid-over", "The item has expired by its <dcterms:valid>.")


def description_is_plain(item: Node, _context: Context) -> Iterator[Said]:
    """The abstract is plain text."""
    text = text_of(item, "description")
    if not text:
        yield advice("description-missing", "The item has no <description>.")
    elif _HTML.search(text):
        yield refused("description-html", "The <description> of a video has to be plain text.")


def moment_of(text: str) -> datetime | None:
    """Return a moment as RFC 822 or RFC 3339 writes it, or None."""
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            found = read(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    return None


ITEM_RULES: Final[tuple[Rule, ...]] = (
    has_one_guid,
    title_fits,
    title_is_plain,
    link_is_secure,
    dates_hold,
    modified_holds,
    is_still_valid,
    description_is_plain,
)
