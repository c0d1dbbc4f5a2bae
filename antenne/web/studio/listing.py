"""The list of a person's videos, and what can be done to many of them at once."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from antenne.catalog.refusals import CatalogRefused
from antenne.catalog.selectors.studio import Wanted, studio_chosen, studio_page
from antenne.catalog.selectors.teams import channels_with
from antenne.catalog.services.bulk import BulkAction, BulkReport, videos_change
from antenne.catalog.states import Power
from antenne.web.studio.listing_forms import BulkForm, filter_form
from antenne.web.viewer import with_person

if TYPE_CHECKING:
    from antenne.accounts.models import Person

_REASONS_SHOWN = 10


@require_safe
@with_person
def videos(request: HttpRequest, person: Person) -> HttpResponse:
    """List what the person may change, narrowed and sorted as the address says."""
    channels = list(channels_with(person, Power.EDIT))
    form = filter_form(request.GET, channels)
    wanted = form.wanted()
    page = studio_page(person, wanted, cursor=request.GET.get("after", ""))
    context = {
        "page": page,
        "form": form,
        "bulk": BulkForm(),
        "narrowed": wanted not in (Wanted(), Wanted(sort=wanted.sort)),
        "several": len(channels) > 1,
        "query": _query(request, page.next_cursor),
        "here": request.get_full_path(),
    }
    return render(request, "studio/videos.html", context)


def _query(request: HttpRequest, cursor: str) -> str:
    """Return the address of the next page, narrowed as this one is."""
    kept = {key: value for key, value in request.GET.items() if value and key != "after"}
    return "?" + urlencode({**kept, "after": cursor})


@require_POST
@with_person
def bulk(request: HttpRequest, person: Person) -> HttpResponse:
    """Do one thing to the chosen videos; deleting asks once more."""
    form = BulkForm(request.POST)
    chosen = request.POST.getlist("video")
    if not form.is_valid() or not chosen:
        messages.error(request, _("Choose videos, and what to do with them."))
        return redirect(_back(request))
    change = form.change()
    if change.action == BulkAction.REMOVE and not form.cleaned_data["sure"]:
        return _ask(request, person, chosen)
    try:
        report = videos_change(by=person, public_ids=chosen, change=change)
    except CatalogRefused as refusal:
        messages.error(request, str(refusal))
    else:
        _say(request, report)
    return redirect(_back(request))


def _ask(request: HttpRequest, person: Person, chosen: list[str]) -> HttpResponse:
    """Show which videos would be deleted, and ask."""
    context = {"videos": studio_chosen(person, chosen), "back": _back(request)}
    return render(request, "studio/remove_many.html", context)


def _back(request: HttpRequest) -> str:
    """Return the page the person came from, where it is one of ours."""
    wish = request.POST.get("back", "")
    ours = url_has_allowed_host_and_scheme(wish, {request.get_host()}, request.is_secure())
    return wish if ours else "/studio"


def _say(request: HttpRequest, report: BulkReport) -> None:
    """Say what was done, and of each video that was left alone why."""
    done = len(report.done)
    if done:
        words = ngettext("%(count)s video changed.", "%(count)s videos changed.", done)
        messages.success(request, words % {"count": done})
    for refusal in report.refused[:_REASONS_SHOWN]:
        name = refusal.title or refusal.public_id
        messages.error(request, f"{name}: {refusal.reason}")
    if len(report.refused) > _REASONS_SHOWN:
        more = len(report.refused) - _REASONS_SHOWN
        messages.error(request, _("%(count)s more were left as they were.") % {"count": more})
