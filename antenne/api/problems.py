"""Refusals of the API, in the form of RFC 9457 and the language of whoever asks."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

CONTENT_TYPE: Final = "application/problem+json"

# Code, which is the end of the problem's type: its HTTP status and its title.
KINDS: Final = {
    "malformed": (400, _("The request cannot be read")),
    "signed-out": (401, _("Nobody is signed in")),
    "forbidden": (403, _("You may not do this")),
    "csrf": (403, _("The request does not come from a page of this site")),
    "video-private": (403, _("This video is private")),
    "video-password": (403, _("This video has a password")),
    "video-scheduled": (403, _("This video is not on the air yet")),
    "not-found": (404, _("There is nothing here")),
    "method-not-allowed": (405, _("This method is not known here")),
    "conflict": (409, _("This does not fit the present state")),
    "video-elsewhere": (451, _("This video may not be watched where you are")),
    "video-withdrawn": (451, _("This video has been withdrawn")),
    "video-removed": (410, _("This video has been removed")),
    "too-large": (413, _("The request is too large")),
    "unsupported-media-type": (415, _("This content type is not read here")),
    "invalid": (422, _("Some values do not fit")),
    "refused": (422, _("This cannot be done")),
    "too-many-requests": (429, _("Too many requests")),
    "broken": (500, _("Something has broken on our side")),
    "format-unknown": (501, _("This format is not spoken here")),
    "unavailable": (503, _("The site cannot answer just now")),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One value that does not fit: where it stands (`body.title`), a code, a sentence."""

    location: str
    code: str
    message: str


class Problem(Exception):
    """A refusal of one of `KINDS`; *detail* is a sentence for people."""

    def __init__(
        self,
        code: str,
        detail: str = "",
        *,
        faults: tuple[Fault, ...] = (),
        headers: tuple[tuple[str, str], ...] = (),
    ) -> None:
        super().__init__(code)
        self.code = code
        self.status, self.title = KINDS[code]
        self.detail = detail or str(self.title)
        self.faults = faults
        self.headers = headers


@dataclass(frozen=True, slots=True)
class _Body:
    """The members of a problem document, in their order."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[dict[str, str]] = field(default_factory=list)

    def text(self) -> str:
        names = ("type", "title", "status", "detail", "instance", "errors")
        return json.dumps({name: getattr(self, name) for name in names}, ensure_ascii=False)


def problem_response(request: HttpRequest, problem: Problem) -> HttpResponse:
    """Return *problem* as an answer to *request*; it is never stored."""
    faults = [
        {"location": fault.location, "code": fault.code, "message": fault.message}
        for fault in problem.faults
    ]
    body = _Body(
        type=f"urn:antenne:problem:{problem.code}",
        title=str(problem.title),
        status=problem.status,
        detail=problem.detail,
        instance=request.get_full_path()[:500].partition("?")[0],
        errors=faults,
    )
    response = HttpResponse(body.text(), status=problem.status, content_type=CONTENT_TYPE)
    response["Cache-Control"] = "no-store"
    for name, value in problem.headers:
        response[name] = value
    return response
