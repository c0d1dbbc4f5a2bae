"""The accent as a stylesheet, the logo, and the texts every site owes its people."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from antenne.custody.logos import logo_bytes, logo_of
from antenne.custody.selectors import setting_number, setting_of
from antenne.custody.settings import SiteSettings
from antenne.kernel.storage.protocol import ObjectMissing
from antenne.web.site.look import colours_css
from antenne.web.site.texts import text_shown

_FOR_EVER = "public, max-age=31536000, immutable"
# A picture is only ever shown by `img`; opened by itself it may do nothing at all.
_STILL = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@require_safe
def colours(request: HttpRequest) -> HttpResponse:
    """Return the site's accent as a stylesheet; its address changes with each version."""
    css = colours_css(setting_of(SiteSettings))
    current = request.GET.get("v") == str(setting_number(SiteSettings))
    cache = _FOR_EVER if current else "no-cache"
    return HttpResponse(css, content_type="text/css", headers={"Cache-Control": cache})


@require_safe
def logo(request: HttpRequest, name: str) -> HttpResponse:
    """Return a logo; its name is made of what it holds."""
    found = logo_of(name)
    if found is None:
        raise Http404
    try:
        data = logo_bytes(found)
    except ObjectMissing as error:
        raise Http404 from error
    response = HttpResponse(data, content_type=found.content_type)
    response["Cache-Control"] = _FOR_EVER
    response["Content-Security-Policy"] = _STILL
    return response


@require_safe
def text(request: HttpRequest, page: str) -> HttpResponse:
    """Show the terms, the privacy notice or what the site is about, in the person's language."""
    shown = text_shown(page, language=getattr(request, "LANGUAGE_CODE", ""))
    if shown is None:
        raise Http404
    return render(request, "site/text.html", {"text": shown})
