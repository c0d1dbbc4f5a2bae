"""Selects that write their options themselves: Django renders a template for each of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.forms.utils import flatatt
from django.utils.safestring import SafeString

from antenne.web.components.markup import NOTHING, markup

if TYPE_CHECKING:
    from antenne.web.browse.search_forms import Field

_OPTION: Final = '<option value="{}"{}>{}</option>'
_SELECTED: Final = SafeString(" selected")
_FIELD: Final = """<div class="field">
  <label class="field__label" for="search_{0}">{1}</label>
  <select name="{0}" id="search_{0}">{2}</select>
</div>
"""


class Select(forms.Select):
    """Django's select, for choices that are not in groups."""

    def render(
        self,
        name: str,
        value: Any,  # noqa: ANN401 - whatever a form was given
        attrs: dict[str, Any] | None = None,
        renderer: object = None,  # noqa: ARG002 - Django's way of calling it
    ) -> SafeString:
        """Return the select with *value* chosen."""
        chosen = self.format_value(value)
        given = SafeString(flatatt({"name": name, **self.build_attrs(self.attrs, attrs)}))
        return markup("<select{}>{}</select>", given, _options_html(self.choices, chosen))


def _options_html(choices: Iterable[tuple[Any, Any]], chosen: Collection[str]) -> SafeString:
    return SafeString(
        "".join(
            markup(_OPTION, str(key), _SELECTED if str(key) in chosen else NOTHING, str(label))
            for key, label in choices
        )
    )


def select_html(field: Field) -> SafeString:
    """Return one field of a search with its label, as `components/field.html` shows one."""
    options = _options_html(field.choices, (field.chosen,))
    return markup(_FIELD, field.name, field.label, options)
