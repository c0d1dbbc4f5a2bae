"""A select that writes its options itself: Django renders a template for each of them."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.forms.utils import flatatt
from django.utils.safestring import SafeString

from antenne.web.components.markup import NOTHING, markup

_OPTION: Final = '<option value="{}"{}>{}</option>'
_SELECTED: Final = SafeString(" selected")


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
        options = (
            markup(_OPTION, str(key), _SELECTED if str(key) in chosen else NOTHING, str(label))
            for key, label in self.choices
        )
        given = SafeString(flatatt({"name": name, **self.build_attrs(self.attrs, attrs)}))
        return markup("<select{}>{}</select>", given, SafeString("".join(options)))
