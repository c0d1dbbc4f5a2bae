"""Ways in: signing up, invitations, the first administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter
from allauth.account.views import SignupByPasskeyView, SignupView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from antenne.accounts.refusals import AccountRefused
from antenne.accounts.selectors import invitation_of, setup_link_holds
from antenne.accounts.services import setup_link_use
from antenne.web.account.forms import SetupForm
from antenne.web.account.joining import invitation_keep

if TYPE_CHECKING:
    from django.forms import Form


class _Refusing:
    """Shows what nobody could know before the form was sent: a handle taken meanwhile."""

    def form_valid(self, form: Form) -> HttpResponse:
        """Sign somebody up, or say why not."""
        try:
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        except AccountRefused as refusal:
            form.add_error(None, str(refusal))
            response = self.form_invalid(form)  # type: ignore[attr-defined]
        return response


class SignUp(_Refusing, SignupView):  # type: ignore[misc] # allauth ships no types
    """Sign up with a password."""


class SignUpByPasskey(_Refusing, SignupByPasskeyView):  # type: ignore[misc] # allauth ships no types
    """Sign up with a passkey, which is made once the address is verified."""


@require_safe
@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Bring somebody with an invitation to the form; its address counts as verified."""
    found = invitation_of(token)
    if found is None:
        return render(request, "account/invitation_gone.html", status=404)
    invitation_keep(request, token)
    if found.address:
        get_adapter().stash_verified_email(request, found.address)
    return redirect("account_signup")


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """Tell somebody that an operator has yet to let them in."""
    return render(request, "account/waiting.html")


def setup(request: HttpRequest, token: str) -> HttpResponse:
    """Make the first administrator with the one-time link that the start printed."""
    if not setup_link_holds(token):
        raise Http404
    form = SetupForm(request.POST or None)
    if form.is_valid():
        try:
            person = setup_link_use(secret=token, **form.cleaned_data)
        except AccountRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            get_adapter().login(request, person.user)
            return redirect("upload")
    return render(request, "account/setup.html", {"form": form})
