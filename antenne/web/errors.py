"""Pages for what cannot be shown."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from antenne.catalog.refusals import NotFound
from antenne.catalog.selectors.sight import SightRefused
from antenne.kernel.pagination import CursorRefused
from antenne.web.entrance import came_from


class NothingThere:
    """Answers 404 for what is not there, not for who asks, or behind a cursor that is not ours."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self._get_response(request)

    def process_exception(self, _request: HttpRequest, error: Exception) -> None:
        """Turn what a page did not catch itself into what Django calls not found."""
        if isinstance(error, NotFound | SightRefused | CursorRefused):
            raise Http404 from error


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
