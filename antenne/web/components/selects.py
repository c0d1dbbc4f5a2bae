"""A select that writes its options itself: Django renders a template for each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

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


def select_html(field: Field) -> SafeString:
    """Return one field of a search with its label, as `components/field.html` shows one."""
    options = (
        markup(_OPTION, key, _SELECTED if key == field.chosen else NOTHING, str(label))
        for key, label in field.choices
    )
    return markup(_FIELD, field.name, field.label, SafeString("".join(options)))
