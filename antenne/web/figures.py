"""Large numbers as people say them in their language: 1.2K, 1,2 k, 1.2万."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext

_SPACE: Final = "\u00a0"
# The short units of each language (CLDR, compact decimal formats), the largest first.
_UNITS: Final[dict[str, tuple[tuple[int, str], ...]]] = {
    "en": ((10**9, "B"), (10**6, "M"), (10**3, "K")),
    "fr": ((10**9, f"{_SPACE}Md"), (10**6, f"{_SPACE}M"), (10**3, f"{_SPACE}k")),
    "es": ((10**6, f"{_SPACE}M"), (10**3, f"{_SPACE}mil")),
    "pt": ((10**9, f"{_SPACE}bi"), (10**6, f"{_SPACE}mi"), (10**3, f"{_SPACE}mil")),
    "ja": ((10**8, "億"), (10**4, "万")),
}
_ONE_DECIMAL_BELOW: Final = 100


def figure_short(number: int) -> str:
    """Return a number with at most three digits and its unit; never more than it is."""
    return _short(number, get_language() or "en")


@lru_cache(maxsize=4096)
def _short(number: int, language: str) -> str:
    for size, unit in _UNITS.get(language.partition("-")[0], _UNITS["en"]):
        if number >= size:
            tenths = number * 10 // size
            whole, tenth = divmod(tenths, 10)
            exact = tenth and whole < _ONE_DECIMAL_BELOW
            shown = number_format(tenths / 10, 1) if exact else number_format(whole, 0)
            return f"{shown}{unit}"
    return number_format(number, 0)


def views_words(number: int) -> str:
    """Return how often something was watched, in words."""
    return _views(number, get_language() or "en")


@lru_cache(maxsize=4096)
def _views(number: int, language: str) -> str:
    words = ngettext("%(count)s view", "%(count)s views", number)
    return words % {"count": _short(number, language)}


def followers_words(number: int) -> str:
    """Return how many follow something, in words."""
    words = ngettext("%(count)s follower", "%(count)s followers", number)
    return words % {"count": figure_short(number)}
