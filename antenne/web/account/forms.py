"""Forms of accounts."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class SetupForm(forms.Form):
    """The first administrator's name, address and password."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=80,
        help_text=_("Shown beside what you publish."),
        widget=forms.TextInput(attrs={"autocomplete": "name", "autofocus": True}),
    )
    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_("Ten characters or more."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
