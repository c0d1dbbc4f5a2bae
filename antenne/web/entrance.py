"""Asking a stranger to sign in, and leading them back to where they were."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect


def is_htmx(request: HttpRequest) -> bool:
    """Say whether a script of the page asks for a part of it."""
    return request.headers.get("HX-Request") == "true"


def came_from(request: HttpRequest, otherwise: str = "/") -> str:
    """Return the page of ours that a form stands on; never what a browser takes for another site.

    `//example.org` is a path of ours in one address and another site in the next.
    """
    page = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}):
        return otherwise
    parts = urlsplit(page)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path or "/"
    return path if url_has_allowed_host_and_scheme(path, None) else otherwise


def form_page(request: HttpRequest) -> str:
    """Return where a form that is sent to this address stands: whence one comes, or above it."""
    page = came_from(request, otherwise=request.path)
    if urlsplit(page).path != request.path:
        return page
    above = request.path
    while above != "/":
        above = above.rstrip("/").rpartition("/")[0] or "/"
        try:
            resolve(above)
        except Resolver404:
            continue
        return above
    return "/"


def signed_out(request: HttpRequest) -> HttpResponse:
    """Lead to the sign-in page, and from there back to this page or to the one of its form.

    A script is told so, and waits.
    """
    if "application/json" in request.headers.get("Accept", ""):
        words = _("You are signed out. Sign in again in another tab, then go on here.")
        return JsonResponse({"error": words}, status=401)
    looks = request.method in ("GET", "HEAD") and not is_htmx(request)
    answer = redirect_to_login(request.get_full_path() if looks else came_from(request))
    return HttpResponseClientRedirect(answer.url) if is_htmx(request) else answer
