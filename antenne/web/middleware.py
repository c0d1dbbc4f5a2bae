"""What every request gets: an id, a person, the edge's address."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse

from antenne.accounts.services import session_seen
from antenne.kernel.clock import unix_s
from antenne.kernel.logs import request_id
from antenne.kernel.rate import client_address

SEEN_EVERY_S = 600
HEADER = "X-Request-Id"
_SEEN = "seen_s"


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


def sessions_note(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Note, at most every ten minutes, that a browser in which somebody is signed in was used."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.session.accessed and SESSION_KEY in request.session:
            _session_note(request)
        return response

    return handle


def _session_note(request: HttpRequest) -> None:
    key, moment_s = request.session.session_key, unix_s()
    seen_s = int(request.session.get(_SEEN, 0))
    if key is None or moment_s - seen_s < SEEN_EVERY_S or not request.user.is_authenticated:
        return
    request.session[_SEEN] = moment_s
    address = client_address(request.META).partition("/")[0].replace("unknown", "0.0.0.0")  # noqa: S104 - no address is known
    agent = request.META.get("HTTP_USER_AGENT", "")
    session_seen(user=request.user, session_key=key, address=address, user_agent=agent)
