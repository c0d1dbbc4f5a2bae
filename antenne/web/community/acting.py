"""What every page of the community shares: who acts, and how a refusal is said."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import trigger_client_event

from antenne.catalog.refusals import CatalogRefused
from antenne.community.refusals import CommunityRefused
from antenne.kernel.rate import RateExceeded
from antenne.web.entrance import came_from, is_htmx, signed_out
from antenne.web.viewer import viewer_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from antenne.accounts.models import Person

Rest = ParamSpec("Rest")
REFUSALS = (CommunityRefused, CatalogRefused, RateExceeded)


def refusal_said(error: Exception) -> str:
    """Return a refusal as people read it."""
    if isinstance(error, RateExceeded):
        words = _("That was a lot at once. Try again in %(seconds)s seconds.")
        return words % {"seconds": error.retry_after_s}
    return str(error)


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
        except REFUSALS as error:
            return refused(request, error)

    return inner


def wished(request: HttpRequest) -> bool:
    """Return whether a form switches something on (`on=1`)."""
    return request.POST.get("on") == "1"
