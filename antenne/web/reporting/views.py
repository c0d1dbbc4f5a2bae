"""Reporting something, and reading and contesting what was decided about oneself."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from antenne.kernel.rate import RateExceeded, client_address
from antenne.moderation.refusals import ModerationRefused
from antenne.moderation.selectors.appeals import decision_about, decisions_about, person_of_ticket
from antenne.moderation.selectors.subjects import subject_seen
from antenne.moderation.services.appeals import appeal_create
from antenne.moderation.services.reports import report_create
from antenne.web.reporting.forms import AppealForm, ReportForm
from antenne.web.viewer import viewer_of, with_person

if TYPE_CHECKING:
    from antenne.accounts.models import Person


def report(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Ask what is wrong with something, and take it in."""
    viewer = viewer_of(request)
    subject = subject_seen(kind, key, viewer=viewer)
    form = ReportForm(request.POST or None).for_person(viewer)
    if form.is_valid() and _reported(request, form, kind, key):
        return render(request, "moderation/reported.html", {"subject": subject})
    return render(request, "moderation/report.html", {"subject": subject, "form": form})


def _reported(request: HttpRequest, form: ReportForm, kind: str, key: str) -> bool:
    """Write a checked report; False where it is refused, with the reason in the form."""
    address = client_address(request.META)
    try:
        report_create(
            by=viewer_of(request), kind=kind, key=key, notice=form.notice(), address=address
        )
    except ModerationRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    except RateExceeded as error:
        words = _("These are many reports. Try again in %(minutes)s minutes.")
        form.add_error(None, words % {"minutes": -(-error.retry_after_s // 60)})
        return False
    return True


@require_safe
@with_person
def decisions(request: HttpRequest, person: Person) -> HttpResponse:
    """List what was decided about a person's own things."""
    return render(
        request, "moderation/decisions.html", {"decisions": decisions_about(person)[:100]}
    )


def decision(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """Show a statement of reasons to the person it concerns, and take an appeal.

    The ticket in the letter that they had lets in whoever may not sign in any more.
    """
    ticket = request.GET.get("ticket", "")
    person = person_of_ticket(ticket, decision_id=decision_id) or viewer_of(request)
    if person is None:
        return redirect_to_login(request.get_full_path())
    found = decision_about(decision_id, person=person)
    form = AppealForm(request.POST or None)
    if form.is_valid():
        try:
            appeal_create(by=person, decision_id=decision_id, text=form.cleaned_data["text"])
        except ModerationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your appeal has been received."))
            return redirect(request.get_full_path())
    appeal = getattr(found, "appeal", None)
    context = {"decision": found, "appeal": appeal, "form": form}
    return render(request, "moderation/decision.html", context)
