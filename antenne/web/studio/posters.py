"""Choosing the poster of a video: a moment of it, an image, or again the one made from the file."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from antenne.catalog.refusals import CatalogRefused
from antenne.ffmpeg.posters import IMAGE_MAX_BYTES
from antenne.pipeline.stages.poster import poster_ask, poster_bring, poster_reset
from antenne.web.studio.forms import ImageForm, MomentForm
from antenne.web.viewer import with_person

if TYPE_CHECKING:
    from antenne.accounts.models import Person
    from antenne.catalog.models import Video

# A picture is taken within seconds; a page that waits for it asks as often, once a second.
ASKED_MOST = 20


def waiting_url(request: HttpRequest, video: Video) -> str:
    """Return where a page asks again whether the poster that it waits for is there, or nothing."""
    before = request.GET.get("taking")
    asked = _asked(request)
    if before is None or before != video.poster or asked >= ASKED_MOST:
        return ""
    return "?" + urlencode({"taking": before, "tried": asked + 1})


def waited_in_vain(request: HttpRequest, video: Video) -> bool:
    """Say whether a page has asked often enough: nothing could be decoded at that moment."""
    return request.GET.get("taking") == video.poster and _asked(request) >= ASKED_MOST


def _asked(request: HttpRequest) -> int:
    tried = request.GET.get("tried", "0")
    return int(tried) if tried.isascii() and tried.isdigit() and len(tried) < len("1000") else 0


@require_POST
@with_person
def choose(request: HttpRequest, person: Person, public_id: str) -> HttpResponse:
    """Take an image at once, or ask for a moment; a refusal is said on the video's page."""
    form = ImageForm(request.POST, request.FILES) if request.FILES else MomentForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(row[0]) for row in form.errors.values()))
        return redirect("studio_video", public_id)
    try:
        return redirect(_chosen(request, form, person, public_id))
    except CatalogRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("studio_video", public_id)


def _chosen(request: HttpRequest, form: forms.Form, person: Person, public_id: str) -> str:
    """Do what a checked form asks, and return the page that shows what came of it."""
    page = reverse("studio_video", args=[public_id])
    if isinstance(form, MomentForm):
        video = poster_ask(by=person, public_id=public_id, at_ms=form.at_ms())
        return f"{page}?{urlencode({'taking': video.poster})}#poster"
    image = form.cleaned_data["image"]
    data = image.read(IMAGE_MAX_BYTES + 1)
    poster_bring(by=person, public_id=public_id, data=data)
    messages.success(request, _("The poster has been changed."))
    return f"{page}#poster"


@require_POST
@with_person
def reset(request: HttpRequest, person: Person, public_id: str) -> HttpResponse:
    """Show again the poster that was made from the file."""
    poster_reset(by=person, public_id=public_id)
    messages.success(request, _("The poster has been changed."))
    return redirect("studio_video", public_id)
