"""Rules about a feed as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from antenne.syndication.lint.findings import Context, Node, Rule, Said, advice, refused, text_of
from antenne.syndication.lint.findings import gettext_noop as _

_ITEMS_MANY: Final = 100


def is_rss(root: Node, _context: Context) -> Iterator[Said]:
    """Videos are taken from RSS alone."""
    if root.tag == "{http://www.w3.org/2005/Atom}feed":
        yield refused("feed-kind", _("Videos are taken from RSS 2.0 only; this is Atom."))
    elif root.tag != "rss" or root.find("channel") is None:
        yield refused("feed-kind", _("This is not RSS 2.0: there is no rss/channel."))
    elif root.get("version") != "2.0":
        yield refused("feed-version", _("The version of RSS has to be 2.0."))


def says_what_it_is(root: Node, context: Context) -> Iterator[Said]:
    """A channel has a title, an address and a description, and one language."""
    channel = root.find("channel")
    if channel is None:
        return
    for name in ("title", "link", "description"):
        if not text_of(channel, name):
            yield refused(f"feed-{name}", _("The channel has no <%(name)s>."), name=name)
    context.language = text_of(channel, "language").lower()
    if not context.language:
        yield refused("feed-language", _("The channel does not say its <language>; it needs one."))


def has_a_few_items(root: Node, _context: Context) -> Iterator[Said]:
    """The last twenty or so are enough; none at all is suspicious."""
    count = len(root.findall("channel/item"))
    if not count:
        yield advice("feed-empty", _("There are no items."))
    elif count > _ITEMS_MANY:
        words = _("%(count)s items: the last twenty are enough.")
        yield advice("feed-long", words, count=count)


def declares_media(root: Node, _context: Context) -> Iterator[Said]:
    """Media RSS has to be declared by its one address."""
    if "http://search.yahoo.com/mrss" in root.nsmap.values():
        yield refused("feed-namespace", _("The address of Media RSS ends with a slash: …/mrss/"))


FEED_RULES: Final[tuple[Rule, ...]] = (is_rss, says_what_it_is, has_a_few_items, declares_media)
