"""Taking everything with one, and leaving."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from antenne.accounts.handles import handle_cleaned
from antenne.accounts.refusals import AccountRefused
from antenne.accounts.selectors import export_own, exports_of
from antenne.accounts.services import erasure_ask, export_ask
from antenne.custody.selectors import setting_of
from antenne.custody.settings import PrivacySettings
from antenne.delivery.selectors import export_url
from antenne.kernel.rate import RateExceeded
from antenne.web.viewer import edge_of, user_of, with_person

if TYPE_CHECKING:
    from antenne.accounts.models import Person


@require_safe
@never_cache
@with_person
def data(request: HttpRequest, person: Person) -> HttpResponse:
    """Show what was gathered, or only that part where the page asks again."""
    part = "account/_exports.html" if request.headers.get("HX-Request") else "account/data.html"
    context = {
        "exports": exports_of(user_of(request))[:5],
        "person": person,
        "erasure_days": setting_of(PrivacySettings).erasure_days,
    }
    return render(request, part, context)


@require_POST
@reauthentication_required(app="allauth.account")  # type: ignore[untyped-decorator]
@with_person
def export_make(request: HttpRequest, person: Person) -> HttpResponse:
    """Have everything be gathered."""
    try:
        export_ask(user=user_of(request))
    except AccountRefused as refusal:
        messages.error(request, str(refusal))
    except RateExceeded:
        messages.error(request, _("You have asked for this several times today. Wait a day."))
    return redirect("account_data")


@require_safe
@never_cache
@reauthentication_required(app="allauth.account")  # type: ignore[untyped-decorator]
@with_person
def export_fetch(request: HttpRequest, person: Person, export_id: UUID) -> HttpResponse:
    """Lead to the file, by an address that holds some minutes."""
    export = export_own(user_of(request), export_id)
    if export is None:
        raise Http404
    return redirect(export_url(export.path, edge=edge_of(request)))


@require_POST
@reauthentication_required(app="allauth.account")  # type: ignore[untyped-decorator]
@with_person
def leave(request: HttpRequest, person: Person) -> HttpResponse:
    """Have the account be deleted, once its handle was typed."""
    if handle_cleaned(request.POST.get("handle", "")) != person.handle.lower():
        messages.error(request, _("That is not your handle. Nothing was changed."))
        return redirect("account_data")
    try:
        erasure = erasure_ask(user=user_of(request))
    except AccountRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("account_data")
    logout(request)
    return render(request, "account/leaving.html", {"erasure": erasure})
