"""Bringing captions to a video, and taking them away."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from antenne.catalog.refusals import CatalogRefused, NotFound
from antenne.pipeline.stages.captions import caption_bring, caption_drop
from antenne.web.studio.forms import CaptionForm
from antenne.web.viewer import with_person

if TYPE_CHECKING:
    from antenne.accounts.models import Person


@require_POST
@with_person
def bring(request: HttpRequest, person: Person, public_id: str) -> HttpResponse:
    """Take in a caption file; a refusal is said on the video's page, where nothing changed."""
    form = CaptionForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, " ".join(str(row[0]) for row in form.errors.values()))
        return redirect("studio_video", public_id)
    try:
        caption_bring(by=person, public_id=public_id, **form.brought())
    except NotFound as error:
        raise Http404 from error
    except CatalogRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The captions are there."))
    return redirect("studio_video", public_id)


@require_POST
@with_person
def drop(request: HttpRequest, person: Person, public_id: str, caption_id: UUID) -> HttpResponse:
    """Take a caption track away."""
    try:
        caption_drop(by=person, public_id=public_id, caption_id=caption_id)
    except NotFound as error:
        raise Http404 from error
    messages.success(request, _("The captions have been removed."))
    return redirect("studio_video", public_id)
