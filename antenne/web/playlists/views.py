"""The library, and the page of a playlist."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from antenne.catalog.refusals import CatalogRefused
from antenne.catalog.selectors.playlists import (
    editors_of,
    items_page,
    may_edit_list,
    playlist_for_later,
    playlist_seen,
    playlists_of,
    shuffle_begin,
)
from antenne.catalog.services.playlists import (
    playlist_create,
    playlist_edit,
    playlist_remove,
)
from antenne.web.paging import page_asked
from antenne.web.playlists.cards import entries_shown, playlist_cards
from antenne.web.playlists.forms import HelperForm, PlaylistForm, PlaylistNewForm
from antenne.web.viewer import onlooker_for, viewer_of, with_person

if TYPE_CHECKING:
    from antenne.accounts.models import Person
    from antenne.catalog.models import Playlist


@require_safe
@with_person
def library(request: HttpRequest, person: Person) -> HttpResponse:
    """Show what a person keeps: playlists, what is for later, the way to the rest."""
    page = page_asked(request, playlists_of(person), by="updated_at")
    later = playlist_for_later(person)
    kept = [*page.rows] if later is None else [later, *page.rows]
    cards = playlist_cards(kept, viewer=person)
    context = {
        "cards": cards[1:] if later else cards,
        "later": cards[0] if later else None,
        "next_cursor": page.next_cursor,
        "form": PlaylistNewForm(auto_id="new_%s"),
    }
    return render(request, "playlists/library.html", context)


@require_POST
@with_person
def create(request: HttpRequest, person: Person) -> HttpResponse:
    """Make a playlist and show it; a refusal is said in the library."""
    form = PlaylistNewForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(row[0]) for row in form.errors.values()))
        return redirect("library")
    try:
        made = playlist_create(by=person, **form.cleaned_data)
    except CatalogRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("library")
    return redirect("playlist", made.public_id)


@require_safe
def playlist(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show a playlist and what stands in it."""
    viewer = viewer_of(request)
    found = playlist_seen(public_id, viewer=viewer)
    context = playlist_context(request, found, viewer)
    return render(request, "playlists/playlist.html", context)


def playlist_context(
    request: HttpRequest, found: Playlist, viewer: Person | None
) -> dict[str, Any]:
    """Return the context of `playlists/playlist.html`."""
    after = request.GET.get("after", "")[:200]
    entries = items_page(found, onlooker=onlooker_for(request), after=after)
    owned = viewer is not None and viewer.pk == found.person_id
    said = {"title": found.title, "description": found.description, "visibility": found.visibility}
    return {
        "playlist": found,
        "card": playlist_cards([found], viewer=viewer)[0],
        "entries": entries,
        "rows": entries_shown(entries.rows, viewer=viewer),
        "owned": owned,
        "editable": owned or may_edit_list(viewer, found),
        "helpers": editors_of(found),
        "form": PlaylistForm(said, auto_id="edit_%s") if owned else None,
        "helper_form": HelperForm(auto_id="helper_%s") if owned else None,
    }


@require_safe
@never_cache
def shuffle(request: HttpRequest, public_id: str) -> HttpResponse:
    """Play a playlist in an order that chance makes, which the address then holds."""
    found = playlist_seen(public_id, viewer=viewer_of(request))
    order = shuffle_begin(found, onlooker=onlooker_for(request))
    if order is None:
        return redirect("playlist", public_id)
    return redirect(f"{reverse('watch', args=[order.first])}?list={public_id}&shuffle={order}")


@require_POST
@with_person
def edit(request: HttpRequest, person: Person, public_id: str) -> HttpResponse:
    """Change what a playlist is called and who sees it."""
    form = PlaylistForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(row[0]) for row in form.errors.values()))
        return redirect("playlist", public_id)
    try:
        playlist_edit(by=person, public_id=public_id, **form.cleaned_data)
    except CatalogRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Saved."))
    return redirect("playlist", public_id)


@require_POST
@with_person
def remove(request: HttpRequest, person: Person, public_id: str) -> HttpResponse:
    """Take a playlist away for ever."""
    playlist_remove(by=person, public_id=public_id)
    messages.success(request, _("The playlist has been removed. Its videos are still there."))
    return redirect("library")
