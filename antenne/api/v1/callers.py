"""Who calls the API: a personal access token, a signed-in page of this site, or a stranger.

Whoever names a token that does not hold is told so, also where a stranger would be served.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from antenne.accounts.scopes import Scope
from antenne.accounts.selectors import person_of, token_living
from antenne.accounts.services import access_token_touch
from antenne.api.problems import Problem
from antenne.community.selectors.onlookers import onlooker_of
from antenne.delivery.selectors import edge_url
from antenne.kernel.rate import Rate, client_address, rate_spend

if TYPE_CHECKING:
    from antenne.accounts.models import Person, User
    from antenne.catalog.selectors.onlookers import Onlooker

READ_RATE: Final = Rate("api.read", limit=600, window_s=60)
WRITE_RATE: Final = Rate("api.write", limit=120, window_s=60)
STRANGER_RATE: Final = Rate("api.stranger", limit=300, window_s=60)
REFUSED_RATE: Final = Rate("api.refused", limit=30, window_s=60)
_SAFE: Final = ("GET", "HEAD")


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks; *user* is None for a stranger. A page of this site has every scope."""

    user: User | None = None
    scopes: tuple[str, ...] = ()
    program: bool = False

    @property
    def login(self) -> User:
        """Return the login; raise a `Problem` for a stranger."""
        if self.user is None:
            raise Problem("signed-out")
        return self.user

    @property
    def person(self) -> Person:
        """Return the person; raise a `Problem` for a stranger."""
        return person_of(self.login)

    @property
    def viewer(self) -> Person | None:
        """Return the person, or None for a stranger."""
        return self.person if self.user else None


class ApiRequest(HttpRequest):
    """A request whose caller is known."""

    auth: Caller
    scopes: frozenset[str]


def address_of(request: HttpRequest) -> str:
    """Return the network address a request is counted under."""
    return client_address(request.META)


def scopes_ask(request: HttpRequest, scopes: frozenset[str]) -> None:
    """Note of which scopes a token needs one for this request; without a note no token does."""
    cast("ApiRequest", request).scopes = scopes


def onlooker_for(request: ApiRequest) -> Onlooker:
    """Return what lists leave out for the caller."""
    return onlooker_of(request.auth.viewer, address=address_of(request))


def edge_of(request: HttpRequest) -> str:
    """Return the edge's address as the caller sees it."""
    return edge_url(request.get_host(), scheme=request.scheme or "http")


def _counted(request: HttpRequest, caller: Caller, subject: str) -> Caller:
    rate = READ_RATE if request.method in _SAFE else WRITE_RATE
    rate_spend(rate if caller.user else STRANGER_RATE, subject)
    return caller


class Token(HttpBearer):
    """A personal access token in the Authorization header."""

    def __call__(self, request: HttpRequest) -> Caller | None:
        """Return whose token it is, None where none is given; raise where it does not hold."""
        header = request.headers.get("Authorization")
        if header is None:
            return None
        scheme, _space, secret = header.partition(" ")
        return self.authenticate(request, secret.strip() if scheme.lower() == "bearer" else "")

    def authenticate(self, request: HttpRequest, token: str) -> Caller:
        """Return whose token it is; raise where it does not hold."""
        found = token_living(token) if token else None
        if found is None:
            rate_spend(REFUSED_RATE, address_of(request))
            raise Problem(
                "signed-out",
                _("This access token is not known, has been revoked or has run out."),
                headers=(("WWW-Authenticate", 'Bearer error="invalid_token"'),),
            )
        access_token_touch(token=found)
        caller = _counted(request, Caller(found.user, tuple(found.scopes), program=True), token)
        _scope_check(getattr(request, "scopes", frozenset()), caller)
        return caller


def scope_need(request: ApiRequest, *scopes: Scope) -> None:
    """Raise a `Problem` where none of *scopes* is the caller's: it depends on what was found."""
    _scope_check(frozenset(scope.value for scope in scopes), request.auth)


def _scope_check(asked: frozenset[str], caller: Caller) -> None:
    if not asked.isdisjoint(caller.scopes):
        return
    named = " ".join(sorted(asked))
    detail = _("No access token may do this.")
    if asked:
        words = _("This access token may not do this. It needs one of these scopes: %(scopes)s.")
        detail = words % {"scopes": named}
    challenge = f'Bearer error="insufficient_scope", scope="{named}"'
    raise Problem("forbidden", detail, headers=(("WWW-Authenticate", challenge),))


class Session(APIKeyCookie):
    """The session of a page of this site, with its CSRF token for whatever changes something."""

    param_name = "sessionid"

    def __call__(self, request: HttpRequest) -> Caller | None:
        """Return who is signed in, or None; raise where a change does not come from our page."""
        if not request.user.is_authenticated:
            return None
        if check_csrf(request):
            raise Problem("csrf", _("Send the X-CSRFToken header, or use an access token."))
        return _counted(
            request, Caller(request.user, tuple(Scope.values)), f"session {request.user.pk}"
        )

    def authenticate(self, request: HttpRequest, key: str | None) -> Caller | None:
        """Do what the call does: the key of the cookie is read by Django."""
        return self(request) if key else None


def stranger(request: HttpRequest) -> Caller:
    """Let anybody in, counted by network address."""
    return _counted(request, Caller(), address_of(request))


def fresh_check(request: ApiRequest) -> None:
    """Raise a `Problem` for a page whose person has not said for a while who they are.

    Whoever finds an open browser makes nothing with it that outlives the session.
    """
    if not request.auth.program and is_reauthentication_required(request, app="allauth.account"):
        raise Problem("forbidden", _("Sign in again first, then try it once more."))


SIGNED_IN: Final[list[Any]] = [Token(), Session()]
# How an operation says that strangers may call it; ninja adds the other two to the document.
ANYBODY: Final[dict[str, Any]] = {
    "auth": [*SIGNED_IN, stranger],
    "openapi_extra": {"security": [{}]},
}
ALIKE: Final = "x-same-for-strangers"
# The same of a list that may be a second old, which every stranger of a country gets alike.
ANYBODY_ALIKE: Final[dict[str, Any]] = {
    "auth": ANYBODY["auth"],
    "openapi_extra": {"security": [{}], ALIKE: True},
}
