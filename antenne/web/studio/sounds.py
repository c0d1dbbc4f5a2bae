"""Sound tracks that are added to a video."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from antenne.catalog.refusals import CatalogRefused
from antenne.pipeline.stages.dub import DUB_MAX_BYTES, dub_bring, dub_drop, dubs_of
from antenne.web.bodies import BODY_MAX_BYTES, takes_bytes
from antenne.web.studio.forms import TrackForm
from antenne.web.studio.preview import video_page, with_video

if TYPE_CHECKING:
    from antenne.accounts.models import Person
    from antenne.catalog.models import Video


class SoundForm(TrackForm):
    """A sound file and the language it is in."""

    field_order = ("file", "language", "label")
    file = forms.FileField(
        label=gettext_lazy("Sound file"),
        help_text=gettext_lazy(
            "Any format, at most 300 MB. It begins with the video and runs beside it."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": "audio/*,video/*"}),
    )


@takes_bytes(DUB_MAX_BYTES + BODY_MAX_BYTES)
@with_video
def sounds(request: HttpRequest, person: Person, video: Video) -> HttpResponse:
    """List the sound tracks that were added, and take in another."""
    form = SoundForm(request.POST or None, request.FILES or None)
    try:
        if form.is_valid():
            data = form.cleaned_data
            file = data.pop("file")
            dub_bring(
                by=person,
                public_id=video.public_id,
                filename=file.name,
                pieces=file.chunks(),
                **data,
            )
            messages.success(request, _("The sound is being encoded; then the player offers it."))
            return redirect("studio_sounds", video.public_id)
    except CatalogRefused as refusal:
        form.add_error("file", str(refusal))
    tracks = dubs_of(video)
    context = {
        **video_page(request, video, place="sound"),
        "tracks": tracks,
        "waiting": any(track.state == "waiting" for track in tracks),
        "form": form,
    }
    return render(request, "studio/sounds.html", context)


@require_POST
@with_video
def drop(request: HttpRequest, person: Person, video: Video, dub_id: UUID) -> HttpResponse:
    """Take an added sound track away."""
    dub_drop(by=person, public_id=video.public_id, dub_id=dub_id)
    messages.success(request, _("The sound track has been removed."))
    return redirect("studio_sounds", video.public_id)
