"""Where people look after their videos."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from antenne.catalog.refusals import CatalogRefused
from antenne.catalog.selectors.sight import video_owned
from antenne.catalog.services.videos import video_edit, video_embedding_set, video_remove
from antenne.catalog.services.visibility import visibility_set
from antenne.web.refusals import refusal_words
from antenne.web.studio.forms import ImageForm, MomentForm, ShowingForm
from antenne.web.studio.posters import waited_in_vain, waiting_url
from antenne.web.studio.preview import video_page
from antenne.web.studio.video_form import VideoForm, video_form
from antenne.web.viewer import with_person

if TYPE_CHECKING:
    from antenne.accounts.models import Person


@with_person
def video(request: HttpRequest, person: Person, public_id: str) -> HttpResponse:
    """Show and change what is said about a video."""
    found = video_owned(public_id, by=person)
    form = video_form(found, request.POST or None)
    if form.is_valid() and _save(form, person=person, public_id=public_id):
        messages.success(request, _("Saved."))
        return redirect("studio_video", public_id)
    context = {
        **video_page(request, found, place="details"),
        "form": form,
        "refusal": refusal_words(found.refusal),
        "moment_form": MomentForm(auto_id="moment_%s"),
        "image_form": ImageForm(auto_id="image_%s"),
        "waiting_url": waiting_url(request, found),
        "in_vain": waited_in_vain(request, found),
    }
    return render(request, "studio/video.html", context)


def _save(form: VideoForm, *, person: Person, public_id: str) -> bool:
    """Write a checked form; False where the catalog refuses, with its reason in the form."""
    data = form.cleaned_data
    try:
        if not _showing_save(form, person=person, public_id=public_id):
            return False
        video_edit(
            by=person,
            public_id=public_id,
            title=data["title"],
            description=data["description"],
            language=data["language"],
            details=form.details(),
        )
        video_embedding_set(
            by=person, public_id=public_id, embedding=data["embedding"], sites=data["sites"]
        )
    except CatalogRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _showing_save(form: ShowingForm, *, person: Person, public_id: str) -> bool:
    """Change who may watch where that differs: each change makes every open player ask again."""
    now = video_owned(public_id, by=person)
    wish = form.showing()
    if (wish.visibility, wish.publish_at) == (now.visibility, now.publish_at) and not wish.password:
        return True
    try:
        visibility_set(by=person, public_id=public_id, showing=wish)
    except CatalogRefused as refusal:
        form.add_error(refusal.field or "visibility", str(refusal))
        return False
    return True


@require_POST
@with_person
def details(request: HttpRequest, person: Person, public_id: str) -> HttpResponse:
    """Keep title and visibility while the bytes still travel."""
    form = ShowingForm(request.POST)
    try:
        if form.is_valid() and _showing_save(form, person=person, public_id=public_id):
            video_edit(by=person, public_id=public_id, title=form.cleaned_data["title"])
            return JsonResponse({"saved": True})
    except CatalogRefused as refusal:
        form.add_error(None, str(refusal))
    return JsonResponse({"errors": form.errors}, status=422)


@require_POST
@with_person
def remove(request: HttpRequest, person: Person, public_id: str) -> HttpResponse:
    """Delete a video for ever."""
    video_remove(by=person, public_id=public_id)
    messages.success(request, _("The video has been removed."))
    return redirect("studio")
