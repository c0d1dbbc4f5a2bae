"""Pages for what cannot be shown."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from antenne.web.entrance import came_from


def _page(request: HttpRequest, title: str, text: str, status: int, back: str = "") -> HttpResponse:
    context = {"title": title, "text": text, "back": back}
    return render(request, "errors/error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    text = _("Something in the address or the form does not fit. Go back and try again.")
    return _page(request, _("That request made no sense here"), text, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return _page(request, _("Not for you"), _("You may not open this page."), 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    text = _("Nothing stands at this address. It may have been mistyped or moved.")
    return _page(request, _("There is nothing here"), text, 404)


def too_large(request: HttpRequest, most: int) -> HttpResponse:
    """413."""
    text = _("At most %(size)s can be sent here at once.") % {"size": filesizeformat(most)}
    return _page(request, _("The request is too large"), text, 413, came_from(request))


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 where a form is too old, or comes from somewhere else."""
    text = _("Nothing was changed. Load the page again and send the form once more.")
    page = came_from(request, otherwise=request.path)
    return _page(request, _("This form has grown too old"), text, 403, page)


def broken(request: HttpRequest) -> HttpResponse:
    """500, without any query."""
    return render(request, "errors/broken.html", status=500, using="django")
