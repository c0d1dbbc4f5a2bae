"""The form that stands before a video with a password."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from antenne.kernel.rate import RateExceeded


class PasswordForm(forms.Form):
    """The password of a video."""

    password = forms.CharField(
        label=gettext_lazy("Password"),
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "autofocus": True}),
    )

    def refuse(self, error: Exception) -> None:
        """Say that it was wrong, or tried too often."""
        if isinstance(error, RateExceeded):
            text = _("Tried too often. Wait a few minutes.")
        else:
            text = _("This is not the password.")
        self.add_error("password", text)
