"""A comment as the page shows it: escaped, with its addresses, moments and people as links."""

from __future__ import annotations

import re
from typing import Final

from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from antenne.community.selectors.comments import NOBODY, Named
from antenne.community.wording import ADDRESS, MENTION

_MOMENT: Final = r"(?<![\d:.])(?:(?:(?P<h>\d{1,2}):)?(?P<m>[0-5]?\d):(?P<s>[0-5]\d))(?![\d:])"
_TOKEN: Final = re.compile(rf"(?P<url>{ADDRESS})|(?P<moment>{_MOMENT})|{MENTION}")


def comment_html(text: str, *, watch_url: str = "", named: Named = NOBODY) -> SafeString:
    """Return *text* with links; *watch_url* is the page that its moments are of, or nothing."""
    parts: list[str] = []
    end = 0
    for match in _TOKEN.finditer(text):
        parts += [escape(text[end : match.start()]), _linked(match, watch_url, named)]
        end = match.end()
    parts.append(escape(text[end:]))
    return mark_safe("".join(parts))  # noqa: S308 - every part was escaped above


def _linked(match: re.Match[str], watch_url: str, named: Named) -> str:
    if match["url"]:
        return format_html('<a href="{0}" rel="nofollow ugc noopener">{0}</a>', match["url"])
    if match["moment"] and watch_url:
        at_s = sum(
            int(match[part] or 0) * unit for part, unit in (("h", 3600), ("m", 60), ("s", 1))
        )
        pattern = '<a class="tabular" href="{0}?t={1}" data-seek="{1}">{2}</a>'
        return format_html(pattern, watch_url, at_s, match["moment"])
    handle = match["handle"] or ""
    for name, known in (("person", named.people), ("channel", named.channels)):
        if handle.lower() in known:
            return format_html('<a href="{}">@{}</a>', reverse(name, args=[handle]), handle)
    return escape(match[0])
