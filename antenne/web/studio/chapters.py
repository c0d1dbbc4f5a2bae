"""The chapters of a video, edited beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from antenne.catalog.refusals import CatalogRefused
from antenne.catalog.services.details import Details
from antenne.catalog.services.videos import video_edit
from antenne.pipeline.chapters import chapters_shown
from antenne.web.studio.moments import MomentRefused, moment_ms, moment_words
from antenne.web.studio.preview import video_page, with_video

if TYPE_CHECKING:
    from antenne.accounts.models import Person
    from antenne.catalog.models import Video
    from antenne.pipeline.chapters import Chapter

# Empty rows for whoever has no JavaScript; a script adds as many as are wanted.
_ROWS_MORE = 3


@with_video
def chapters(request: HttpRequest, person: Person, video: Video) -> HttpResponse:
    """Show and change a video's chapters."""
    rows = _posted(request)
    if request.method != "POST":
        return _page(request, video, [_row(chapter) for chapter in chapters_shown(video)])
    try:
        video_edit(by=person, public_id=video.public_id, details=Details(chapters=_read(rows)))
    except (CatalogRefused, MomentRefused) as refusal:
        return _page(request, video, rows, fault=str(refusal))
    messages.success(request, _("Saved."))
    return redirect("studio_chapters", video.public_id)


def _page(
    request: HttpRequest, video: Video, rows: list[dict[str, str]], *, fault: str = ""
) -> HttpResponse:
    """Show the rows, those that were refused with the reason."""
    context = {
        **video_page(request, video, place="chapters"),
        "rows": [*rows, *({"at": "", "title": ""} for _row in range(_ROWS_MORE))],
        "fault": fault,
    }
    return render(request, "studio/chapters.html", context, status=422 if fault else 200)


def _row(chapter: Chapter) -> dict[str, str]:
    return {"at": moment_words(chapter.start_ms), "title": chapter.title}


def _posted(request: HttpRequest) -> list[dict[str, str]]:
    pairs = zip(request.POST.getlist("at"), request.POST.getlist("title"), strict=False)
    return [{"at": at, "title": title} for at, title in pairs if at.strip() or title.strip()]


def _read(rows: list[dict[str, str]]) -> list[dict[str, Any]]:
    """Return rows as the catalog keeps them; raise `MomentRefused` for what is no moment."""
    return [{"start_ms": moment_ms(row["at"]), "title": row["title"]} for row in rows]
