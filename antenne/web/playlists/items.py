"""Ordering a playlist, taking from it, and who helps with it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from antenne.catalog.refusals import CatalogRefused
from antenne.catalog.selectors.playlists import playlist_editable, step_behind
from antenne.catalog.services.playlists import (
    playlist_editor_add,
    playlist_editor_remove,
    playlist_item_drop,
    playlist_item_move,
)
from antenne.web.playlists.forms import HelperForm, MoveForm
from antenne.web.viewer import with_person

if TYPE_CHECKING:
    from antenne.accounts.models import Person


def _answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """Answer a script with nothing, a form with the playlist's page."""
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(status=204)
    return redirect("playlist", public_id)


@require_POST
@with_person
def move(request: HttpRequest, person: Person, public_id: str, item_id: UUID) -> HttpResponse:
    """Put an item behind another, first, or one step up or down."""
    form = MoveForm(request.POST)
    if not form.is_valid():
        raise Http404
    after, step = form.behind, form.cleaned_data["step"]
    if step:
        listed = playlist_editable(public_id, by=person)
        after = step_behind(listed, item_id, up=step == "up")
    playlist_item_move(by=person, public_id=public_id, item_id=item_id, after=after)
    return _answer(request, public_id)


@require_POST
@with_person
def drop(request: HttpRequest, person: Person, public_id: str, item_id: UUID) -> HttpResponse:
    """Take an item out of a playlist."""
    playlist_item_drop(by=person, public_id=public_id, item_id=item_id)
    return _answer(request, public_id)


@require_POST
@with_person
def helper_add(request: HttpRequest, person: Person, public_id: str) -> HttpResponse:
    """Let somebody help with a playlist."""
    form = HelperForm(request.POST)
    try:
        if form.is_valid():
            handle = form.cleaned_data["handle"]
            playlist_editor_add(by=person, public_id=public_id, handle=handle)
            messages.success(request, _("They may now add to this playlist and order it."))
    except CatalogRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("playlist", public_id)


@require_POST
@with_person
def helper_remove(
    request: HttpRequest, person: Person, public_id: str, person_id: UUID
) -> HttpResponse:
    """Take a helper away, or leave."""
    playlist_editor_remove(by=person, public_id=public_id, person_id=person_id)
    if person.pk == person_id:
        return redirect("library")
    return redirect("playlist", public_id)
