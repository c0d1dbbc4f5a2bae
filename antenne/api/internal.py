"""Calls from our own edge, signed with the site's secret."""

from __future__ import annotations

import hashlib
import json
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from antenne.audience.services.taking import batch_take
from antenne.kernel.clock import unix_s
from antenne.kernel.environment import environment
from antenne.kernel.signing import TicketRefused, ticket_read
from antenne.pipeline.services.receiving import upload_finish

HEADER = "Antenne-Internal"


@csrf_exempt
@require_POST
def upload_finished(request: HttpRequest, upload_id: UUID) -> HttpResponse:
    """Hear from the edge that an upload is whole; 410 tells it to drop the bytes."""
    try:
        ticket_read(
            environment().secret, "internal", request.headers.get(HEADER, ""), now_s=unix_s()
        )
        size_bytes = int(json.loads(request.body)["size_bytes"])
    except (TicketRefused, KeyError, ValueError, TypeError):
        return HttpResponse(status=403)
    found = upload_finish(upload_id=upload_id, size_bytes=size_bytes)
    return HttpResponse(status=204 if found else 410)


@csrf_exempt
@require_POST
def beacons_taken(request: HttpRequest) -> HttpResponse:
    """Take a batch of beacons from the edge; its ticket names the batch and its digest."""
    try:
        signed = ticket_read(
            environment().secret, "internal", request.headers.get(HEADER, ""), now_s=unix_s()
        )
        name, digest = UUID(str(signed["batch"])), str(signed["sha256"])
    except (TicketRefused, KeyError, ValueError):
        return HttpResponse(status=403)
    if hashlib.sha256(request.body).hexdigest() != digest:
        return HttpResponse(status=403)
    batch_take(name=name, body=request.body)
    return HttpResponse(status=204)


urlpatterns = [
    path("uploads/<uuid:upload_id>/finished", upload_finished),
    path("beacons", beacons_taken),
]
