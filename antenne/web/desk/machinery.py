"""Jobs, encodes that were given up, and storage."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from antenne.kernel.clock import now
from antenne.moderation.refusals import ModerationRefused
from antenne.moderation.selectors.jobs import STATES, jobs_page, queue_counts, workers_beat
from antenne.moderation.selectors.storage import room
from antenne.moderation.services.jobs import job_cancel, job_retry, jobs_retry, unit_retry
from antenne.pipeline.selectors import units_given_up
from antenne.web.desk.shell import desk_render
from antenne.web.viewer import with_operator

if TYPE_CHECKING:
    from antenne.accounts.models import Person

_UNITS_SINCE = timedelta(days=30)
_UNITS_MOST = 100
_NUMBER_CHARS = 18  # of a job: a bigint


@require_safe
@with_operator
def jobs(request: HttpRequest, operator: Person) -> HttpResponse:
    """Show the queue: how full each lane is, and the jobs of one state."""
    state, before = request.GET.get("state", "failed"), request.GET.get("before", "0")
    if state not in STATES or not (
        before.isascii() and before.isdigit() and len(before) <= _NUMBER_CHARS
    ):
        raise Http404
    rows, after = jobs_page(by=operator, state=state, before=int(before))
    count, oldest = workers_beat(by=operator)
    context = {
        "jobs": rows,
        "next_before": after,
        "state": state,
        "states": STATES,
        "queues": queue_counts(by=operator),
        "worker_lanes": count,
        "worker_oldest": oldest,
    }
    return desk_render(request, operator, "jobs.html", context)


@require_POST
@with_operator
def job_change(request: HttpRequest, operator: Person, number: int, verb: str) -> HttpResponse:
    """Run a job again, or take it out of the queue."""
    change = {"retry": job_retry, "cancel": job_cancel}.get(verb)
    if change is None:
        raise Http404
    try:
        change(by=operator, number=number)
    except ModerationRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Done."))
    state = request.POST.get("state", "failed")
    return redirect(f"{reverse('desk_jobs')}?state={state if state in STATES else 'failed'}")


@require_POST
@with_operator
def jobs_again(request: HttpRequest, operator: Person) -> HttpResponse:
    """Run every failed job again."""
    count = jobs_retry(by=operator)
    words = ngettext("%(count)s job runs again.", "%(count)s jobs run again.", count)
    messages.success(request, words % {"count": count})
    return redirect("desk_jobs")


@require_safe
@with_operator
def units(request: HttpRequest, operator: Person) -> HttpResponse:
    """Show the encodes that were given up, with their reasons."""
    rows = units_given_up(by=operator, since=now() - _UNITS_SINCE)[:_UNITS_MOST]
    return desk_render(request, operator, "units.html", {"units": rows})


@require_POST
@with_operator
def unit_change(request: HttpRequest, operator: Person, unit_id: UUID) -> HttpResponse:
    """Try an encode again."""
    try:
        unit_retry(by=operator, unit_id=unit_id)
    except ModerationRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("It is tried again."))
    return redirect("desk_units")


@require_safe
@with_operator
def storage(request: HttpRequest, operator: Person) -> HttpResponse:
    """Show how much room everything takes."""
    return desk_render(request, operator, "storage.html", {"room": room(by=operator)})
