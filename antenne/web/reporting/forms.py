"""Forms of reports and appeals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from antenne.moderation.services.reports import Notice
from antenne.moderation.states import Complaint

if TYPE_CHECKING:
    from antenne.accounts.models import Person


class ReportForm(forms.Form):
    """What is wrong with something."""

    complaint = forms.ChoiceField(
        label=_("What is wrong"), choices=Complaint.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("In your words"),
        required=False,
        max_length=4000,
        help_text=_("Where in it, and why. Whoever decides reads this."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        required=False,
        help_text=_("If you want to hear what came of it. It is used for nothing else."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def for_person(self, person: Person | None) -> ReportForm:
        """Leave out what a person with an account need not say."""
        if person is not None:
            del self.fields["email"]
        return self

    def notice(self) -> Notice:
        """Return what a checked form says."""
        data = self.cleaned_data
        return Notice(data["complaint"], data["text"], data.get("email", ""))


class AppealForm(forms.Form):
    """Why a decision is wrong."""

    text = forms.CharField(
        label=_("Why the decision is wrong"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )
