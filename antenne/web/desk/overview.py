"""What is wrong right now, and how much there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from antenne.custody.settings import MailSettings
from antenne.moderation.selectors.overview import concerns, figures, findings
from antenne.web.desk.shell import desk_render
from antenne.web.viewer import with_operator

if TYPE_CHECKING:
    from antenne.accounts.models import Person


@require_safe
@with_operator
def overview(request: HttpRequest, operator: Person) -> HttpResponse:
    """Say what waits and what is wrong, then the figures."""
    found = concerns(by=operator, host=request.get_host())
    rows = [(each, _page_of(each.place)) for each in found]
    return desk_render(
        request, operator, "overview.html", {"concerns": rows, "figures": figures(by=operator)}
    )


def _page_of(place: str) -> str:
    if place == "desk_mail":
        return reverse("desk_setting", args=[MailSettings.KEY])
    return reverse(place)


@require_safe
@with_operator
def checks(request: HttpRequest, operator: Person) -> HttpResponse:
    """Show what `antenne doctor` finds, as a part of the overview or as a page."""
    found = findings(by=operator)
    if request.headers.get("HX-Request"):
        return render(request, "desk/_checks.html", {"findings": found})
    return desk_render(request, operator, "checks.html", {"findings": found})
