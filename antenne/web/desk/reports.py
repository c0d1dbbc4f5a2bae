"""Reports, decisions and appeals, as those who run the site work through them."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from antenne.moderation.refusals import ModerationRefused
from antenne.moderation.selectors.appeals import appeals_all, may_answer
from antenne.moderation.selectors.reports import decisions_all, report_case, reports_all
from antenne.moderation.services.appeals import appeal_answer
from antenne.moderation.services.decisions import (
    Ruling,
    allowed_actions,
    decision_reverse,
    report_decide,
)
from antenne.moderation.states import (
    Action,
    AppealState,
    Complaint,
    Ground,
    ReportState,
    SubjectKind,
)
from antenne.web.desk.shell import desk_render
from antenne.web.paging import page_asked
from antenne.web.viewer import with_operator

if TYPE_CHECKING:
    from antenne.accounts.models import Person


class RulingForm(forms.Form):
    """What is done, and the statement of reasons."""

    action = forms.ChoiceField(
        label=gettext_lazy("What is done"), choices=Action.choices, widget=forms.RadioSelect
    )
    ground = forms.ChoiceField(
        label=gettext_lazy("On which ground"),
        required=False,
        choices=[("", ""), *Ground.choices],
    )
    reference = forms.CharField(
        label=gettext_lazy("Which rule or law"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("For example: terms, section 3; or the article of a law."),
    )
    facts = forms.CharField(
        label=gettext_lazy("What is in it, and why that breaks it"),
        required=False,
        max_length=5000,
        help_text=gettext_lazy("The person concerned reads this. Name nobody who reported it."),
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
    until = forms.DateField(
        label=gettext_lazy("Until"),
        required=False,
        help_text=gettext_lazy("Left empty: for good."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    hides = forms.BooleanField(
        label=gettext_lazy("When suspending: take their videos off the air as well"),
        required=False,
    )

    def for_kind(self, kind: str) -> RulingForm:
        """Offer only what can be done to a thing of this kind."""
        allowed = allowed_actions(kind)
        field = self.fields["action"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(each.value, each.label) for each in allowed]
        return self

    def ruling(self) -> Ruling:
        """Return what a checked form says."""
        data = dict(self.cleaned_data)
        until = data.pop("until")
        moment = datetime.combine(until, time.max, tzinfo=UTC) if until else None
        return Ruling(until=moment, **data)


@require_safe
@with_operator
def reports(request: HttpRequest, operator: Person) -> HttpResponse:
    """List reports, the open ones first."""
    asked = {name: request.GET.get(name, "") for name in ("state", "complaint", "kind")}
    asked["state"] = asked["state"] or ReportState.OPEN.value
    known = (ReportState.values, ["", *Complaint.values], ["", *SubjectKind.values])
    if any(value not in values for value, values in zip(asked.values(), known, strict=True)):
        raise Http404
    page = page_asked(request, reports_all(by=operator, **asked), by="created_at", size=40)
    choices = {"states": ReportState.choices, "complaints": Complaint.choices}
    context = {"page": page, "asked": asked, "kinds": SubjectKind.choices, **choices}
    return desk_render(request, operator, "reports.html", context)


@with_operator
def report(request: HttpRequest, operator: Person, report_id: UUID) -> HttpResponse:
    """Show a report with what it is about, and decide."""
    case = report_case(report_id, by=operator)
    form = RulingForm(request.POST or None).for_kind(case.report.kind)
    if form.is_valid():
        try:
            report_decide(by=operator, report_id=report_id, ruling=form.ruling())
        except ModerationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Decided. Both sides are told."))
            return redirect("desk_reports")
    return desk_render(request, operator, "report.html", {"case": case, "form": form})


@require_safe
@with_operator
def decisions(request: HttpRequest, operator: Person) -> HttpResponse:
    """List every decision."""
    page = page_asked(request, decisions_all(by=operator), by="created_at", size=40)
    return desk_render(request, operator, "decisions.html", {"page": page})


@require_POST
@with_operator
def reverse(request: HttpRequest, operator: Person, decision_id: UUID) -> HttpResponse:
    """Take a decision back."""
    try:
        decision_reverse(
            by=operator, decision_id=decision_id, reason=request.POST.get("reason", "")
        )
    except ModerationRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Taken back. The person concerned is told."))
    return redirect("desk_decisions")


@require_safe
@with_operator
def appeals(request: HttpRequest, operator: Person) -> HttpResponse:
    """List appeals, the open ones first."""
    state = request.GET.get("state", AppealState.OPEN)
    if state not in AppealState.values:
        raise Http404
    rows = appeals_all(by=operator, state=state).order_by("created_at", "pk")[:100]
    shown = [(row, may_answer(row, by=operator)) for row in rows]
    context = {"appeals": shown, "state": state, "states": AppealState.choices}
    return desk_render(request, operator, "appeals.html", context)


@require_POST
@with_operator
def answer(request: HttpRequest, operator: Person, appeal_id: UUID) -> HttpResponse:
    """Uphold a decision, or take it back."""
    try:
        appeal_answer(
            by=operator,
            appeal_id=appeal_id,
            reverse=request.POST.get("verdict") == "reverse",
            answer=request.POST.get("answer", ""),
        )
    except ModerationRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Answered. The person concerned is told."))
    return redirect("desk_appeals")
