"""Bringing captions to a video, and taking them away."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from antenne.catalog.refusals import CatalogRefused
from antenne.catalog.selectors.captions import caption_owned, captions_of
from antenne.pipeline.selectors import captions_left
from antenne.pipeline.stages.captions import (
    caption_begin,
    caption_bring,
    caption_drop,
    caption_rewrite,
    caption_text,
)
from antenne.web.studio.channels import first_error
from antenne.web.studio.forms import CaptionForm, CaptionTextForm, TrackForm
from antenne.web.studio.preview import video_page, with_video

if TYPE_CHECKING:
    from antenne.accounts.models import Person
    from antenne.catalog.models import Video

_TYPES = {"vtt": "text/vtt", "srt": "application/x-subrip"}


@require_safe
@with_video
def captions(request: HttpRequest, person: Person, video: Video) -> HttpResponse:
    """List the caption tracks of a video, and take in more."""
    context = {
        **video_page(request, video, place="captions"),
        "captions": captions_of(video),
        "left": captions_left(video),
        "form": CaptionForm(),
        "new_form": TrackForm(auto_id="new_%s"),
    }
    return render(request, "studio/captions.html", context)


@with_video
def caption(request: HttpRequest, person: Person, video: Video, caption_id: UUID) -> HttpResponse:
    """Show and change the words of one track."""
    public_id = video.public_id
    found = caption_owned(caption_id, public_id=public_id, by=person)
    form = CaptionTextForm(request.POST or None, initial={"text": caption_text(found)})
    try:
        if form.is_valid():
            text = form.cleaned_data["text"]
            caption_rewrite(by=person, public_id=public_id, caption_id=caption_id, text=text)
            messages.success(request, _("Saved."))
            return redirect("studio_caption", public_id, caption_id)
    except CatalogRefused as refusal:
        form.add_error("text", str(refusal))
    page = video_page(request, video, place="captions")
    return render(request, "studio/caption.html", {**page, "caption": found, "form": form})


@require_safe
@with_video
def download(
    request: HttpRequest, person: Person, video: Video, caption_id: UUID, kind: str
) -> HttpResponse:
    """Hand out a track as a file: WebVTT or SRT."""
    found = caption_owned(caption_id, public_id=video.public_id, by=person)
    name = f"{video.public_id}.{found.language or 'und'}.{kind}"
    return HttpResponse(
        caption_text(found, kind=kind),
        content_type=f"{_TYPES[kind]}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_POST
@with_video
def begin(request: HttpRequest, person: Person, video: Video) -> HttpResponse:
    """Begin a track that is then written beside the video."""
    form = TrackForm(request.POST)
    if not form.is_valid():
        messages.error(request, first_error(form))
        return redirect("studio_captions", video.public_id)
    made = caption_begin(by=person, public_id=video.public_id, **form.cleaned_data)
    return redirect("studio_caption", video.public_id, made.pk)


@require_POST
@with_video
def bring(request: HttpRequest, person: Person, video: Video) -> HttpResponse:
    """Take in a caption file; a refusal is said on the page, where nothing changed."""
    form = CaptionForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, first_error(form))
        return redirect("studio_captions", video.public_id)
    try:
        caption_bring(by=person, public_id=video.public_id, **form.brought())
    except CatalogRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The captions are there."))
    return redirect("studio_captions", video.public_id)


@require_POST
@with_video
def drop(request: HttpRequest, person: Person, video: Video, caption_id: UUID) -> HttpResponse:
    """Take a caption track away."""
    caption_drop(by=person, public_id=video.public_id, caption_id=caption_id)
    messages.success(request, _("The captions have been removed."))
    return redirect("studio_captions", video.public_id)
