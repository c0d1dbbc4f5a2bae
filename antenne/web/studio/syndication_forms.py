"""Forms of what a channel hands to other sites, and takes from them."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from antenne.catalog.selectors.files import Offer
from antenne.catalog.states import Visibility
from antenne.syndication.states import HookEvent, Period

_SHOWN = (Visibility.PRIVATE, Visibility.UNLISTED, Visibility.PUBLIC)


class OfferForm(forms.Form):
    """What a channel hands on."""

    with_files = forms.BooleanField(
        label=_("Offer files"),
        required=False,
        help_text=_("For podcast players and portals. A file is made once somebody asks for it."),
    )
    with_ahead = forms.BooleanField(
        label=_("Make files before anybody asks"),
        required=False,
        help_text=_(
            "As soon as a video is complete. They take about half as much room as the video itself."
        ),
    )
    with_rights = forms.BooleanField(
        label=_("Other sites may show these videos"),
        required=False,
        help_text=_("You hold the rights to let portals publish every public video here."),
    )

    def offer(self) -> Offer:
        """Return what was chosen."""
        said = self.cleaned_data
        return Offer(files=said["with_files"], rights=said["with_rights"], ahead=said["with_ahead"])


class WebhookForm(forms.Form):
    """An address that is told what happens."""

    url = forms.URLField(
        label=_("Address"),
        max_length=2000,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    events = forms.MultipleChoiceField(
        label=_("Is told when"),
        choices=HookEvent.choices,
        initial=HookEvent.values,
        widget=forms.CheckboxSelectMultiple,
    )


class SourceForm(forms.Form):
    """Somebody else's feed."""

    url = forms.URLField(
        label=_("Address of the feed"),
        max_length=2000,
        assume_scheme="https",
        help_text=_("RSS, Media RSS or Atom. Each entry with a video is imported once."),
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )
    period_min = forms.TypedChoiceField(
        label=_("Read it"), choices=Period.choices, coerce=int, initial=Period.HOUR
    )
    visibility = forms.ChoiceField(
        label=_("Who can watch what comes"),
        choices=[(value, Visibility(value).label) for value in _SHOWN],
        initial=Visibility.PRIVATE,
    )
