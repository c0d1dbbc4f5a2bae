"""Moments as people write them: 83, 1:23 or 0:01:23.4."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

MOMENT: Final = r"^\s*(?:\d{1,3}:){0,2}\d{1,6}(?:[.,]\d{1,3})?\s*$"
_MOMENT: Final = re.compile(MOMENT, re.ASCII)


class MomentRefused(Exception):
    """This is not a moment; the message says so, in the person's language."""


def moment_ms(text: str) -> int:
    """Return the milliseconds that a moment stands for; raise `MomentRefused`."""
    if not _MOMENT.fullmatch(text):
        raise MomentRefused(_("This is not a moment: %(word)s") % {"word": text[:20]})
    seconds = Decimal(0)
    for part in text.strip().replace(",", ".").split(":"):
        seconds = seconds * 60 + Decimal(part)
    return int(seconds * 1000)


def moment_words(at_ms: int) -> str:
    """Return milliseconds as `1:02` or `1:00:02.5`, as short as they are exact."""
    seconds, milliseconds = divmod(at_ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    rest = f".{milliseconds:03}".rstrip("0") if milliseconds else ""
    head = f"{hours}:{minutes:02}" if hours else f"{minutes}"
    return f"{head}:{seconds:02}{rest}"
