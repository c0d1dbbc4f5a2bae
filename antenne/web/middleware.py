"""What every request gets: an id, a person, the edge's address."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from antenne.kernel.logs import request_id

HEADER = "X-Request-Id"


def request_context(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Give each request an id of ours and say it in the answer and in the logs."""

    def handle(request: HttpRequest) -> HttpResponse:
        token = request_id.set(secrets.token_hex(8))
        try:
            response = get_response(request)
            response[HEADER] = request_id.get()
            return response
        finally:
            request_id.reset(token)

    return handle
