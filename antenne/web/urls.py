"""Addresses of the pages, one include per place."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("antenne.web.feeds.urls")),
    path("", include("antenne.web.browse.urls")),
    path("", include("antenne.web.watch.urls")),
    path("", include("antenne.web.playlists.urls")),
    path("", include("antenne.web.studio.urls")),
    path("", include("antenne.web.account.urls")),
    path("", include("antenne.web.community.urls")),
    path("", include("antenne.web.history.urls")),
    path("", include("antenne.web.site.urls")),
    path("", include("antenne.web.desk.urls")),
    path("", include("antenne.web.reporting.urls")),
    path("", include("antenne.web.styleguide.urls")),
    path("language", csrf_exempt(set_language), name="set_language"),
]
