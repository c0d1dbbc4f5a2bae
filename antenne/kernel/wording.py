"""What can be seen of a text, as plain rules."""

from __future__ import annotations

from typing import Final

# Letters of Persian and the parts of an emoji are joined, or kept apart, by them.
JOINERS: Final = "\u200c\u200d"


def visible(text: str) -> str:
    """Return *text* without what cannot be seen; spaces, lines and joiners stay."""
    return "".join(filter(is_visible, text))


def is_visible(letter: str) -> bool:
    """Say whether a letter can be seen, parts others or joins them."""
    return letter.isprintable() or letter.isspace() or letter in JOINERS


def one_line(text: str) -> str:
    """Return *text* on one line, without what cannot be seen."""
    return " ".join(visible(text).split()).strip(f"{JOINERS} ")
