"""How feeds write moments, lengths and running text."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import format_datetime
from typing import Final

from django.utils.html import escape

_ADDRESS: Final = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]]")


def rfc822(moment: datetime) -> str:
    """Return a moment as RSS writes it."""
    return format_datetime(moment.replace(microsecond=0), usegmt=True)


def rfc3339(moment: datetime) -> str:
    """Return a moment in whole seconds, as Atom and JSON Feed write it."""
    return moment.replace(microsecond=0).isoformat().replace("+00:00", "Z")


def clock(seconds: int) -> str:
    """Return a length as podcast players read it: 1:02:03."""
    minutes, rest_s = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest_s:02}"


def html_of(text: str) -> str:
    """Return plain text as HTML: paragraphs, line breaks and links, everything else escaped."""
    paragraphs = re.split(r"\n\s*\n", text.strip())
    return "".join(f"<p>{_line_html(part)}</p>" for part in paragraphs if part.strip())


def _line_html(text: str) -> str:
    parts: list[str] = []
    end = 0
    for found in _ADDRESS.finditer(text):
        address = escape(found[0])
        parts += [escape(text[end : found.start()]), f'<a href="{address}">{address}</a>']
        end = found.end()
    parts.append(escape(text[end:]))
    return "".join(parts).replace("\n", "<br>\n")
