"""How a letter looks in programs that show HTML: its text, with its links and codes brought out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.translation import get_language

from antenne.custody.selectors import setting_of
from antenne.custody.settings import SiteSettings
from antenne.kernel.environment import environment

_CODE = re.compile(r"[A-Z0-9]{3,6}(-[A-Z0-9]{3,6})?")
_ADDRESS = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; *kind* is `text`, `code` (to be typed) or `link` (an address alone)."""

    kind: str
    text: str


def paragraphs_of(text: str) -> tuple[Paragraph, ...]:
    """Split a letter at its empty lines and say of each part what it is."""
    parts = [part.strip() for part in re.split(r"\n\s*\n", text) if part.strip()]
    return tuple(Paragraph(_kind_of(part), part) for part in parts)


def _kind_of(part: str) -> str:
    if _ADDRESS.fullmatch(part):
        return "link"
    return "code" if _CODE.fullmatch(part) else "text"


def letter_html(*, subject: str, text: str) -> str:
    """Return the HTML of a letter whose author wrote only its text."""
    context = {
        "subject": subject,
        "paragraphs": paragraphs_of(text),
        "site_name": setting_of(SiteSettings).name,
        "language": get_language() or environment().language,
    }
    return render_to_string("mail/letter.html", context)
