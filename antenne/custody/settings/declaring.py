"""How a setting is declared: a frozen dataclass whose fields say what they hold.

`SettingKind.read` takes what the database or a form gives and is lenient; `fault` says what is
wrong with a value, in the person's language, and is strict.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, Protocol, TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _

_ABOUT = "about"
Value = TypeVar("Value")
Stored = str | int | bool | list[str] | dict[str, str]


class SettingRefused(Exception):
    """A setting cannot be kept; `faults` says why, by field ("" for the whole)."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = dict(faults)


class ValueUnknown(Exception):
    """What is stored cannot be read as this kind any more: the default stands."""


class Kind(Protocol):
    """What one field holds."""

    def read(self, raw: object) -> object:
        """Return the stored *raw* as a value; raise `ValueUnknown`."""
        ...

    def fault(self, value: object) -> str:
        """Return what is wrong with *value*, or nothing."""
        ...


@dataclass(frozen=True, slots=True)
class Words:
    """A text, on one line or on many; `sealed` ones are kept encrypted."""

    max_chars: int = 200
    lines: bool = False
    needed: bool = False
    sealed: bool = False

    def read(self, raw: object) -> str:
        """Return a text."""
        if not isinstance(raw, str):
            raise ValueUnknown
        return raw

    def fault(self, value: object) -> str:
        """Refuse what is too long, empty where it is needed, or no text."""
        if not isinstance(value, str) or "\x00" in value:
            return _("This is not a text.")
        if not self.sealed and len(value) > self.max_chars:
            return _("At most %(count)s characters.") % {"count": self.max_chars}
        if not self.lines and any(not letter.isprintable() for letter in value):
            return _("One line of text.")
        return _("This is needed.") if self.needed and not value.strip() else ""


@dataclass(frozen=True, slots=True)
class Switch:
    """Yes or no."""

    def read(self, raw: object) -> bool:
        """Return a switch."""
        if not isinstance(raw, bool):
            raise ValueUnknown
        return raw

    def fault(self, value: object) -> str:
        """Refuse what is neither."""
        return "" if isinstance(value, bool) else _("Yes or no.")


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number; `unit` is said beside it."""

    least: int = 0
    most: int = 2**53
    unit: str = ""

    def read(self, raw: object) -> int:
        """Return a whole number."""
        if not isinstance(raw, int) or isinstance(raw, bool):
            raise ValueUnknown
        return raw

    def fault(self, value: object) -> str:
        """Refuse what lies outside."""
        if not isinstance(value, int) or isinstance(value, bool):
            return _("This is not a whole number.")
        if self.least <= value <= self.most:
            return ""
        return _("From %(least)s to %(most)s.") % {"least": self.least, "most": self.most}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few."""

    among: type[models.TextChoices]

    def read(self, raw: object) -> str:
        """Return the choice."""
        if raw not in self.among.values:
            raise ValueUnknown
        choice: str = self.among(raw)
        return choice

    def fault(self, value: object) -> str:
        """Refuse any other."""
        return "" if value in self.among.values else _("This is not one of the choices.")


@dataclass(frozen=True, slots=True)
class Several:
    """A list of words, in order; `among` (a function, read late) says which there are."""

    max_count: int = 100
    max_chars: int = 100

    def read(self, raw: object) -> tuple[str, ...]:
        """Return a tuple of texts."""
        if not isinstance(raw, list | tuple) or not all(isinstance(word, str) for word in raw):
            raise ValueUnknown
        return tuple(raw)

    def fault(self, value: object) -> str:
        """Refuse too many, too long ones, and what is no list."""
        if not isinstance(value, tuple) or not all(isinstance(word, str) for word in value):
            return _("This is not a list.")
        if len(value) > self.max_count:
            return _("At most %(count)s.") % {"count": self.max_count}
        long = [word for word in value if not word.isprintable() or len(word) > self.max_chars]
        return _("This is too long: %(word)s") % {"word": long[0][:40]} if long else ""


@dataclass(frozen=True, slots=True)
class Texts:
    """A text a language; the key is the language's code."""

    max_chars: int = 200
    lines: bool = False

    def read(self, raw: object) -> dict[str, str]:
        """Return texts by language."""
        if not isinstance(raw, dict) or not all(isinstance(text, str) for text in raw.values()):
            raise ValueUnknown
        return dict(raw)

    def fault(self, value: object) -> str:
        """Refuse a text that is too long."""
        if not isinstance(value, dict):
            return _("This is not a text in several languages.")
        one = Words(max_chars=self.max_chars, lines=self.lines)
        faults = (one.fault(text) for text in value.values())
        return next(filter(None, faults), "")


@dataclass(frozen=True, slots=True)
class About:
    """What a field is called, what it is for, and what it holds."""

    label: str | Promise
    kind: Kind
    help: str | Promise = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """What every kind of setting is; `KEY` names it in the database for ever."""

    KEY: ClassVar[str] = ""
    LABEL: ClassVar[str | Promise] = ""

    def more_faults(self) -> Iterator[tuple[str, str]]:
        """Yield the field and the reason of what the fields alone cannot say."""
        yield from ()


def option(default: Value, about: About) -> Value:
    """Declare a field of a setting."""
    return dataclasses.field(default=default, metadata={_ABOUT: about})


def option_made(factory: Callable[[], Value], about: About) -> Value:
    """Declare a field whose default is made when it is asked for."""
    return dataclasses.field(default_factory=factory, metadata={_ABOUT: about})


def switch(label: str | Promise, text: str | Promise = "", *, on: bool) -> bool:
    """Declare a field that is yes or no."""
    return option(on, About(label, Switch(), text))


def abouts_of(cls: type[Setting]) -> dict[str, About]:
    """Return what is declared of each field, in order."""
    return {field.name: field.metadata[_ABOUT] for field in dataclasses.fields(cls)}


def sealed_fields(cls: type[Setting]) -> tuple[str, ...]:
    """Return the names of the fields that are kept encrypted."""
    return tuple(
        name
        for name, about in abouts_of(cls).items()
        if isinstance(about.kind, Words) and about.kind.sealed
    )


def faults_of(value: Setting) -> dict[str, str]:
    """Return what is wrong with a setting, by field."""
    faults = {
        name: fault
        for name, about in abouts_of(type(value)).items()
        if (fault := about.kind.fault(getattr(value, name)))
    }
    return faults or dict(value.more_faults())


Kept = TypeVar("Kept", bound=Setting)


def setting_read(cls: type[Kept], raw: Mapping[str, object]) -> Kept:
    """Return a stored version as a value: unknown fields are passed over, missing ones default."""
    known: dict[str, object] = {}
    for name, about in abouts_of(cls).items():
        if name in raw:
            try:
                known[name] = about.kind.read(raw[name])
            except ValueUnknown:
                continue
    return cls(**known)


def setting_stored(value: Setting) -> dict[str, Stored]:
    """Return a setting as it is stored: JSON."""
    fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    return {name: list(part) if isinstance(part, tuple) else part for name, part in fields.items()}


def mail_faults(field: str, address: str) -> Iterator[tuple[str, str]]:
    """Yield *field* and the reason where a given address is none."""
    if address:
        try:
            validate_email(address)
        except ValidationError:
            yield field, _("This is not an e-mail address.")
