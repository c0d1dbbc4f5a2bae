"""What a stranger was answered a moment ago is the answer to the next: lists, kept for a second.

Who makes a list offers it by `strangers_offer`. Nobody else meets what is kept: a request
with a session, a token or any other cookie than those named here goes the whole way. Two requests
ask for the same where nothing has happened in between, and all their headers are the same but for
`_UNREAD`, which no list looks at: a header that somebody begins to read keeps answers apart by
itself.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from http import HTTPStatus
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

from antenne.community.selectors.onlookers import onlooker_of
from antenne.kernel.facts import fact_latest
from antenne.kernel.rate import client_address
from antenne.kernel.remembering import MEMORY
from antenne.kernel.strangers import strangers_offered
from antenne.web.locale import language_for

if TYPE_CHECKING:
    from antenne.catalog.selectors.onlookers import Onlooker

KEPT_S: Final = 1.0
_ANSWERS_MOST: Final = 500
_BYTES_MOST: Final = 16 * 1024 * 1024
_UNREAD: Final = frozenset(
    f"HTTP_{name}"
    for name in (
        *("ACCEPT_LANGUAGE", "X_FORWARDED_FOR", "COOKIE"),  # the key holds what they say
        *("IF_NONE_MATCH", "USER_AGENT", "REFERER", "X_REAL_IP", "X_REQUEST_ID", "CONNECTION"),
        *("SEC_CH_UA", "SEC_CH_UA_MOBILE", "SEC_CH_UA_PLATFORM", "UPGRADE_INSECURE_REQUESTS"),
        *("SEC_FETCH_DEST", "SEC_FETCH_MODE", "SEC_FETCH_SITE", "SEC_FETCH_USER", "PRIORITY"),
    )
)
_VARY: Final = ("Cookie", "Authorization", "Accept-Language", "Accept-Encoding", "HX-Request")
_THEME: Final = "theme"


@dataclass(frozen=True, slots=True)
class _Kept:
    content: bytes
    headers: dict[str, str]
    until_s: float


@dataclass(slots=True)
class Answers:
    """The answers that are kept, the oldest first: so many, and so many bytes, at most.

    Whoever measures what an answer costs says that this is not *on*.
    """

    on: bool = True
    kept: dict[Hashable, _Kept] = field(default_factory=dict)
    bytes: int = 0
    lock: Lock = field(default_factory=Lock)

    def find(self, key: Hashable) -> HttpResponse | None:
        """Return what is kept for *key*, or None."""
        kept = self.kept.get(key)
        if kept is None or kept.until_s < monotonic():
            return None
        return HttpResponse(kept.content, headers=kept.headers)

    def keep(self, key: Hashable, answer: HttpResponse) -> None:
        """Keep an answer; what is old, and what there is no room for, goes."""
        now_s = monotonic()
        with self.lock:
            self._drop(key)
            self.kept[key] = _Kept(answer.content, dict(answer.items()), now_s + KEPT_S)
            self.bytes += len(answer.content)
            for other, kept in list(self.kept.items()):
                full = len(self.kept) > _ANSWERS_MOST or self.bytes > _BYTES_MOST
                if not full and kept.until_s >= now_s:
                    break
                self._drop(other)

    def _drop(self, key: Hashable) -> None:
        kept = self.kept.pop(key, None)
        self.bytes -= len(kept.content) if kept else 0


ANSWERS: Final = Answers()


def strangers_answer(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Answer a stranger with what another was just answered, where that was offered."""

    def handle(request: HttpRequest) -> HttpResponse:
        if not (MEMORY.on and ANSWERS.on and _stranger(request)):
            return get_response(request)
        onlooker = onlooker_of(None, address=client_address(request.META))
        key = _asked(request, onlooker)
        kept = ANSWERS.find(key)
        if kept is not None:
            return _unless_known(request, kept)
        answer = get_response(request)
        offered = strangers_offered(request) and not answer.streaming and not answer.cookies
        if offered and answer.status_code == HTTPStatus.OK:
            _announce(answer, everywhere=onlooker.country is None)
            ANSWERS.keep(key, answer)
        return answer

    return handle


def _stranger(request: HttpRequest) -> bool:
    """Say whether nobody is known by this request; a page with a form's token sets its cookie."""
    harmless = {settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME, _THEME}
    named = "HTTP_AUTHORIZATION" in request.META or not harmless.issuperset(request.COOKIES)
    return request.method == "GET" and not named


def _asked(request: HttpRequest, onlooker: Onlooker) -> Hashable:
    """Return all that an answer to a stranger may depend on (one query).

    What happened last stands for all that is shown: a list is made anew after every fact.
    """
    meta = request.META
    headers = (
        (name, value)
        for name, value in meta.items()
        if name.startswith("HTTP_") and name not in _UNREAD
    )
    server = (request.scheme, meta.get("SERVER_NAME"), meta.get("SERVER_PORT"))
    theme = request.COOKIES.get(_THEME)
    path = (request.path, meta.get("QUERY_STRING"))
    asked = (path, server, frozenset(headers), language_for(request), theme)
    return (*asked, onlooker, fact_latest())


def _announce(answer: HttpResponse, *, everywhere: bool) -> None:
    """Let caches that many share do the same, unless it is for one country alone.

    A browser asks each time: who makes a video private looks at once whether it is gone.
    """
    shared = f"public, max-age=0, s-maxage={KEPT_S:.0f}"
    answer["Cache-Control"] = shared if everywhere else "private, max-age=0"
    patch_vary_headers(answer, _VARY)


def _unless_known(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Return *answer*, or that it has not changed where the browser has it already."""
    etag = answer.get("ETag")
    found = get_conditional_response(request, etag=etag, response=answer) if etag else answer
    return found if isinstance(found, HttpResponse) else answer
