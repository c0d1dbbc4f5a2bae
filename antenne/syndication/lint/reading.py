"""Reading a feed that somebody else wrote, safely, and holding it against every rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from lxml import etree

from antenne.kernel.clock import now
from antenne.syndication.lint.feed_rules import FEED_RULES
from antenne.syndication.lint.findings import (
    Context,
    Finding,
    Node,
    Report,
    Rule,
    Severity,
    text_of,
)
from antenne.syndication.lint.findings import gettext_noop as _
from antenne.syndication.lint.item_rules import ITEM_RULES
from antenne.syndication.lint.media_rules import MEDIA_RULES

FEED_MAX_BYTES: Final = 8 * 1024 * 1024
_NAME_CHARS: Final = 80


def feed_lint(data: bytes) -> Report:
    """Say what MSN would refuse of a feed."""
    if len(data) > FEED_MAX_BYTES:
        return _broken(
            "feed-size", 0, _("The feed is larger than %(most)s bytes."), most=FEED_MAX_BYTES
        )
    try:
        tree = etree.fromstring(data, parser=_parser()).getroottree()
    except etree.XMLSyntaxError as error:
        return _broken("xml-broken", error.lineno or 0, "%(error)s", error=str(error))
    if tree.docinfo.doctype or tree.docinfo.internalDTD is not None:
        return _broken("doctype", 1, _("The feed declares a document type; readers refuse that."))
    root = tree.getroot()
    context = Context(at=now())
    found = list(_held(root, "", FEED_RULES, context, encoding=tree.docinfo.encoding or ""))
    items = root.findall("channel/item")
    for item in items:
        name = (text_of(item, "title") or text_of(item, "guid"))[:_NAME_CHARS]
        found += _held(item, name, (*ITEM_RULES, *MEDIA_RULES), context)
    return Report(items=len(items), findings=tuple(found))


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, recover=False
    )


def _broken(rule: str, line: int, words: str, **values: str | float) -> Report:
    return Report(0, (Finding(rule, Severity.REFUSED, line, "", words, values),))


def _held(
    node: Node, name: str, rules: Sequence[Rule], context: Context, *, encoding: str = "UTF-8"
) -> Iterator[Finding]:
    """Hold one element against some rules."""
    if encoding.upper() not in {"UTF-8", "US-ASCII", "ASCII"}:
        words = _("The feed is written in %(encoding)s; it has to be UTF-8.")
        yield Finding("encoding", Severity.REFUSED, 1, name, words, {"encoding": encoding})
    for rule in rules:
        for code, severity, words, values in rule(node, context):
            yield Finding(code, severity, node.sourceline or 0, name, words, values)
