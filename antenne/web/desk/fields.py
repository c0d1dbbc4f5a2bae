"""Forms made from what a setting declares of its fields."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from antenne.custody.settings import Setting
from antenne.custody.settings.declaring import (
    About,
    Choice,
    Number,
    Several,
    Switch,
    Texts,
    Words,
    abouts_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

_GB = 10**9
Kept = TypeVar("Kept", bound=Setting)


class SettingForm(forms.Form):
    """The fields of one kind of setting, why it is changed, and which version was seen."""

    on = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def faults_add(self, faults: Mapping[str, str]) -> None:
        """Put what a setting refuses beside its fields."""
        for name, fault in faults.items():
            held = name if name in self.fields else _first_part(self, name)
            self.add_error(held, fault)


class GigabytesField(forms.DecimalField):
    """Bytes, written in gigabytes."""

    def __init__(self, *, least: int, most: int, **options: Any) -> None:  # noqa: ANN401 - DecimalField's own
        super().__init__(min_value=Decimal(least) / _GB, max_value=Decimal(most) / _GB, **options)

    def prepare_value(self, value: object) -> object:
        """Show bytes as gigabytes."""
        return (
            f"{Decimal(value) / _GB:.9f}".rstrip("0").rstrip(".")
            if isinstance(value, int)
            else value
        )

    def clean(self, value: object) -> int:
        """Return bytes."""
        return int(super().clean(value) * _GB)


class LinesField(forms.CharField):
    """Words, one a line."""

    def prepare_value(self, value: object) -> object:
        """Show a tuple as lines."""
        return "\n".join(value) if isinstance(value, tuple) else value

    def clean(self, value: object) -> tuple[str, ...]:
        """Return the words."""
        return tuple(str(super().clean(value)).replace(",", " ").split())


def _first_part(form: forms.Form, name: str) -> str | None:
    """Return the first of the fields into which a setting's field was spread."""
    return next((part for part in form.fields if part.startswith(f"{name}__")), None)


def setting_form(
    kind: type[Setting], value: Setting, *, number: int, posted: QueryDict | None = None
) -> SettingForm:
    """Return the form of a setting, filled with what it says now."""
    form = SettingForm(posted, initial={"on": number})
    for name, about in abouts_of(kind).items():
        if name in LOGO_FIELDS:
            continue
        if isinstance(about.kind, Texts):
            _texts_add(form, name, about, getattr(value, name))
            continue
        form.fields[name] = _field(name, about)
        sealed = isinstance(about.kind, Words) and about.kind.sealed
        form.initial[name] = "" if sealed else getattr(value, name)
    form.fields["reason"] = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=500,
        help_text=_("Kept with the change, for those who run the site after you."),
    )
    return form


LOGO_FIELDS = ("logo", "logo_dark", "icon")


def _texts_add(form: forms.Form, name: str, about: About, texts: Mapping[str, str]) -> None:
    """Spread a text in several languages over a field a language."""
    for code, language in settings.LANGUAGES:
        part = f"{name}__{code}"
        form.fields[part] = forms.CharField(
            label=f"{about.label} · {language}",
            required=False,
            strip=False,
            widget=forms.Textarea(attrs={"rows": 12, "lang": code, "dir": "auto"}),
        )
        form.initial[part] = texts.get(code, "")


def _field(name: str, about: About) -> forms.Field:
    common: dict[str, Any] = {"label": about.label, "help_text": about.help, "required": False}
    if isinstance(about.kind, Switch):
        return forms.BooleanField(**common)
    if isinstance(about.kind, Choice):
        return forms.ChoiceField(choices=about.kind.among.choices, **{**common, "required": True})
    if isinstance(about.kind, Number):
        return _number(about.kind, {**common, "required": True})
    if isinstance(about.kind, Several):
        return _several(name, common)
    return _words(name, about.kind, common)


def _number(kind: Number, common: dict[str, Any]) -> forms.Field:
    if kind.unit == "bytes":
        label: str | Promise = _("%(label)s (GB)") % {"label": common.pop("label")}
        return GigabytesField(least=kind.least, most=kind.most, label=label, **common)
    return forms.IntegerField(min_value=kind.least, max_value=kind.most, **common)


def _several(name: str, common: dict[str, Any]) -> forms.Field:
    if name == "languages":
        return forms.MultipleChoiceField(
            choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple, **common
        )
    return LinesField(widget=forms.Textarea(attrs={"rows": 4}), **common)


def _words(name: str, kind: object, common: dict[str, Any]) -> forms.Field:
    if name == "language":
        return forms.ChoiceField(choices=settings.LANGUAGES, **common)
    if isinstance(kind, Words) and kind.sealed:
        attributes = {"autocomplete": "new-password"}
        return forms.CharField(
            strip=False, widget=forms.PasswordInput(attrs=attributes), max_length=500, **common
        )
    longest = kind.max_chars if isinstance(kind, Words) else None
    return forms.CharField(max_length=longest, **common)


def value_of(value: Kept, cleaned: Mapping[str, Any]) -> Kept:
    """Return a setting with what a checked form says of it; an empty secret leaves the old one."""
    changes: dict[str, Any] = {}
    for name, about in abouts_of(type(value)).items():
        if isinstance(about.kind, Texts):
            old = getattr(value, name)
            parts = {
                key.partition("__")[2]: text
                for key, text in cleaned.items()
                if key.startswith(f"{name}__")
            }
            merged = {**old, **parts}
            changes[name] = {code: text for code, text in merged.items() if text.strip()}
        elif name in cleaned:
            secret = isinstance(about.kind, Words) and about.kind.sealed
            if not (secret and not cleaned[name]):
                changes[name] = _kept(cleaned[name])
    return dataclasses.replace(value, **changes)


def _kept(part: object) -> object:
    return tuple(part) if isinstance(part, list) else part
