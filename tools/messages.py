"""Compile a gettext catalogue: `python -m tools.messages django.po django.mo`.

Written here because msgfmt is a system package that a fresh machine does not have. Fuzzy and
untranslated messages are left out, so that people read the original instead of a guess.
"""

from __future__ import annotations

import ast
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

MAGIC = 0x950412DE
CONTEXT_END = "\x04"
PLURAL_END = "\x00"


@dataclass
class Message:
    """One entry of a catalogue; `parts` maps its keywords (msgid, msgstr[0], …) to their text."""

    parts: dict[str, str] = field(default_factory=dict)
    fuzzy: bool = False

    def key(self) -> str:
        """Return what gettext looks up: context, singular and plural in one string."""
        context = self.parts.get("msgctxt")
        plural = self.parts.get("msgid_plural")
        key = self.parts.get("msgid", "")
        if plural is not None:
            key += PLURAL_END + plural
        return key if context is None else context + CONTEXT_END + key

    def translation(self) -> str:
        """Return the translation, its plural forms one after the other; "" when one is missing."""
        forms = [text for word, text in sorted(self.parts.items()) if word.startswith("msgstr")]
        return PLURAL_END.join(forms) if all(forms) else ""


def messages_read(text: str) -> Iterator[Message]:
    """Yield the entries of a catalogue in order; the first, with the empty key, is its header."""
    message, word = Message(), ""
    for number, line in enumerate([*text.splitlines(), ""], start=1):
        starts_anew = not line or (line.startswith(("#", "msgctxt", "msgid ")) and word == "msgstr")
        if starts_anew and message.parts:
            yield message
            message, word = Message(), ""
        if line.startswith("#,") and "fuzzy" in line:
            message.fuzzy = True
        elif line.startswith(("msg", '"')):
            word = _line_read(message, line, word, number)


def catalogue_compile(text: str) -> bytes:
    """Return the catalogue *text* in the form that gettext loads."""
    kept = {
        message.key().encode(): message.translation().encode()
        for message in messages_read(text)
        if message.translation() and (not message.fuzzy or not message.key())
    }
    keys = sorted(kept)
    start = 7 * 4 + 16 * len(keys)
    originals, translations, blob = b"", b"", b""
    for key in keys:
        originals += struct.pack("<II", len(key), start + len(blob))
        blob += key + b"\0"
    for key in keys:
        translations += struct.pack("<II", len(kept[key]), start + len(blob))
        blob += kept[key] + b"\0"
    header = struct.pack("<7I", MAGIC, 0, len(keys), 28, 28 + 8 * len(keys), 0, start)
    return header + originals + translations + blob


def _line_read(message: Message, line: str, word: str, number: int) -> str:
    """Add one line of text to *message* and return the keyword it belongs to, without an index."""
    keyword, _, rest = line.partition(" ") if line.startswith("msg") else ("", "", line)
    name = keyword or next(reversed(message.parts), "")
    try:
        said = ast.literal_eval(rest)
    except (SyntaxError, ValueError) as error:
        raise SystemExit(f"line {number}: {line} cannot be read") from error
    message.parts[name] = message.parts.get(name, "") + said
    return keyword.partition("[")[0] or word


if __name__ == "__main__":
    source, target = map(Path, sys.argv[1:])
    target.write_bytes(catalogue_compile(source.read_text(encoding="utf-8")))
