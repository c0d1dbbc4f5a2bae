"""The reference of `benchmarks.site`: a bare Django view with one query and nothing else."""

from __future__ import annotations

import os
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.urls import path

_DATABASE = urlsplit(os.environ["DATABASE_URL"])

settings.configure(
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[],
    USE_TZ=True,
    SECRET_KEY="of a server that keeps no secret",  # noqa: S106 - it signs nothing
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": _DATABASE.path.lstrip("/"),
            "USER": unquote(_DATABASE.username or ""),
            "PASSWORD": unquote(_DATABASE.password or ""),
            "HOST": _DATABASE.hostname or "",
            "PORT": str(_DATABASE.port or ""),
            "OPTIONS": {"pool": {"min_size": 0, "max_size": 8}},
        }
    },
)


def newest(_request: HttpRequest) -> JsonResponse:
    """Return the titles of the 24 newest videos."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT public_id, title FROM catalog_video WHERE visibility = 'public'"
            " AND state IN ('on_air', 'ready') ORDER BY published_at DESC, id DESC LIMIT 24"
        )
        return JsonResponse({"rows": cursor.fetchall()})


urlpatterns = [path("", newest)]
application = get_wsgi_application()
