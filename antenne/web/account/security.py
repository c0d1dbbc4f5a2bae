"""What guards an account: password, factors, sessions, tokens."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from antenne.accounts.refusals import AccountRefused
from antenne.accounts.selectors import security_of, signed_in_of, tokens_of
from antenne.accounts.services import (
    access_token_create,
    access_token_revoke,
    session_end,
    sessions_end,
)
from antenne.kernel.clock import now
from antenne.web.account.devices import device_words, is_phone
from antenne.web.account.forms_self import TokenForm
from antenne.web.viewer import user_of, with_person

if TYPE_CHECKING:
    from antenne.accounts.models import Person


@require_safe
@never_cache
@with_person
def security(request: HttpRequest, person: Person) -> HttpResponse:
    """Show what guards the account."""
    return render(request, "account/security.html", {"security": security_of(user_of(request))})


@require_safe
@never_cache
@with_person
def sessions(request: HttpRequest, person: Person) -> HttpResponse:
    """Show where the person is signed in."""
    found = signed_in_of(user_of(request), session_key=request.session.session_key)
    rows = [(row, device_words(row.user_agent), is_phone(row.user_agent)) for row in found]
    return render(request, "account/sessions.html", {"rows": rows})


@require_POST
@with_person
def session_close(request: HttpRequest, person: Person, session_id: int) -> HttpResponse:
    """Sign out of one browser."""
    if not session_end(user=user_of(request), session_id=session_id):
        raise Http404
    messages.success(request, _("Signed out there."))
    return redirect("account_sessions")


@require_POST
@with_person
def sessions_close(request: HttpRequest, person: Person) -> HttpResponse:
    """Sign out everywhere else."""
    sessions_end(user=user_of(request), keep_key=request.session.session_key)
    messages.success(request, _("Signed out everywhere else."))
    return redirect("account_sessions")


@require_safe
@never_cache
@with_person
def tokens(request: HttpRequest, person: Person) -> HttpResponse:
    """Show the access tokens of the person."""
    return _tokens_page(request, _token_form(request))


@require_POST
@never_cache
@reauthentication_required(app="allauth.account")  # type: ignore[untyped-decorator]
@with_person
def token_make(request: HttpRequest, person: Person) -> HttpResponse:
    """Make a token and show its secret, this once."""
    form, secret = _token_form(request, request.POST), ""
    if form.is_valid():
        days = form.cleaned_data["days"]
        end = now() + timedelta(days=int(days)) if days else None
        try:
            secret = access_token_create(
                user=user_of(request),
                name=form.cleaned_data["name"],
                scopes=form.cleaned_data["scopes"],
                expires_at=end,
            )
        except AccountRefused as refusal:
            form.add_error(None, str(refusal))
    return _tokens_page(request, _token_form(request) if secret else form, secret=secret)


@require_POST
@with_person
def token_revoke(request: HttpRequest, person: Person, token_id: UUID) -> HttpResponse:
    """Take a token's power."""
    if not access_token_revoke(user=user_of(request), token_id=str(token_id)):
        raise Http404
    messages.success(request, _("The token has no power any more."))
    return redirect("account_tokens")


def _token_form(request: HttpRequest, data: QueryDict | None = None) -> TokenForm:
    return TokenForm(data, operator=user_of(request).is_operator)


def _tokens_page(request: HttpRequest, form: TokenForm, *, secret: str = "") -> HttpResponse:
    rows = tokens_of(user_of(request)).order_by("-created_at")
    context = {"form": form, "tokens": rows, "secret": secret, "moment": now()}
    return render(request, "account/tokens.html", context)
