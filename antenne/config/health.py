"""Is it alive, is it ready, how is it doing: for load balancers, scripts and Prometheus."""

from __future__ import annotations

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from antenne.config.migrated import migrations_missing
from antenne.kernel.environment import environment
from antenne.pipeline.selectors import jobs_by_state


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answer as long as the process lives."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Answer 200 once the database can be reached and has every migration."""
    try:
        missing = migrations_missing()
    except DatabaseError:
        return JsonResponse({"ready": False, "reason": "database"}, status=503)
    if missing:
        return JsonResponse({"ready": False, "reason": "migrations"}, status=503)
    return JsonResponse({"ready": True})


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Return the state of the queues in Prometheus's text format, and this process's figures.

    Of several web processes each would answer with its own in turn: then they are left out.
    """
    lines = [
        "# HELP antenne_jobs Jobs by queue and state.",
        "# TYPE antenne_jobs gauge",
        *(
            f'antenne_jobs{{queue="{row.queue}",state="{row.state}"}} {row.count}'
            for row in jobs_by_state()
        ),
    ]
    own = generate_latest().decode() if environment().web_processes == 1 else ""
    body = own + "\n".join(lines) + "\n"
    return HttpResponse(body, content_type=CONTENT_TYPE_LATEST)
