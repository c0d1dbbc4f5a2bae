"""Languages of tracks: as files name them, and as everything else does (BCP 47)."""

from __future__ import annotations

from typing import Final

from langcodes import Language, standardize_tag
from langcodes.tag_parser import LanguageTagError

# Undetermined, several, none to speak of, not in the list.
_NONE: Final = frozenset({"und", "mul", "zxx", "mis"})


def language_tag(said: str) -> str:
    """Return what a file says of a track's language by its shortest code, "" if unknown."""
    try:
        tag = standardize_tag(said)
    except LanguageTagError:
        return ""
    return "" if tag in _NONE else tag


def language_in_file(tag: str) -> str:
    """Return the three letters by which an MP4 file names a language (ISO 639-2/T)."""
    try:
        return Language.get(tag).to_alpha3()
    except (LanguageTagError, LookupError):
        return ""
