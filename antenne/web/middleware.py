"""What happens around every page: its id, the name of the site, lost forms, sessions in use."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from django.contrib.auth import SESSION_KEY
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from antenne.accounts.services import session_seen
from antenne.kernel.clock import unix_s
from antenne.kernel.environment import environment
from antenne.kernel.hosts import host_is_ours
from antenne.kernel.logs import request_id
from antenne.kernel.rate import client_address
from antenne.web.entrance import form_page

SEEN_EVERY_S = 600
HEADER = "X-Request-Id"
_SEEN = "seen_s"
# These answer while the database is away.
FOR_MACHINES: Final = ("/healthz", "/readyz", "/metrics")


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


def hosts_check(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Refuse requests that name another site: nothing is ever made of a name that is not ours."""

    def handle(request: HttpRequest) -> HttpResponse:
        if request.path not in FOR_MACHINES and not _host_known(request):
            said = request.META.get("HTTP_HOST", "")
            # The page that says so has addresses in it, too.
            request.META["HTTP_HOST"] = urlsplit(environment().web_url).netloc
            msg = f"not a name of this site: {said[:200]!r}"
            raise DisallowedHost(msg)
        return get_response(request)

    return handle


def _host_known(request: HttpRequest) -> bool:
    try:
        return host_is_ours(request.get_host())
    except (DisallowedHost, ValueError):
        return False


def forms_lead_back(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Lead who opens an address that only takes forms (a page loaded again) to the form's page."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        opens = request.method == "GET" and "text/html" in request.headers.get("Accept", "")
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and opens and not response.content:
            return redirect(form_page(request))
        return response

    return handle


def sessions_note(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Note, at most every ten minutes, that a browser in which somebody is signed in was used.

    What it is answered is for nobody else.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.session.accessed and SESSION_KEY in request.session:
            _session_note(request)
            # A page of somebody's is kept by nobody between, however much that keeps by itself.
            response.setdefault("Cache-Control", "private")
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
