"""The style guide."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from antenne.web.styleguide import list_samples
from antenne.web.styleguide.community_samples import COMMENTS, FOLLOWS, LIKES
from antenne.web.styleguide.forms import SampleForm
from antenne.web.styleguide.samples import BARS, FIGURES, PLAYLISTS, SAMPLES
from antenne.web.watch.words import player_words

_STATES = ("processing", "refused", "private", "removed", "offline", "broken", "unsupported")


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component with its states."""
    days = list_samples.points()
    words = player_words()
    context = {
        "samples": SAMPLES,
        "playlists": PLAYLISTS,
        "form": SampleForm({"title": "", "visibility": "public"}),
        "comments": COMMENTS,
        "likes": LIKES,
        "follows": FOLLOWS,
        "figures": FIGURES,
        "bars": BARS,
        "points": days,
        "numbers": list_samples.numbers(days),
        "lists": list_samples,
        "states": [(name, words[f"{name}.title"], words[f"{name}.text"]) for name in _STATES],
    }
    return render(request, "styleguide/styleguide.html", context)
