"""What a person has watched: theirs to look at, pause, clear and take from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from antenne.audience.selectors.history import history_of, history_paused
from antenne.audience.services.history import history_clear as history_cleared
from antenne.audience.services.history import history_pause as history_paused_set
from antenne.audience.services.history import history_remove as history_removed
from antenne.catalog.selectors.translations import translated
from antenne.web.history.days import days_of
from antenne.web.paging import page_asked
from antenne.web.viewer import with_person
from antenne.web.watch.asking import untracked

if TYPE_CHECKING:
    from uuid import UUID

    from antenne.accounts.models import Person


@require_safe
@with_person
def history(request: HttpRequest, person: Person) -> HttpResponse:
    """List what the person has watched, the last first."""
    page = page_asked(request, history_of(person), by="at", size=30)
    translated([row.video for row in page.rows], get_language() or "")
    context = {
        "days": days_of(page.rows),
        "next_cursor": page.next_cursor,
        "paused": history_paused(person),
        "untracked": untracked(request),
    }
    return render(request, "history/history.html", context)


@require_POST
@with_person
def pause(request: HttpRequest, person: Person) -> HttpResponse:
    """Stop keeping the history, or keep it again."""
    paused = request.POST.get("paused") == "1"
    history_paused_set(by=person, paused=paused)
    said = _("Your history is paused.") if paused else _("Your history is kept again.")
    messages.success(request, said)
    return redirect("history")


@require_POST
@with_person
def clear(request: HttpRequest, person: Person) -> HttpResponse:
    """Forget everything the person has watched."""
    history_cleared(by=person)
    messages.success(request, _("Your history is empty."))
    return redirect("history")


@require_POST
@with_person
def remove(request: HttpRequest, person: Person, video_id: UUID) -> HttpResponse:
    """Forget that the person has watched one video."""
    history_removed(by=person, video_id=video_id)
    messages.success(request, _("Removed from your history."))
    return redirect("history")
