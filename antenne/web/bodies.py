"""How large a request to a page may be: it lies on the disk before anybody has looked at it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from django.http import HttpRequest, HttpResponse

from antenne.web.errors import too_large

# Of photos as cameras write them: what is too large for a picture is then said beside its field.
BODY_MAX_BYTES: Final = 32 * 1024**2
View = TypeVar("View", bound=Callable[..., HttpResponse])


def takes_bytes(most: int) -> Callable[[View], View]:
    """Let a page take requests of so many bytes, where they come from somebody signed in."""

    def mark(view: View) -> View:
        view.body_max_bytes = most  # type: ignore[attr-defined] # read below
        return view

    return mark


class BodyBound:
    """Refuses what is too large before anything of it is read; the API has bounds of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self._get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        _args: list[object],
        _kwargs: dict[str, object],
    ) -> HttpResponse | None:
        """Answer 413, or let the page answer."""
        said = request.META.get("CONTENT_LENGTH") or "0"
        length = int(said) if said.isdecimal() else 0
        if length <= BODY_MAX_BYTES or getattr(view, "body_bounded", False):
            return None
        most = getattr(view, "body_max_bytes", 0) if request.user.is_authenticated else 0
        return too_large(request, most or BODY_MAX_BYTES) if length > most else None
