"""Rules about what an item says: its id, title, address and dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urlsplit

from antenne.syndication.lint.findings import Context, Node, Rule, Said, advice, refused, text_of
from antenne.syndication.lint.findings import gettext_noop as _

TITLE_LEAST_CHARS: Final = 20
TITLE_MOST_CHARS: Final = 150
TITLE_CARD_CHARS: Final = 75
AGE_MOST: Final = timedelta(days=365)
_CLOCKS_DIFFER: Final = timedelta(minutes=10)
_HTML: Final = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:[a-zA-Z]{2,8}|#\d{2,5});")
_ADDRESS: Final = re.compile(r"https?://|www\.[a-z0-9-]+\.", re.IGNORECASE)


def has_one_guid(item: Node, context: Context) -> Iterator[Said]:
    """The guid is how the portal knows an item again."""
    guid = text_of(item, "guid")
    if not guid:
        yield refused("guid-missing", _("The item has no <guid>."))
    elif guid in context.guids:
        line = context.guids[guid]
        words = _("The item on line %(line)s has the same <guid>.")
        yield refused("guid-twice", words, line=line)
    else:
        context.guids[guid] = item.sourceline or 0


def title_fits(item: Node, _context: Context) -> Iterator[Said]:
    """A title is a plain sentence of 20 to 150 characters."""
    title, short = text_of(item, "title"), text_of(item, "mi:shortTitle")
    if not title:
        yield refused("title-missing", _("The item has no <title>."))
        return
    if len(title) < TITLE_LEAST_CHARS:
        words = _("%(count)s characters; at least %(least)s.")
        yield refused("title-short", words, count=len(title), least=TITLE_LEAST_CHARS)
    if len(title) > TITLE_MOST_CHARS and not short:
        words = _("%(count)s characters; over %(most)s a <mi:shortTitle> is needed.")
        yield refused("title-long", words, count=len(title), most=TITLE_MOST_CHARS)
    elif len(title) > TITLE_CARD_CHARS:
        words = _("%(count)s characters; cards show %(most)s.")
        yield advice("title-card", words, count=len(title), most=TITLE_CARD_CHARS)
    if len(short) > TITLE_CARD_CHARS:
        words = _("<mi:shortTitle> has %(count)s characters.")
        yield advice("short-title", words, count=len(short))


def title_is_plain(item: Node, _context: Context) -> Iterator[Said]:
    """A title holds neither markup nor addresses."""
    title = text_of(item, "title")
    if _HTML.search(title):
        yield refused("title-html", _("The title holds HTML."))
    if _ADDRESS.search(title):
        yield refused("title-address", _("The title holds an address."))


def link_is_secure(item: Node, _context: Context) -> Iterator[Said]:
    """The address of the page is an https one."""
    link = text_of(item, "link")
    if not link:
        yield refused("link-missing", _("The item has no <link>."))
    elif urlsplit(link).scheme != "https":
        yield refused("link-insecure", _("The <link> has to begin with https://"))


def dates_hold(item: Node, context: Context) -> Iterator[Said]:
    """It was published within the last year, and not in the future."""
    said = text_of(item, "pubDate")
    published = moment_of(said)
    if published is None:
        unread, missing = _("<pubDate> cannot be read: %(said)s"), _("The item has no <pubDate>.")
        yield refused("date-missing", unread if said else missing, said=said[:40])
        return
    if published > context.at + _CLOCKS_DIFFER:
        yield refused("date-future", _("<pubDate> lies in the future."))
    if published < context.at - AGE_MOST:
        yield refused("date-old", _("<pubDate> is more than a year ago."))


def modified_holds(item: Node, context: Context) -> Iterator[Said]:
    """An update is seen by its date alone."""
    said = text_of(item, "dcterms:modified")
    if not said:
        yield advice("modified-missing", _("Without <dcterms:modified> no update is noticed."))
        return
    modified, published = moment_of(said), moment_of(text_of(item, "pubDate"))
    if modified is None:
        words = _("<dcterms:modified> cannot be read: %(said)s")
        yield refused("modified-unread", words, said=said[:40])
    elif modified > context.at + _CLOCKS_DIFFER:
        yield refused("modified-future", _("<dcterms:modified> lies in the future."))
    elif published and modified < published:
        yield advice("modified-early", _("<dcterms:modified> is before <pubDate>."))


def is_still_valid(item: Node, context: Context) -> Iterator[Said]:
    """What has expired is not taken."""
    found = re.search(r"end=([^;\s]+)", text_of(item, "dcterms:valid"))
    if found:
        end = moment_of(found[1])
        if end is None:
            words = _("The end in <dcterms:valid> cannot be read: %(said)s")
            yield refused("valid-unread", words, said=found[1])
        elif end < context.at:
            yield refused("valid-over", _("The item has expired by its <dcterms:valid>."))


def description_is_plain(item: Node, _context: Context) -> Iterator[Said]:
    """The abstract is plain text."""
    text = text_of(item, "description")
    if not text:
        yield advice("description-missing", _("The item has no <description>."))
    elif _HTML.search(text):
        yield refused("description-html", _("The <description> of a video has to be plain text."))


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
