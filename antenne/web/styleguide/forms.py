"""A form with one field of each kind."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class SampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(label=_("Title"), help_text=_("Shown everywhere the video is."))
    visibility = forms.ChoiceField(
        label=_("Who can watch"), choices=[("public", _("Public")), ("private", _("Private"))]
    )
    description = forms.CharField(label=_("Description"), required=False, widget=forms.Textarea)
