"""Forms of what people say of themselves, how they like the site, and their tokens."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from antenne.accounts.scopes import Scope, scopes_offered
from antenne.custody.settings import Sensitive


class ProfileForm(forms.Form):
    """What a person says of themselves."""

    name = forms.CharField(
        label=_("Name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    handle = forms.CharField(
        label=_("Handle"),
        max_length=25,
        help_text=_("Your old handle goes on leading to you; nobody else can take it."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    about = forms.CharField(
        label=_("About you"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    links = forms.CharField(
        label=_("Links"),
        required=False,
        max_length=3000,
        help_text=_("Up to five addresses, one a line."),
        widget=forms.Textarea(attrs={"rows": 3, "inputmode": "url", "autocapitalize": "none"}),
    )

    def said(self) -> dict[str, Any]:
        """Return what `profile_edit` asks for."""
        return {**self.cleaned_data, "links": self.cleaned_data["links"].splitlines()}


class PreferencesForm(forms.Form):
    """How a person likes the site."""

    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        help_text=_("Of the pages, and of letters to you."),
        choices=[("", _("As your browser says")), *settings.LANGUAGES],
    )
    sensitive = forms.ChoiceField(
        label=_("Videos that are not for everybody"),
        choices=Sensitive.choices,
        widget=forms.RadioSelect,
    )
    autoplay = forms.BooleanField(label=_("Play the next video by itself"), required=False)
    data_saver = forms.BooleanField(
        label=_("Save data"),
        required=False,
        help_text=_("Smaller pictures and no previews, wherever you are signed in."),
    )
    channels_shown = forms.BooleanField(label=_("Name my channels on my page"), required=False)
    comments_shown = forms.BooleanField(
        label=_("List my comments on my page"),
        required=False,
        help_text=_("Those that everybody can read where they stand."),
    )


class TokenForm(forms.Form):
    """A new access token: what for, and for how long."""

    name = forms.CharField(
        label=_("What is it for?"),
        max_length=80,
        help_text=_("So that you know it again, for example: upload script."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may it do?"),
        choices=Scope.choices,
        initial=[Scope.READ],
        help_text=_("As little as it needs: you can always make another."),
        widget=forms.CheckboxSelectMultiple,
    )
    days = forms.ChoiceField(
        label=_("Holds for"),
        required=False,
        choices=[
            ("30", _("30 days")),
            ("90", _("90 days")),
            ("365", _("a year")),
            ("", _("until you take it back")),
        ],
        initial="90",
    )

    def __init__(self, data: QueryDict | None = None, *, operator: bool) -> None:
        super().__init__(data)
        offered = scopes_offered(operator=operator)
        field = cast("forms.MultipleChoiceField", self.fields["scopes"])
        field.choices = [(scope.value, scope.label) for scope in offered]
