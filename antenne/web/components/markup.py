"""HTML from a pattern and words."""

from __future__ import annotations

from html import escape
from typing import Final

from django.utils.safestring import SafeString

NOTHING: Final = SafeString("")


def markup(pattern: str, *words: str | float) -> SafeString:
    """Return *pattern* with its `{}` filled by *words*, escaped unless they are HTML already.

    It is `format_html` for words that are there: that one also waits for translations that are
    not made yet, and looks at each word eight times for it.
    """
    safe = [word if type(word) is SafeString else escape(str(word)) for word in words]
    return SafeString(pattern.format(*safe))
