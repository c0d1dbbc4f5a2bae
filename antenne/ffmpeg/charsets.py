"""Decode text of an unknown character set: marks first, then UTF-8, then the likeliest letters."""

from __future__ import annotations

import codecs

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What texts of each set are mostly made of beyond ASCII: first what is frequent, then the rest.
LATIN = {
    "cp1252": (
        "éèêàâçîôùûäöüßñáíóúãõåæø¿¡«»“”…\u2018\u2019\u2013",
        "ëïìòýÿœÀÂÄÁÅÆÇÈÉÊËÍÎÏÑÓÔÖØÚÜŒ—°€",
    ),
    "cp1250": ("ąćęłńóśźżáčéěíňřšúůýžőűöüäîâăş", "ĄĆĘŁŃÓŚŹŻÁČĎÉĚŘŠŤÚŮÝŽŐŰĂŞţŢďťôĺľŕđ„”“…\u2013"),
    "cp1254": ("çğıöşüÇİÖŞÜ", "âîûĞ“”…\u2018\u2019\u2013"),
}
OTHER = {
    "cp1251": ("оеаинтсрвлкмдпу", "яыьгзбчйхжшюцщэфъёєґОЕАИНТСРВЛКМДПУЯЧЭЖХШБЗГ«»—…\u2013"),
    "cp1253": ("αοιετσνηυρπκμλςάίόέ", "βγδζθξφχψωήύώΑΒΓΔΕΘΚΛΜΝΟΠΣΤΥΧΩΆΈΌ«»"),
    "cp1255": ("יוהלאמרתבש", "גדזחטכנסעפצקםןץףך"),
    "cp1256": ("اليمونرتبةعدسفه", "ثجحخذزشصضطظغقكىءآأؤإئ،؟پچژگ"),
    "gb18030": (
        "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能那得着下自之年过后"
        "里去都没看好还什么谁知真给让很把被吗啊吧呢",
        "。!?、“”…作用道行所然家种事成方多经法学如同现当动面起定天分进小部其些主样理心她本前开但因",
    ),
    "big5": (
        "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能那得著下自之年過後"
        "裡去都沒看好還什麼誰知真給讓很把被嗎啊吧呢",
        "。!?、「」…作用道行所然家種事成方多經法學如同現當動面起定天分進小部其些主樣理心她本前開但因",
    ),
    "cp932": (
        "あいうえおかきくけこさしすせそたちつてとなにねのはひへほまみめもやよらりるれろわをん"
        "がぎぐげござじずぜだでどばびべっゃゅょ",
        "ぬふむゆぞぶぼぱぴぷぺぽー、。!?「」アイウエオカキクケコサシスセソタチツテトナニネノハヒフヘホ"
        "マミムメモヤユヨラリルレロワンガギグゲゴザジズデドバビブベボパピプペポッ",
    ),
    "euc-kr": (
        "이다는에의가을를고하지은도로나한사그것있어아니들수자기만대리시서인해라면여일정안보게내",
        "주제과부전스우소무마너말야않까요네습했었겠던데건거금디",
    ),
}
RARER_WEIGHT = 0.4
FALLBACK = "cp1252"
CONTROL_SHARE_MAX = 0.001
LIKELY_SHARE = 0.3
ASCII_LETTERS = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")


class CharsetUnknown(Exception):
    """The bytes are not text."""


def text_decode(data: bytes) -> str:
    """Return the text that the bytes most likely are; raise CharsetUnknown for other bytes."""
    text = _decoded(data).lstrip("\ufeff")
    odd = sum(character < " " and character not in "\t\r\n\f" for character in text)
    if odd > len(text) * CONTROL_SHARE_MAX:
        raise CharsetUnknown
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes) -> str:
    for mark, name in MARKS:
        if data.startswith(mark):
            return data.decode(name, errors="replace")
    wide = _wide_without_mark(data)
    if wide:
        return data.decode(wide, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _guessed(data)


def _wide_without_mark(data: bytes) -> str:
    """Name UTF-16 by the side on which its ASCII characters have their zero bytes."""
    even, odd = data[0:2000:2], data[1:2000:2]
    if odd.count(0) * 2 > len(odd) > 1:
        return "utf-16-le"
    return "utf-16-be" if even.count(0) * 2 > len(even) > 1 else ""


def _guessed(data: bytes) -> str:
    """Choose the set in which most bytes beyond ASCII become usual letters."""
    beyond = sum(byte > 0x7F for byte in data)  # noqa: PLR2004 - the end of ASCII
    letters = sum(byte in ASCII_LETTERS for byte in data)
    # Latin words are ASCII with some accents; words of other scripts lie beyond it altogether.
    sets = OTHER if beyond > letters else LATIN
    found = [(_likeliness(data, name, *usual), name) for name, usual in sets.items()]
    likely, name = max(found, key=lambda item: item[0])
    return data.decode(name if likely >= LIKELY_SHARE else FALLBACK, errors="replace")


def _likeliness(data: bytes, name: str, frequent: str, rarer: str) -> float:
    """Return the weighted share of usual characters beyond ASCII, less for broken bytes."""
    text = data.decode(name, errors="replace")
    beyond = [character for character in text if character > "\x7f"]
    often, seldom = set(frequent), set(rarer)
    good = sum((item in often) + RARER_WEIGHT * (item in seldom) for item in beyond)
    return (good - 5 * beyond.count("\ufffd")) / max(1, len(beyond))


def is_shown(character: str) -> bool:
    """Say whether a character of a source may stand in what people read, on one line."""
    # Joiners and marks of direction are not printable to Python, but scripts need them.
    return character.isprintable() or character in "\u200b\u200c\u200d\u200e\u200f\t"
