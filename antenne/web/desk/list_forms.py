"""What the desk's lists are narrowed by, and what is done to what was chosen in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from antenne.catalog.states import State, Visibility
from antenne.community.states import Ruled
from antenne.moderation.selectors.lists import Age, Asked, PersonState, Sort, regions_known

if TYPE_CHECKING:
    from django.http import QueryDict

_ANYTHING = ("", _("Anything"))
_TEXT_CHARS = 80


class ListForm(forms.Form):
    """The filters of one list; fields are left out where they would narrow nothing."""

    text = forms.CharField(
        required=False,
        max_length=_TEXT_CHARS,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    state = forms.ChoiceField(label=_("State"), required=False)
    visibility = forms.ChoiceField(
        label=_("Who can watch"), required=False, choices=[_ANYTHING, *Visibility.choices]
    )
    region = forms.ChoiceField(label=_("Region"), required=False)
    age = forms.ChoiceField(label=_("Since"), required=False, choices=[_ANYTHING, *Age.choices])
    sort = forms.ChoiceField(label=_("Order"), required=False)
    reported = forms.BooleanField(label=_("Only what is reported"), required=False)

    words: Any = _("Name")
    states: tuple[tuple[str, Any], ...] = ()
    sorts: tuple[Sort, ...] = (Sort.NEW, Sort.OLD, Sort.REPORTS)
    visible_only = False

    def __init__(self, asked: QueryDict) -> None:
        super().__init__(asked)
        self.fields["text"].label = self.words
        regions = regions_known()
        left = [name for name, kept in self._kept(len(regions)).items() if not kept]
        for name in left:
            del self.fields[name]
        self._choose("state", [_ANYTHING, *self.states])
        self._choose("region", [_ANYTHING, *regions])
        self._choose("sort", [(each.value, each.label) for each in self.sorts])

    def _kept(self, regions: int) -> dict[str, bool]:
        videos = self.visible_only
        return {"state": bool(self.states), "visibility": videos, "region": regions > 1}

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields.get(name)
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def asked(self) -> Asked:
        """Return what a checked form says."""
        said = {name: value for name, value in self.cleaned_data.items() if value}
        return Asked(**said)

    @property
    def narrowed(self) -> bool:
        """Say whether anything but the order was asked for."""
        return any(value for name, value in self.cleaned_data.items() if name != "sort")


class PeopleForm(ListForm):
    """Filters of people."""

    words = _("Name, handle or address")
    states = tuple(PersonState.choices)
    sorts = (Sort.NEW, Sort.OLD, Sort.SPACE, Sort.REPORTS)


class ChannelsForm(ListForm):
    """Filters of channels."""

    words = _("Name, handle or owner")
    sorts = (Sort.NEW, Sort.OLD, Sort.VIEWS, Sort.REPORTS)


class VideosForm(ListForm):
    """Filters of videos."""

    words = _("Title, channel or id")
    states = tuple(State.choices)
    sorts = (Sort.NEW, Sort.OLD, Sort.VIEWS, Sort.REPORTS)
    visible_only = True


class CommentsForm(ListForm):
    """Filters of comments."""

    words = _("Text, writer or id of a video")
    states = tuple(Ruled.choices)


class QuotaForm(forms.Form):
    """How much a person may keep."""

    gigabytes = forms.DecimalField(
        label=_("Quota (GB)"),
        required=False,
        min_value=0,
        max_value=1_000_000,
        help_text=_("Left empty: as everybody."),
    )


class GiveForm(forms.Form):
    """To whom a channel goes, and why."""

    to = forms.CharField(
        label=_("New owner"),
        max_length=40,
        widget=forms.TextInput(attrs={"placeholder": "@", "autocapitalize": "none"}),
    )
    reason = forms.CharField(label=_("Why"), max_length=500)
