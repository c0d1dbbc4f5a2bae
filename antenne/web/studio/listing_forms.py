"""Forms of the studio's list: what it shows, and what is done to many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from antenne.catalog.selectors.studio import Wanted
from antenne.catalog.services.bulk import BulkAction, BulkChange
from antenne.catalog.states import State, Visibility
from antenne.web.categories import category_choices
from antenne.web.studio.forms import NONE

if TYPE_CHECKING:
    from antenne.catalog.models import Channel

_DATE = forms.DateInput(attrs={"type": "date"})


class FilterForm(forms.Form):
    """Which videos the list shows; whatever does not fit is left out."""

    text = forms.CharField(
        label=_("Search"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Title, text or tag")}),
    )
    channel = forms.CharField(widget=forms.HiddenInput, required=False, max_length=32)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All states")), *State.choices]
    )
    visibility = forms.ChoiceField(
        label=_("Who can watch"),
        required=False,
        choices=[("", _("Any visibility")), *Visibility.choices],
    )
    since = forms.DateField(label=_("From"), required=False, widget=_DATE)
    until = forms.DateField(label=_("To"), required=False, widget=_DATE)
    sort = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[
            ("created", _("Put in last")),
            ("published", _("Published last")),
            ("changed", _("Changed last")),
        ],
    )

    def wanted(self) -> Wanted:
        """Return what fits of it."""
        self.is_valid()
        data = {key: value for key, value in self.cleaned_data.items() if value}
        return Wanted(**data)


class BulkForm(forms.Form):
    """What to do with the chosen videos; each action reads its own field."""

    action = forms.ChoiceField(label=_("With the chosen"), choices=BulkAction.choices)
    visibility = forms.ChoiceField(
        label=_("Who can watch"),
        required=False,
        choices=[
            (each.value, each.label)
            for each in (Visibility.PUBLIC, Visibility.UNLISTED, Visibility.PRIVATE)
        ],
        widget=forms.Select(attrs={"data-with": "visibility"}),
    )
    category = forms.ChoiceField(
        label=_("Category"),
        required=False,
        choices=lambda: [NONE, *category_choices()],
        widget=forms.Select(attrs={"data-with": "category"}),
    )
    tags = forms.CharField(
        label=_("Tags, with commas between"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"data-with": "tags_add tags_remove"}),
    )
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def change(self) -> BulkChange:
        """Return what was asked for."""
        data = self.cleaned_data
        field = {BulkAction.TAGS_ADD: "tags", BulkAction.TAGS_REMOVE: "tags"}.get(
            data["action"], data["action"]
        )
        return BulkChange(action=data["action"], value=data.get(field) or "")


def filter_form(asked: QueryDict, channels: list[Channel]) -> FilterForm:
    """Return the form of the list for somebody who edits these channels."""
    form = FilterForm(asked)
    if len(channels) > 1:
        named = [(channel.handle, channel.name) for channel in channels]
        form.fields["channel"] = forms.ChoiceField(
            label=_("Channel"), required=False, choices=[("", _("All channels")), *named]
        )
    return form
