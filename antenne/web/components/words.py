"""Words that a list says dozens of times, looked up once a language."""

from __future__ import annotations

from functools import lru_cache

from django.utils import translation


def gettext(text: str) -> str:
    """Return *text* in the language of the page, as Django's function of this name does."""
    return _kept(text, translation.get_language())


@lru_cache(maxsize=2048)
def _kept(text: str, _language: str | None) -> str:
    return translation.gettext(text)
