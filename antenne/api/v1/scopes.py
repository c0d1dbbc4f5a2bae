"""Which scopes of a token let it do what: one table over every operation of the API.

An operation whose resource is not named here is closed to tokens, and a test says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from antenne.accounts.scopes import Scope

EXTENSION: Final = "x-scopes"
"""Where the document tells the scopes: OpenAPI has no place of its own for those of a bearer."""


@dataclass(frozen=True, slots=True)
class _Asks:
    """Any one of these lets a token read or change a resource."""

    reading: tuple[Scope, ...]
    writing: tuple[Scope, ...]


_VIDEOS: Final = _Asks((Scope.READ, Scope.VIDEOS), (Scope.VIDEOS,))
_COMMUNITY: Final = _Asks((Scope.READ, Scope.COMMUNITY), (Scope.COMMUNITY,))
_ACCOUNT: Final = _Asks((Scope.READ, Scope.ACCOUNT), (Scope.ACCOUNT,))
_DESK: Final = _Asks((Scope.DESK,), (Scope.DESK,))

# The tag of each resource.
_RESOURCES: Final = {
    "blocks": _COMMUNITY,
    "captions": _VIDEOS,
    "channels": _VIDEOS,
    "comments": _COMMUNITY,
    "community": _COMMUNITY,
    "cuts": _VIDEOS,
    "decisions": _ACCOUNT,
    "desk": _DESK,
    "groups": _COMMUNITY,
    "history": _ACCOUNT,
    "imports": _VIDEOS,
    "jobs": _DESK,
    "me": _ACCOUNT,
    "notifications": _COMMUNITY,
    "playlists": _COMMUNITY,
    "posts": _COMMUNITY,
    "reports": _DESK,
    "search": _Asks((Scope.READ,), ()),
    "site": _Asks(tuple(Scope), ()),
    "sounds": _VIDEOS,
    "sources": _VIDEOS,
    "statistics": _VIDEOS,
    "teams": _VIDEOS,
    "tokens": _Asks((Scope.ACCOUNT,), (Scope.ACCOUNT,)),
    "translations": _VIDEOS,
    "uploads": _VIDEOS,
    "videos": _VIDEOS,
    "watching": _VIDEOS,
    "webhooks": _VIDEOS,
}
# Operations that differ from the rest of their resource.
_OPERATIONS: Final = {
    "me_read": tuple(Scope),
    "me_channels": _VIDEOS.reading,
    "me_videos": _VIDEOS.reading,
    "report_make": (Scope.COMMUNITY,),
    # Those of the site are the desk's (webhooks.py looks which one it is); this one tells a secret.
    "webhook_read": (Scope.VIDEOS, Scope.DESK),
    "webhook_change": (Scope.VIDEOS, Scope.DESK),
    "webhook_delete": (Scope.VIDEOS, Scope.DESK),
    "webhook_test": (Scope.VIDEOS, Scope.DESK),
    "webhook_deliveries": (*_VIDEOS.reading, Scope.DESK),
    "delivery_repeat": (Scope.VIDEOS, Scope.DESK),
}


def scopes_of(method: str, operation: dict[str, Any]) -> tuple[Scope, ...]:
    """Return the scopes of which any lets a token do an operation; none closes it to tokens."""
    own = _OPERATIONS.get(operation["operationId"])
    if own is not None:
        return own
    asks = _RESOURCES.get(next(iter(operation.get("tags", ())), ""))
    if asks is None:
        return ()
    return asks.reading if method == "get" else asks.writing


def security_of(method: str, operation: dict[str, Any]) -> list[dict[str, list[str]]]:
    """Return who may call an operation, as the document says it: with one scope, or a session."""
    scopes = [{"Token": [scope.value]} for scope in scopes_of(method, operation)]
    return [*scopes, *(each for each in operation.get("security", ()) if "Token" not in each)]


def scopes_asked(operation: dict[str, Any]) -> frozenset[str]:
    """Return the scopes of which any is enough, from an operation of the document."""
    return frozenset(
        scope for each in operation.get("security", ()) for scope in each.get("Token", ())
    )


def scheme_describe(scheme: dict[str, Any]) -> None:
    """Write into the document what each scope of a token means."""
    meanings = {scope.value: str(scope.label) for scope in Scope}
    words = "\n".join(f"- `{scope}`: {meaning}" for scope, meaning in meanings.items())
    scheme["description"] = (
        "A personal access token. Any one of the scopes that an operation names is enough:\n\n"
        f"{words}"
    )
    scheme[EXTENSION] = meanings
