"""Home, channel pages and the style guide."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from antenne.catalog.selectors.videos import videos_public
from antenne.kernel.pagination import CursorRefused, Page, page_of
from antenne.web.browse.samples import PLAYLISTS, SAMPLES
from antenne.web.forms import SampleForm


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the newest video large and the rest below."""
    after = request.GET.get("after", "")
    try:
        page = page_of(videos_public(), by="published_at", cursor=after, size=25)
    except CursorRefused as error:
        raise Http404 from error
    lead = None
    if page.rows and not after:
        lead, page = page.rows[0], Page(page.rows[1:], page.next_cursor)
    return render(request, "browse/home.html", {"lead": lead, "page": page})


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component with its states."""
    form = SampleForm({"title": "", "visibility": "public"})
    context = {"samples": SAMPLES, "playlists": PLAYLISTS, "form": form}
    return render(request, "browse/styleguide.html", context)
