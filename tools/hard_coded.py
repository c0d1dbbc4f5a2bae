"""Find words in templates that no language can change: `python -m tools.hard_coded`.

Looks at text and at the attributes that people hear or see; what stands in `<code>` or `<kbd>`,
and names, are the same in every language.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

TEMPLATES: Final = Path(__file__).resolve().parent.parent / "antenne" / "web" / "templates"

FOR_DEVELOPERS: Final = frozenset({"styleguide.html", "reference.html"})

_SAME_EVERYWHERE: Final = (
    r"\{#.*?#\}",
    r"\{% *comment.*?endcomment *%\}",
    r"\{% *blocktrans(?:late)?\b.*?endblocktrans(?:late)? *%\}",
    r"<(script|style|code|kbd|samp|pre)\b.*?</\1>",
    r"<!--.*?-->",
    r"\{% *block \w*class *%\}.*?\{% *endblock[^%]*%\}",
    r"https?://",
)
_TAGS: Final = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_SPOKEN: Final = re.compile(r'\b(?:aria-label|alt|title|placeholder)="([^"]*)"')
_MARKUP: Final = re.compile(r"""<(?:[^>"']|"[^"]*"|'[^']*')*>""")
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_NAMES: Final = frozenset(
    {"Antenne", "RSS", "Atom", "JSON", "MRSS", "OPML", "HLS", "CSV", "SRT", "VTT"}
)


def hard_coded(template: str) -> Iterator[str]:
    """Yield each piece of *template* with a word that is not translated."""
    text = template
    for pattern in _SAME_EVERYWHERE:
        text = re.sub(pattern, "", text, flags=re.DOTALL)
    text = _TAGS.sub("", text)
    pieces = [*_SPOKEN.findall(text), *_MARKUP.split(text)]
    for piece in pieces:
        if set(_WORD.findall(re.sub(r"&\w+;|@\w+", " ", piece))) - _NAMES:
            yield " ".join(piece.split())


def main() -> int:
    """Say what was found; return the exit status."""
    found = [
        f"{path.relative_to(TEMPLATES)}: {piece[:80]}"
        for path in sorted(TEMPLATES.rglob("*.html"))
        if path.name not in FOR_DEVELOPERS
        for piece in hard_coded(path.read_text(encoding="utf-8"))
    ]
    sys.stdout.writelines(f"{line}\n" for line in found)
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
