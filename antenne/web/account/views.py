"""The first administrator."""

from __future__ import annotations

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from antenne.accounts.selectors import setup_link_holds
from antenne.accounts.services import AccountRefused, setup_link_use
from antenne.web.account.forms import SetupForm

_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


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
            login(request, person.user, backend=_BACKEND)
            return redirect("upload")
    return render(request, "account/setup.html", {"form": form})
