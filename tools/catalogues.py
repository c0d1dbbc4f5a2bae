"""Bring the catalogues up to date with the code: `python -m tools.catalogues [--check]`.

Reads every gettext call of the package and every translation tag of its templates; keeps what is
translated, adds what is new (empty), drops what is gone. With `--check` it writes nothing and
exits with 1 where a catalogue is not up to date or a language is not whole.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, cast

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE: Final = Path(__file__).resolve().parent.parent / "antenne"
LOCALES: Final = PACKAGE / "locale"
LANGUAGES: Final = {
    "es": "Spanish",
    "fr": "French",
    "ja": "Japanese",
    "pt_BR": "Brazilian Portuguese",
}
"""What the interface is whole in, beside English, by the folder of its catalogue."""

# Which arguments of each function are a context, a singular and a plural.
_FUNCTIONS: Final = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), ("said",)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), ("said", "plural")),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ("context", "said")),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ("context", "said", "plural")),
}
_CALL: Final = re.compile(r"\b(?:n?p?gettext|_)\(")
_Key = tuple[str | tuple[str, str], str | None]


def wanted() -> dict[_Key, list[str]]:
    """Return the files that say each message, by (message or (singular, plural), context)."""
    found: dict[_Key, list[str]] = {}
    for path in sorted([*PACKAGE.rglob("*.py"), *PACKAGE.rglob("templates/**/*.*")]):
        for key in _said_in(path):
            files = found.setdefault(key, [])
            name = str(path.relative_to(PACKAGE))
            if name not in files:
                files.append(name)
    return found


def _said_in(path: Path) -> Iterator[_Key]:
    text = path.read_text(encoding="utf-8")
    calls = _calls_of_code(text) if path.suffix == ".py" else _calls_of_template(text)
    for call in calls:
        name = call.func.id if isinstance(call.func, ast.Name) else ""
        parts = dict(zip(_FUNCTIONS.get(name, ()), call.args, strict=False))
        words = {
            part: node.value
            for part, node in parts.items()
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        if words.get("said", "").strip():
            said = words["said"]
            plural = words.get("plural")
            yield ((said, plural) if plural else said), words.get("context")


def _calls_of_code(text: str) -> Iterator[ast.Call]:
    return (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))


def _calls_of_template(text: str) -> Iterator[ast.Call]:
    """Yield the gettext calls that Django makes of a template; what stands between is no code."""
    code = templatize(text)
    for start in _CALL.finditer(code):
        for end in re.finditer(r"\)", code[start.end() :]):
            try:
                yield from _calls_of_code(code[start.start() : start.end() + end.end()])
            except SyntaxError:
                continue
            break


def catalogue_path(language: str) -> Path:
    """Return where the catalogue of a language stands."""
    return LOCALES / language / "LC_MESSAGES" / "django.po"


def catalogue_read(language: str) -> Catalog:
    """Read a catalogue; an empty one where there is none."""
    path = catalogue_path(language)
    if not path.is_file():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def catalogue_renew(language: str) -> Catalog:
    """Return the catalogue of *language* with exactly what the code says now."""
    before = catalogue_read(language)
    renewed = Catalog(
        locale=language,
        project="Antenne",
        version="",
        copyright_holder="",
        header_comment=f"# {LANGUAGES[language]} of Antenne.",
        fuzzy=False,
    )
    for (said, context), files in wanted().items():
        key = said if isinstance(said, str) else said[0]
        known = before.get(key, context)
        string = known.string if known is not None and _same_form(known, said) else None
        renewed.add(said, string, locations=[(name, 0) for name in files], context=context)
    return renewed


def _same_form(known: Message, said: str | tuple[str, str]) -> bool:
    return bool(known.pluralizable) == isinstance(said, tuple)


def catalogue_text(catalogue: Catalog) -> str:
    """Return a catalogue as it is kept: by file, without dates, one message a line."""
    out = io.BytesIO()
    write_po(out, catalogue, width=0, sort_by_file=True, include_lineno=False, omit_header=True)
    plural = f"nplurals={catalogue.num_plurals}; plural={catalogue.plural_expr};"
    head = [
        catalogue.header_comment,
        'msgid ""',
        'msgstr ""',
        '"Project-Id-Version: Antenne\\n"',
        f'"Language: {catalogue.locale}\\n"',
        '"MIME-Version: 1.0\\n"',
        '"Content-Type: text/plain; charset=utf-8\\n"',
        '"Content-Transfer-Encoding: 8bit\\n"',
        f'"Plural-Forms: {plural}\\n"',
    ]
    return "\n".join(head) + "\n\n" + out.getvalue().decode().strip() + "\n"


def untranslated(catalogue: Catalog) -> list[str]:
    """Return what a catalogue does not say, or does not say in every number."""
    missing = []
    for message in catalogue:
        if not message.id:
            continue
        forms = message.string if message.pluralizable else (message.string,)
        if not forms or not all(cast("tuple[str, ...]", forms)):
            missing.append(str(message.id))
    return missing


def say(line: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{line}\n")


def main(arguments: list[str]) -> int:
    """Write, or check, every catalogue; return the exit status."""
    status = 0
    for language in LANGUAGES:
        path, renewed = catalogue_path(language), catalogue_renew(language)
        missing = untranslated(renewed)
        say(f"{language}: {len(renewed)} messages, {len(missing)} not translated")
        if "--check" not in arguments:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(catalogue_text(renewed), encoding="utf-8")
            continue
        if missing or not path.is_file() or path.read_text("utf-8") != catalogue_text(renewed):
            status = 1
            say("\n".join(f"  {said}" for said in missing[:20]))
            say(f"  {path.name} is not up to date: python -m tools.catalogues")
    return status


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
