"""What holds for every address of the API, whatever stands behind it.

The document that describes the API is also its rule: query parameters, content types and who may
read from another site are taken from it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext as _

from antenne.api.problems import Fault, Problem, problem_response
from antenne.api.v1.callers import ALIKE, scopes_ask
from antenne.api.v1.scopes import scopes_asked
from antenne.kernel.strangers import strangers_offer

JSON_MAX_BYTES: Final = 256 * 1024
FORM_MAX_BYTES: Final = 5 * 1024 * 1024
MAX_BYTES: Final = "x-max-bytes"
"""How an operation says that larger bodies than these are read."""
_FORM: Final = "multipart/form-data"
_BODIED: Final = ("POST", "PUT", "PATCH")
View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Rule:
    """What one method of one address takes: query names, a content type, and from whom.

    Of *scopes* a token needs one; where there is none, no token is let in. What is *alike* is the
    same for every stranger.
    """

    query: frozenset[str]
    body: str
    public: bool
    scopes: frozenset[str] = frozenset()
    max_bytes: int = JSON_MAX_BYTES
    alike: bool = False


def rules_of(paths: dict[str, Any]) -> dict[str, dict[str, Rule]]:
    """Return the rules of each path and method, told as an OpenAPI document tells them."""
    return {
        path: {method.upper(): _rule(operation) for method, operation in methods.items()}
        for path, methods in paths.items()
    }


def _rule(operation: dict[str, Any]) -> Rule:
    asked = operation.get("parameters", [])
    body = next(iter(operation.get("requestBody", {}).get("content", {})), "")
    usual = FORM_MAX_BYTES if body == _FORM else JSON_MAX_BYTES
    return Rule(
        query=frozenset(each["name"] for each in asked if each["in"] == "query"),
        body=body,
        public={} in operation.get("security", [{}]),
        scopes=scopes_asked(operation),
        max_bytes=operation.get(MAX_BYTES, usual),
        alike=operation.get(ALIKE, False),
    )


def gated(view: View, rules: dict[str, Rule]) -> View:
    """Return *view* behind the rules of its address."""

    def handle(request: HttpRequest, *args: object, **values: object) -> HttpResponse:
        if request.method == "OPTIONS":
            return _preflight(rules)
        head = request.method == "HEAD"
        asked = "GET" if head else request.method or ""
        rule = rules.get(asked)
        try:
            _check(request, rule, rules)
            scopes_ask(request, rule.scopes if rule else frozenset())
            response = view(_as(request, asked), *args, **values)
        except Problem as problem:
            response = problem_response(request, problem)
        return _bodiless(_finished(_as(request, asked), response, rule), head=head)

    handle.body_bounded = True  # type: ignore[attr-defined] # in _body_check
    handle.csrf_exempt = True  # type: ignore[attr-defined] # callers.Session checks it, tokens need none
    return handle


def _as(request: HttpRequest, method: str) -> HttpRequest:
    request.method = method
    return request


def _bodiless(response: HttpResponse, *, head: bool) -> HttpResponse:
    """Leave out what is not sent to HEAD, and say how long it would have been."""
    if head:
        response["Content-Length"] = str(len(response.content))
        response.content = b""
    return response


def _check(request: HttpRequest, rule: Rule | None, rules: dict[str, Rule]) -> None:
    if "\x00" in request.path:
        raise Problem("not-found")
    if rule is None:
        allowed = ", ".join(sorted({*rules, "OPTIONS"}))
        raise Problem("method-not-allowed", headers=(("Allow", allowed),))
    unknown = sorted(set(request.GET) - rule.query)[:20]
    if unknown:
        words = _("This is not known here.")
        faults = tuple(Fault(f"query.{name[:80]}", "extra_forbidden", words) for name in unknown)
        raise Problem("invalid", faults=faults)
    if request.method in _BODIED:
        _body_check(request, rule)


def _body_check(request: HttpRequest, rule: Rule) -> None:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal():
        raise Problem("malformed")
    if int(length) > rule.max_bytes:
        detail = _("At most %(limit)s bytes are read here.") % {"limit": rule.max_bytes}
        raise Problem("too-large", detail)
    if rule.body and request.content_type != rule.body:
        detail = _("Send %(type)s.") % {"type": rule.body}
        raise Problem("unsupported-media-type", detail, headers=(("Accept", rule.body),))


def _preflight(rules: dict[str, Rule]) -> HttpResponse:
    """Let pages of other sites read what strangers may read, and nothing else."""
    response = HttpResponse(status=204)
    response["Allow"] = ", ".join(sorted({*rules, "OPTIONS"}))
    if "GET" in rules and rules["GET"].public:
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Allow-Methods"] = "GET, HEAD"
        response["Access-Control-Allow-Headers"] = "Antenne-Password, If-None-Match"
        response["Access-Control-Max-Age"] = "86400"
    return response


def _finished(request: HttpRequest, response: HttpResponse, rule: Rule | None) -> HttpResponse:
    patch_vary_headers(response, ["Authorization", "Cookie", "Accept-Language"])
    response.setdefault("Cache-Control", "private, no-cache")
    if rule is not None and rule.alike:
        strangers_offer(request)
    if rule is not None and rule.public and request.method == "GET":
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Retry-After, X-Request-Id"
    if request.method == "GET" and response.status_code == 200:  # noqa: PLR2004 - OK
        etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        response["ETag"] = etag
        kept = get_conditional_response(request, etag=etag, response=response)
        return kept if isinstance(kept, HttpResponse) else response
    return response
