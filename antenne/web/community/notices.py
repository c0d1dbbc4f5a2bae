"""Notifications: the page, the way to each, what one wants to hear of, and the end of letters."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from antenne.community.notices import notice_of
from antenne.community.selectors.notifications import (
    kinds_for,
    notifications_of,
    unread_count,
    wishes_of,
)
from antenne.community.services.letters import unsubscribe, unsubscribe_check
from antenne.community.services.notifications import (
    notification_read,
    notifications_clear,
    notifications_read,
    wish_set,
)
from antenne.community.states import MailPace
from antenne.kernel.signing import TicketRefused
from antenne.web.community.acting import acting
from antenne.web.paging import page_asked
from antenne.web.viewer import with_person

if TYPE_CHECKING:
    from antenne.accounts.models import Person


@require_safe
@with_person
def notices(request: HttpRequest, person: Person) -> HttpResponse:
    """Show what happened, the latest first."""
    rows = notifications_of(person)
    page = page_asked(request, rows, by="created_at", size=30)
    context = {
        "page": page,
        "items": [(row, notice_of(row)) for row in page.rows],
        "new": unread_count(person),
    }
    return render(request, "community/notices.html", context)


@require_safe
@with_person
def open_notice(request: HttpRequest, person: Person, key: UUID) -> HttpResponse:
    """Note that one was read and lead to what it is about."""
    return redirect(notice_of(notification_read(by=person, key=key)).path)


@acting
def read(request: HttpRequest, person: Person) -> HttpResponse:
    """Note that all were read."""
    notifications_read(by=person)
    return redirect("notifications")


@acting
def clear(request: HttpRequest, person: Person) -> HttpResponse:
    """Forget them all."""
    notifications_clear(by=person)
    messages.success(request, _("All notifications are gone."))
    return redirect("notifications")


@require_http_methods(["GET", "HEAD", "POST"])
@with_person
def settings(request: HttpRequest, person: Person) -> HttpResponse:
    """Show and take what one wants to hear of, and how."""
    if request.method == "POST":
        for kind in kinds_for(person):
            pace = request.POST.get(f"{kind}-pace", "")
            if pace in MailPace.values:
                in_page = request.POST.get(f"{kind}-page") == "1"
                wish_set(by=person, kind=kind, in_page=in_page, pace=pace)
        messages.success(request, _("Your choice is kept."))
        return redirect("notice_settings")
    context = {"wishes": wishes_of(person), "paces": MailPace.choices}
    return render(request, "community/notice_settings.html", context)


@csrf_exempt  # whoever has the signed address may end the letters, mail programs too (RFC 8058)
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, ticket: str) -> HttpResponse:
    """Ask whether letters shall end, or end them."""
    try:
        if request.method == "POST":
            unsubscribe(ticket=ticket)
        else:
            unsubscribe_check(ticket=ticket)
    except (TicketRefused, ValueError) as error:
        raise Http404 from error
    return render(request, "community/unsubscribe.html", {"done": request.method == "POST"})
