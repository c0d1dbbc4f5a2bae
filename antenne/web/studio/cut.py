"""Cutting parts out of a video beside it, and going back to the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from antenne.catalog.refusals import CatalogRefused
from antenne.pipeline.chapters import chapter_rows
from antenne.pipeline.stages.cut import cut_ask, cut_of, cut_pending, cut_undo
from antenne.web.studio.moments import MomentRefused, moment_ms, moment_words
from antenne.web.studio.preview import video_page, with_video

if TYPE_CHECKING:
    from antenne.accounts.models import Person
    from antenne.catalog.models import Video

# Empty rows for whoever has no JavaScript.
_ROWS_MORE = 3


@with_video
def cut(request: HttpRequest, person: Person, video: Video) -> HttpResponse:
    """Show the parts of a video, and have some of them cut out."""
    rows = _posted(request)
    if request.method != "POST":
        end = moment_words(video.duration_ms or 0)
        return _page(request, video, [{"from": "0:00", "to": end}])
    try:
        cut_ask(
            by=person,
            public_id=video.public_id,
            ranges=[(moment_ms(row["from"]), moment_ms(row["to"])) for row in rows],
            chapters=chapter_rows(video),
        )
    except (CatalogRefused, MomentRefused) as refusal:
        return _page(request, video, rows, fault=str(refusal))
    messages.success(request, _("The cut is being made. What plays now plays until it is there."))
    return redirect("studio_cut", video.public_id)


def _page(
    request: HttpRequest, video: Video, rows: list[dict[str, str]], *, fault: str = ""
) -> HttpResponse:
    """Show the parts that stay; those that were refused with the reason."""
    made = cut_of(video)
    context = {
        **video_page(request, video, place="cut"),
        "rows": [*rows, *({"from": "", "to": ""} for _row in range(_ROWS_MORE))],
        "fault": fault,
        "pending": cut_pending(video),
        "is_cut": made is not None,
    }
    return render(request, "studio/cut.html", context, status=422 if fault else 200)


def _posted(request: HttpRequest) -> list[dict[str, str]]:
    pairs = zip(request.POST.getlist("from"), request.POST.getlist("to"), strict=False)
    return [{"from": start, "to": end} for start, end in pairs if start.strip() or end.strip()]


@require_POST
@with_video
def undo(request: HttpRequest, person: Person, video: Video) -> HttpResponse:
    """Go back to the whole file."""
    try:
        cut_undo(by=person, public_id=video.public_id)
    except CatalogRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The whole video comes back."))
    return redirect("studio_cut", video.public_id)
