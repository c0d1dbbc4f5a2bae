"""What every page of the community shares: who acts, and how a refusal is said."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect, trigger_client_event

from antenne.catalog.refusals import CatalogRefused, NotFound
from antenne.catalog.selectors.sight import SightRefused
from antenne.community.refusals import CommunityRefused
from antenne.kernel.pagination import CursorRefused
from antenne.kernel.rate import RateExceeded
from antenne.web.viewer import viewer_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from antenne.accounts.models import Person

Rest = ParamSpec("Rest")
REFUSALS = (CommunityRefused, CatalogRefused, RateExceeded)


def is_htmx(request: HttpRequest) -> bool:
    """Say whether a script of the page asks for a part of it."""
    return request.headers.get("HX-Request") == "true"


def came_from(request: HttpRequest, otherwise: str = "/") -> str:
    """Return the page of ours that a form stands on."""
    page = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}):
        return otherwise
    parts = urlsplit(page)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path or "/"


def refusal_said(error: Exception) -> str:
    """Return a refusal as people read it."""
    if isinstance(error, RateExceeded):
        words = _("That was a lot at once. Try again in %(seconds)s seconds.")
        return words % {"seconds": error.retry_after_s}
    return str(error)


def signed_out(request: HttpRequest) -> HttpResponse:
    """Lead to the sign-in page, and from there back to the page the form stands on."""
    answer = redirect_to_login(came_from(request))
    return HttpResponseClientRedirect(answer.url) if is_htmx(request) else answer


def refused(request: HttpRequest, error: Exception) -> HttpResponse:
    """Say a refusal beside what was pressed; nothing else on the page changes."""
    words = refusal_said(error)
    if is_htmx(request):
        response = HttpResponse(status=204)
        return trigger_client_event(response, "said", {"words": words})
    messages.error(request, words)
    return redirect(came_from(request))


def acting(
    view: Callable[Concatenate[HttpRequest, Person, Rest], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Rest], HttpResponse]:
    """Take a form of a signed-in person; what is not theirs answers like what is not there."""

    @require_POST
    @wraps(view)
    def inner(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        person = viewer_of(request)
        if person is None:
            return signed_out(request)
        try:
            return view(request, person, *args, **kwargs)
        except (NotFound, SightRefused) as error:
            raise Http404 from error
        except REFUSALS as error:
            return refused(request, error)

    return inner


def reading(
    view: Callable[Concatenate[HttpRequest, Rest], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Rest], HttpResponse]:
    """Show a page; what this viewer may not see answers like what is not there."""

    @wraps(view)
    def inner(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (NotFound, SightRefused, CursorRefused) as error:
            raise Http404 from error

    return inner


def wished(request: HttpRequest) -> bool:
    """Return whether a form switches something on (`on=1`)."""
    return request.POST.get("on") == "1"
