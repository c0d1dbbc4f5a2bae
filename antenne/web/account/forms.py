"""Forms of accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.forms import LoginForm, ResetPasswordForm, SignupForm
from django import forms
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from antenne.accounts.refusals import AccountRefused
from antenne.accounts.selectors import handle_check
from antenne.custody.selectors import region_home, setting_of
from antenne.custody.settings import SignUpMode, SignUpSettings

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from antenne.accounts.models import User

PASSWORD_HELP = _("Ten characters or more. A short sentence is good.")


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


class SignInForm(LoginForm):  # type: ignore[misc] # allauth ships no types
    """Address and password."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Call the fields what they are called elsewhere here."""
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail address")
        self.fields["login"].widget.attrs |= {"autocomplete": "username webauthn"}
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class RecoveryForm(ResetPasswordForm):  # type: ignore[misc] # allauth ships no types
    """The address that a link is sent to."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Call the field what it is called elsewhere here."""
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")
        self.fields["email"].widget.attrs.pop("placeholder", None)


class SignUpForm(SignupForm):  # type: ignore[misc] # allauth ships no types
    """Name, address and password; a handle where somebody wants one of their own."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=80,
        help_text=_("Shown beside what you say and publish."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    handle = forms.CharField(
        label=_("Handle"),
        required=False,
        max_length=25,
        help_text=_("Left empty, it is made of your name. You can change it later."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    message = forms.CharField(
        label=_("Who are you, and what brings you here?"),
        required=False,
        max_length=1000,
        help_text=_("Read by whoever lets people in here, and then deleted."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    terms = forms.BooleanField(label=_("I accept the terms of this site."))
    field_order = ("name", "email", "password1", "handle", "message", "terms")

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Leave out what this site does not ask for."""
        super().__init__(*args, **kwargs)
        rules = setting_of(SignUpSettings)
        if not rules.terms_required:
            del self.fields["terms"]
        if rules.mode != SignUpMode.APPROVAL:
            del self.fields["message"]
        self.fields["email"].label = _("E-mail address")
        if "password1" in self.fields:
            self.fields["password1"].help_text = PASSWORD_HELP
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Sign somebody up; a known address costs as much work as a new one, and tells nobody."""
        if self.account_already_exists:
            make_password(self.cleaned_data.get("password1"))
        saved: tuple[User | None, HttpResponse | None] = super().try_save(request)
        return saved

    def clean_handle(self) -> str:
        """Refuse a handle that cannot be had."""
        wish: str = self.cleaned_data["handle"]
        if not wish:
            return ""
        try:
            return handle_check(wish, home=region_home().code)
        except AccountRefused as refusal:
            raise ValidationError(str(refusal)) from refusal
