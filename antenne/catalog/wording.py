"""Words as search compares them: without accents and case, and cut where a script leaves no gaps.

PostgreSQL stems and finds; what a word is, is decided here, once for what is kept and for what is
asked. Accents are taken off before the stemmer sees a word, so no extension is needed for it, and
Japanese, Chinese, Korean and Thai, for which PostgreSQL has no parser, become pairs of letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

STEMMERS: Final = {"fr": "french", "en": "english", "es": "spanish", "pt": "portuguese"}
PLAIN: Final = "simple"
CONFIGS: Final = (*STEMMERS.values(), PLAIN)

WORD_MAX_CHARS: Final = 48
# Scripts that write without gaps between words.
_GAPLESS: Final = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Burmese
    (0x1100, 0x11FF),  # Hangul letters
    (0x1780, 0x17FF),  # Khmer
    (0x3005, 0x3007),
    (0x3040, 0x30FF),  # kana
    (0x3130, 0x318F),
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),  # Han
    (0x4E00, 0x9FFF),
    (0xAC00, 0xD7AF),  # Hangul syllables
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
# Letters that are one in Unicode and that people type as others.
_SPELLED: Final = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l",
    "ħ": "h", "\u0131": "i", "ŋ": "ng", "ŧ": "t", "ـ": "",
}  # fmt: skip
_ALPHABETS: Final = ("LATIN", "GREEK", "CYRILLIC", "ARABIC", "HEBREW")
# Short words that only one of these languages uses often; two of them in a text settle it.
_TELLING: Final = {
    "fr": "le les des est une dans qui pas sur avec pour nous vous cette aux et du au ce sont",
    "en": "the and of is with this for you that are was from how what our by it we at my",
    "es": "el los las del una con por que para esta como mas este son muy sin sobre y lo",
    "pt": "o os as do da dos uma com nao em um para mais voce sao muito sobre ao pela no na",
}
_TELLING_LEAST: Final = 2
_PLAIN_WORD: Final = re.compile("[a-zA-Z0-9]+")
# The Portuguese stemmer knows "ções" by its accents; without them we say what it is the plural of.
_PT_PLURAL: Final = re.compile(r"(?<=\w\w)(?:oes|aes)\b")


@lru_cache(maxsize=8192)
def _letter(letter: str) -> str:
    """Return a letter without its marks, in the scripts where people leave them out."""
    if letter in _SPELLED:
        return _SPELLED[letter]
    parts = unicodedata.normalize("NFKD", letter)
    if unicodedata.category(parts[0]) == "Mn":
        return "" if unicodedata.name(letter, "").startswith(("COMBINING", *_ALPHABETS)) else letter
    if not unicodedata.name(parts[0], "").startswith(_ALPHABETS):
        return letter
    return "".join(part for part in parts if unicodedata.category(part) != "Mn")


def folded(text: str) -> str:
    """Return *text* in small letters and without accents, as search compares it."""
    if text.isascii():
        return text.lower()
    composed = unicodedata.normalize("NFKC", text).lower()
    return "".join(map(_letter, composed))


def gapless(letter: str) -> bool:
    """Say whether a letter belongs to a script that writes without gaps between words."""
    code = ord(letter)
    return code > _GAPLESS[0][0] and any(first <= code <= last for first, last in _GAPLESS)


@lru_cache(maxsize=8192)
def _kind(letter: str) -> str:
    """Return "g" for letters of gapless scripts, "w" for others and digits, "" between words."""
    if unicodedata.category(letter)[0] not in "LMN":
        return ""
    return "g" if gapless(letter) else "w"


def runs_of(text: str) -> Iterator[tuple[str, str]]:
    """Return the words of a folded text, and the stretches of gapless script, each by its kind."""
    if text.isascii():
        yield from (("w", run) for run in _PLAIN_WORD.findall(text))
        return
    held, kind = "", ""
    for letter in text + " ":
        found = _kind(letter)
        if found != kind and held:
            yield kind, held
            held = ""
        kind = found
        held += letter if found else ""


def pairs_of(stretch: str) -> list[str]:
    """Return each two neighbouring letters of a stretch of gapless script."""
    return [stretch[at : at + 2] for at in range(len(stretch) - 1)] or [stretch]


def segmented(text: str) -> str:
    """Return what PostgreSQL is given to keep: folded words, and pairs of letters.

    The last letter of a stretch stands alone once more, so that any single one is found.
    """
    words: list[str] = []
    for kind, run in runs_of(folded(text)):
        if kind == "w":
            words.append(run[:WORD_MAX_CHARS])
        else:
            words += [*pairs_of(run), run[-1]] if len(run) > 1 else [run]
    return " ".join(words)


def words_of(text: str) -> list[str]:
    """Return the folded words of a text in scripts that have gaps between them."""
    return [run for kind, run in runs_of(folded(text)) if kind == "w"]


def language_guess(text: str) -> str:
    """Return the language of a text by its short words, where one stands out; else nothing."""
    words = words_of(text)[:400]
    counts = {
        language: sum(word in telling for word in words) for language, telling in _TELLERS.items()
    }
    best, second = sorted(counts.values(), reverse=True)[:2]
    if best < _TELLING_LEAST or best == second:
        return ""
    return max(counts, key=lambda language: counts[language])


_TELLERS: Final = {language: frozenset(words.split()) for language, words in _TELLING.items()}


def configs_of(language: str, text: str) -> tuple[str, ...]:
    """Return the text search configurations of a text in *language*.

    Where none is named and the text itself does not tell, it may be any of those we stem.
    """
    named = language.lower().partition("-")[0] or language_guess(text)
    return (STEMMERS.get(named, PLAIN),) if named else tuple(STEMMERS.values())


def stemmable(text: str, config: str) -> str:
    """Return folded words as the stemmer of *config* knows them without their accents."""
    return _PT_PLURAL.sub("ao", text) if config == STEMMERS["pt"] else text


HASHTAG: Final = re.compile(r"(?<![\w&/#])#(?P<tag>[^\W_][\w-]{0,47})")


def tag_key(tag: str) -> str:
    """Return a tag as addresses and comparisons write it."""
    words = "".join(letter if _kind(letter) else " " for letter in folded(tag)).split()
    return "-".join(words)[:WORD_MAX_CHARS].rstrip("-")


def hashtags_of(text: str) -> list[str]:
    """Return the tags that a text names by `#word`, as keys, each once; numbers are none."""
    found = (tag_key(match["tag"]) for match in HASHTAG.finditer(text))
    return list(dict.fromkeys(tag for tag in found if not tag.isdigit()))
