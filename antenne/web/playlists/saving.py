"""Saving a video to playlists: a dialog of the watch page, a page without scripts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from antenne.catalog.refusals import CatalogRefused
from antenne.catalog.selectors.playlists import (
    playlist_for_later,
    playlists_check,
    playlists_of,
    playlists_with,
)
from antenne.catalog.selectors.sight import video_open
from antenne.catalog.services.playlists import (
    playlist_create,
    playlist_item_add,
    playlist_item_remove,
    playlist_later,
)
from antenne.web.playlists.forms import PlaylistNewForm, SaveForm
from antenne.web.viewer import unlocked_of, with_person

if TYPE_CHECKING:
    from antenne.accounts.models import Person
    from antenne.catalog.models import Playlist, Video

LATER: Final = "later"
_SHOWN_MAX: Final = 100


@dataclass(frozen=True, slots=True)
class Choice:
    """A playlist (None: the list for later, not made yet), and whether the video is in it."""

    playlist: Playlist | None
    held: bool


@require_http_methods(["GET", "HEAD", "POST"])
@with_person
def save(request: HttpRequest, person: Person, public_id: str) -> HttpResponse:
    """Show in which playlists a video stands, and change one of them."""
    playlists_check()
    video = video_open(public_id, viewer=person, unlocked=unlocked_of(request))
    refusal = _change(request, person, video) if request.method == "POST" else ""
    if request.method == "POST" and not refusal and not request.headers.get("HX-Request"):
        return redirect("save", public_id)
    context = {**_context(person, video), "refusal": refusal}
    part = bool(request.headers.get("HX-Request"))
    template = "playlists/_save_list.html" if part else "playlists/save.html"
    return render(request, template, context, status=422 if refusal and not part else 200)


def _change(request: HttpRequest, person: Person, video: Video) -> str:
    """Do what a form of the dialog asks; return why not, or nothing."""
    unlocked = unlocked_of(request)
    new, wish = PlaylistNewForm(request.POST), SaveForm(request.POST)
    try:
        if wish.is_valid():
            _wish(person, video, wish, unlocked)
        elif new.is_valid():
            made = playlist_create(by=person, **new.cleaned_data)
            playlist_item_add(
                by=person, public_id=made.public_id, video=video.public_id, unlocked=unlocked
            )
        else:
            return str(next(iter(new.errors.values()))[0])
    except CatalogRefused as refusal:
        return str(refusal)
    return ""


def _wish(person: Person, video: Video, form: SaveForm, unlocked: list[str]) -> None:
    name = form.cleaned_data["playlist"]
    listed = playlist_later(by=person).public_id if name == LATER else name
    if form.cleaned_data["wish"] == "on":
        playlist_item_add(by=person, public_id=listed, video=video.public_id, unlocked=unlocked)
    else:
        playlist_item_remove(by=person, public_id=listed, video=video.public_id)


def _context(person: Person, video: Video) -> dict[str, Any]:
    held = playlists_with(video, person=person)
    later = playlist_for_later(person)
    named = playlists_of(person).order_by("-updated_at")[:_SHOWN_MAX]
    return {
        "video": video,
        "later": Choice(later, later is not None and later.pk in held),
        "choices": [Choice(row, row.pk in held) for row in named],
        "form": PlaylistNewForm(auto_id="save_%s"),
    }
