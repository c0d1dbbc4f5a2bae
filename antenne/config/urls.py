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

handler400 = "antenne.web.errors.bad_request"
handler403 = "antenne.web.errors.forbidden"
handler404 = "antenne.web.errors.not_found"
handler500 = "antenne.web.errors.broken"
