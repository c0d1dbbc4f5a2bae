"""Which error of ours is which refusal of the API."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, Final

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from antenne.accounts.refusals import NotAllowed
from antenne.accounts.services import AccountRefused
from antenne.api.problems import Fault, Problem, problem_response
from antenne.catalog.refusals import CatalogRefused, NotFound
from antenne.catalog.selectors.sight import Access, SightRefused
from antenne.community.refusals import CommunityRefused
from antenne.custody.settings import SettingRefused
from antenne.kernel.pagination import CursorRefused
from antenne.kernel.rate import RateExceeded
from antenne.moderation.refusals import ModerationRefused
from antenne.pipeline.stages.upload import UploadRefused
from antenne.syndication.refusals import SyndicationRefused

_LOG = logging.getLogger(__name__)
_SIGHTS: Final = {
    Access.PASSWORD: "video-password",
    Access.PRIVATE: "video-private",
    Access.SCHEDULED: "video-scheduled",
    Access.PREMIERE: "video-scheduled",
    Access.ELSEWHERE: "video-elsewhere",
    Access.WITHDRAWN: "video-withdrawn",
    Access.REMOVED: "video-removed",
}


def _sight(error: SightRefused) -> Problem:
    return Problem(_SIGHTS.get(error.access, "not-found"))


def _too_often(error: RateExceeded) -> Problem:
    detail = _("Try again in %(seconds)s seconds.") % {"seconds": error.retry_after_s}
    headers = (("Retry-After", str(error.retry_after_s)),)
    return Problem("too-many-requests", detail, headers=headers)


def _cursor(_error: CursorRefused) -> Problem:
    message = _("This is not a cursor that this site has made.")
    return Problem("invalid", faults=(Fault("query.cursor", "cursor", message),))


def _invalid(error: ValidationError) -> Problem:
    faults = tuple(_fault(found) for found in error.errors[:20])
    return Problem("invalid", faults=faults)


def _fault(found: dict[str, Any]) -> Fault:
    """Return what pydantic found, without the name that ninja gives the whole body."""
    steps = [str(step) for step in found["loc"] if step != "asked"]
    return Fault(".".join(steps)[:200], found["type"], _message(found))


def _message(found: dict[str, Any]) -> str:
    values = {name: value for name, value in found.get("ctx", {}).items() if name != "error"}
    words = {
        "missing": _("This is needed."),
        "extra_forbidden": _("This is not known here."),
        "string_too_short": _("This is too short."),
        "string_too_long": _("This is longer than %(max_length)s characters."),
        "greater_than_equal": _("This is less than %(ge)s."),
        "less_than_equal": _("This is more than %(le)s."),
        "enum": _("This is not one of %(expected)s."),
        "string_type": _("This is not a text."),
        "string_unicode": _("This is not a text."),
    }.get(found["type"])
    return words % values if words else str(found["msg"])


def _setting(error: SettingRefused) -> Problem:
    faults = tuple(
        Fault(f"body.value.{name}" if name else "body", "setting", words)
        for name, words in error.faults.items()
    )
    return Problem("invalid", faults=faults)


def _http(error: HttpError) -> Problem:
    """Return what ninja itself refuses: in practice a body that is not JSON."""
    codes = {401: "signed-out", 403: "forbidden", 404: "not-found", 400: "malformed"}
    return Problem(codes.get(error.status_code, "malformed"))


def _signed_out(_error: AuthenticationError) -> Problem:
    detail = _("Sign in, or send a personal access token.")
    return Problem("signed-out", detail, headers=(("WWW-Authenticate", "Bearer"),))


def _broken(error: Exception) -> Problem:
    _LOG.error("an API request broke", exc_info=error)
    return Problem("broken", _("It has been noted. Nothing was changed that was not answered."))


Maker = Callable[[Any], Problem]


def _always(code: str, *headers: tuple[str, str]) -> Maker:
    return lambda _error: Problem(code, headers=headers)


_MAKERS: Final[dict[type[Exception], Maker]] = {
    Problem: lambda error: error,
    NotFound: _always("not-found"),
    Http404: _always("not-found"),
    SightRefused: _sight,
    NotAllowed: _always("forbidden"),
    CatalogRefused: lambda error: Problem("refused", str(error)),
    CommunityRefused: lambda error: Problem("refused", str(error)),
    ModerationRefused: lambda error: Problem("refused", str(error)),
    UploadRefused: lambda error: Problem("refused", str(error)),
    AccountRefused: lambda error: Problem("refused", str(error)),
    SyndicationRefused: lambda error: Problem("refused", str(error)),
    SettingRefused: _setting,
    CursorRefused: _cursor,
    RateExceeded: _too_often,
    ValidationError: _invalid,
    AuthenticationError: _signed_out,
    HttpError: _http,
    RequestDataTooBig: _always("too-large"),
    SuspiciousOperation: _always("malformed"),
    MultiPartParserError: _always("malformed"),
    UnreadablePostError: _always("malformed"),
    OperationalError: _always("unavailable", ("Retry-After", "5")),
    Exception: _broken,
}


def handlers_add(api: NinjaAPI) -> None:
    """Have *api* answer each of these errors with its problem."""
    for kind, maker in _MAKERS.items():
        api.add_exception_handler(kind, _handler(maker))


def _handler(maker: Maker) -> Callable[[HttpRequest, Any], HttpResponse]:
    def handle(request: HttpRequest, error: Exception) -> HttpResponse:
        return problem_response(request, maker(error))

    return handle
