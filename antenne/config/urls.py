"""Every address of the site, by the place it leads to."""

from __future__ import annotations

from django.urls import include, path

from antenne.api.oembed import oembed
from antenne.config.health import healthz, metrics, readyz

urlpatterns = [
    path("healthz", healthz),
    path("readyz", readyz),
    path("metrics", metrics),
    path("oembed", oembed, name="oembed"),
    path("api/v1/", include("antenne.api.v1.urls")),
    path("", include("antenne.web.urls")),
    path("internal/", include("antenne.api.internal")),
]
