"""What every request gets: an id, a person, the edge's address."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

from antenne.accounts.services import session_seen
from antenne.custody.selectors import setting_of, site_zone
from antenne.custody.settings import SiteSettings
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
_FOR_MACHINES: Final = ("/healthz", "/readyz", "/metrics")


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
        if request.path not in _FOR_MACHINES and not _host_known(request):
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


class SiteLocale(LocaleMiddleware):
    """Speaks the person's language where the site offers it, else the site's own."""

    def process_request(self, request: HttpRequest) -> None:
        """Choose the language of a page."""
        if request.path in _FOR_MACHINES:
            translation.activate(settings.LANGUAGE_CODE)
        else:
            translation.activate(language_for(request))
        request.LANGUAGE_CODE = translation.get_language()


def language_for(request: HttpRequest) -> str:
    """Return the first language that a browser asks for and the site offers, else the site's."""
    site = setting_of(SiteSettings)
    cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    accepted = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    for asked in (cookie, *(language for language, _weight in accepted)):
        try:
            language = get_supported_language_variant(asked)
        except LookupError:
            continue
        if not site.languages or language in site.languages:
            return language
    return site.language


class SiteZone(tzinfo):
    """The site's time zone, looked up when a time is written and not before."""

    def utcoffset(self, at: datetime | None) -> timedelta | None:
        """Return how far the clocks of the site are from UTC."""
        return site_zone().utcoffset(at)

    def dst(self, at: datetime | None) -> timedelta | None:
        """Return what of that is summer time."""
        return site_zone().dst(at)

    def tzname(self, at: datetime | None) -> str | None:
        """Return what the zone is called at that time."""
        return site_zone().tzname(at)

    def fromutc(self, at: datetime) -> datetime:
        """Return a time of UTC as the site's clocks show it."""
        zone = site_zone()
        return at.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=self)


_ZONE: Final = SiteZone()


def time_zone_use(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Write dates and times as the clocks of the site show them."""

    def handle(request: HttpRequest) -> HttpResponse:
        with timezone.override(_ZONE):
            return get_response(request)

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
