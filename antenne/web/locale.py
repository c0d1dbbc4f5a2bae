"""In which language a page speaks, and by whose clocks it tells the time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils import timezone, translation
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

from antenne.custody.selectors import setting_of, site_zone
from antenne.custody.settings import SiteSettings
from antenne.web.middleware import FOR_MACHINES


class SiteLocale(LocaleMiddleware):
    """Speaks the person's language where the site offers it, else the site's own."""

    def process_request(self, request: HttpRequest) -> None:
        """Choose the language of a page."""
        if request.path in FOR_MACHINES:
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
