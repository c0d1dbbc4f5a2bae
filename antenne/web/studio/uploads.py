"""Putting videos in: the page, and what its script asks for. The bytes go to the edge."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from antenne.catalog.selectors.sight import video_owned
from antenne.catalog.selectors.teams import channels_with
from antenne.catalog.states import VISIBILITIES_CHOSEN, Power
from antenne.pipeline.kinds import FILE_KINDS
from antenne.pipeline.selectors import upload_owned, uploads_left
from antenne.pipeline.stages.upload import (
    Begun,
    UploadRefused,
    day_words,
    import_begin_for,
    upload_begin_for,
    upload_cancel,
    upload_replace,
    upload_ticket,
)
from antenne.web.studio.block import begun_block, upload_block
from antenne.web.studio.forms import BeginForm, ImportForm
from antenne.web.viewer import with_person

if TYPE_CHECKING:
    from antenne.accounts.models import Person


@require_safe
@with_person
def page(request: HttpRequest, person: Person) -> HttpResponse:
    """Show where files are dropped."""
    replacing = None
    if request.GET.get("replace"):
        replacing = video_owned(request.GET["replace"], by=person)
    return _page(request, person, {"replacing": replacing, "form": ImportForm()})


def _page(
    request: HttpRequest, person: Person, context: dict[str, object], status: int = 200
) -> HttpResponse:
    channels = list(channels_with(person, Power.EDIT)) if not context["replacing"] else []
    shared = {
        "uploader": upload_block(request),
        "day_full": day_words() if uploads_left(person) == 0 else "",
        "visibilities": VISIBILITIES_CHOSEN,
        "channels": channels if len(channels) > 1 else [],
        "file_kinds": ",".join(FILE_KINDS),
        "wish": request.GET.get("channel", ""),
    }
    return render(request, "studio/upload.html", {**context, **shared}, status=status)


@require_POST
@with_person
def begin(request: HttpRequest, person: Person) -> HttpResponse:
    """Announce a file and hand out the ticket with which its bytes may come."""
    form = BeginForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=422)
    try:
        begun = _begun(form, person)
    except UploadRefused as refusal:
        return JsonResponse({"error": str(refusal)}, status=409)
    return JsonResponse(begun_block(request, begun), status=201)


def _begun(form: BeginForm, person: Person) -> Begun:
    data = form.cleaned_data
    name, size = data["filename"], data["size_bytes"]
    if data["replace"]:
        return upload_replace(by=person, public_id=data["replace"], filename=name, size_bytes=size)
    return upload_begin_for(by=person, handle=data["channel"], filename=name, size_bytes=size)


@require_POST
@with_person
def ticket(request: HttpRequest, person: Person, upload_id: UUID) -> HttpResponse:
    """Hand out a fresh ticket for an upload that goes on, perhaps days later."""
    upload = upload_owned(upload_id, by=person)
    if upload.video is None:
        raise Http404
    begun = Begun(upload=upload, video=upload.video, ticket=upload_ticket(upload))
    return JsonResponse(begun_block(request, begun))


@require_POST
@with_person
def cancel(request: HttpRequest, person: Person, upload_id: UUID) -> HttpResponse:
    """Give up an upload."""
    try:
        upload_cancel(by=person, upload_id=upload_id)
    except UploadRefused as refusal:
        return JsonResponse({"error": str(refusal)}, status=409)
    return HttpResponse(status=204)


@require_POST
@with_person
def import_url(request: HttpRequest, person: Person) -> HttpResponse:
    """Begin an import; the page's script is answered in JSON, a plain form by a redirect."""
    form = ImportForm(request.POST)
    wants_json = "json" in request.headers.get("Accept", "")
    if not form.is_valid():
        if wants_json:
            return JsonResponse({"error": form.errors["url"][0]}, status=422)
        return _page(request, person, {"form": form, "replacing": None}, status=422)
    try:
        begun = import_begin_for(
            by=person, handle=form.cleaned_data["channel"], url=form.cleaned_data["url"]
        )
    except UploadRefused as refusal:
        return _import_refused(request, person, form, str(refusal), as_json=wants_json)
    if wants_json:
        return JsonResponse(begun_block(request, begun), status=201)
    return redirect("studio_video", begun.video.public_id)


def _import_refused(
    request: HttpRequest, person: Person, form: ImportForm, words: str, *, as_json: bool
) -> HttpResponse:
    """Say beside the address why nothing is fetched."""
    if as_json:
        return JsonResponse({"error": words}, status=409)
    form.add_error("url", words)
    return _page(request, person, {"form": form, "replacing": None}, status=409)
