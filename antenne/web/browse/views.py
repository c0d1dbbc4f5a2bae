"""The style guide."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from antenne.web.browse.community_samples import COMMENTS, FOLLOWS, LIKES
from antenne.web.browse.samples import BARS, FIGURES, PLAYLISTS, SAMPLES
from antenne.web.forms import SampleForm


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component with its states."""
    form = SampleForm({"title": "", "visibility": "public"})
    context = {
        "samples": SAMPLES,
        "playlists": PLAYLISTS,
        "form": form,
        "comments": COMMENTS,
        "likes": LIKES,
        "follows": FOLLOWS,
        "figures": FIGURES,
        "bars": BARS,
    }
    return render(request, "browse/styleguide.html", context)
