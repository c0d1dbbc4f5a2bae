"""The API put together, and its addresses."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import URLPattern, path, re_path
from django.utils import translation
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from antenne.api.problems import Problem
from antenne.api.v1 import (
    blocks,
    captions,
    channels,
    comments,
    cuts,
    decisions,
    following,
    groups,
    history,
    imports,
    jobs,
    me,
    notifications,
    playlists,
    posters,
    posts,
    reports,
    search,
    site,
    sounds,
    sources,
    statistics,
    teams,
    tokens,
    translations,
    uploads,
    videos,
    watching,
    webhooks,
)
from antenne.api.v1.callers import SIGNED_IN
from antenne.api.v1.desk import (
    bill,
    deciding,
    lists,
    machinery,
    overview,
    people,
    settings,
    telling,
)
from antenne.api.v1.gate import Rule, gated, rules_of
from antenne.api.v1.handlers import handlers_add
from antenne.api.v1.reference import Chapter, chapters_of
from antenne.api.v1.schemas import ProblemOut
from antenne.api.v1.scopes import scheme_describe, security_of

ROOT: Final = "/api/v1"
_ABOUT: Final = (
    "Everything that can be done on the pages, as JSON. Send a personal access token as "
    "`Authorization: Bearer ant_...`; pages of the site itself may use their session with the "
    "`X-CSRFToken` header. Refusals are problem documents (RFC 9457). Lists go on at `next_cursor`."
)
_REFUSAL: Final = {"$ref": "#/components/responses/Refusal"}
_ALWAYS: Final = ("401", "403", "404", "422", "429", "default")
_BODIED: Final = ("400", "413", "415")
# A video that was removed, and one that this viewer may not watch for a reason of law.
_SIGHT: Final = ("410", "451")
_RESOURCES: Final = (
    ("/site", site.router),
    ("/me", me.router),
    ("/tokens", tokens.router),
    ("/channels", channels.router),
    ("/videos", videos.router),
    ("/videos", watching.router),
    ("/videos", captions.router),
    ("/videos", posters.router),
    ("/videos", cuts.router),
    ("/videos", sounds.router),
    ("/videos", translations.router),
    ("/search", search.router),
    ("", search.lists),
    ("/videos", statistics.videos),
    ("/channels", statistics.channels),
    ("/playlists", playlists.router),
    ("/uploads", uploads.router),
    ("/imports", imports.router),
    ("/jobs", jobs.router),
    ("/reports", reports.router),
    ("/desk", overview.router),
    ("/desk", lists.router),
    ("/desk", people.router),
    ("/desk", deciding.router),
    ("/desk", settings.router),
    ("/desk", machinery.router),
    ("/desk", bill.router),
    ("/desk", telling.router),
    ("/me/notifications", notifications.router),
    ("/me/history", history.router),
    ("/me/later", playlists.later),
    ("/me/blocks", blocks.router),
    ("/me/decisions", decisions.router),
    ("", comments.router),
    ("", following.router),
    ("", teams.router),
    ("", webhooks.router),
    ("", sources.router),
    ("", posts.router),
    ("", groups.router),
)


class _Api(NinjaAPI):
    """Names operations as their functions are named."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Return the function's name."""
        return operation.view_func.__name__


def _api_make() -> NinjaAPI:
    api = _Api(
        title="Antenne",
        version="1",
        description=_ABOUT,
        urls_namespace="api-v1",
        auth=SIGNED_IN,
        docs_url=None,
        openapi_url=None,
    )
    for prefix, router in _RESOURCES:
        api.add_router(prefix, router)
    handlers_add(api)
    return api


_API: Final = _api_make()
_PREFIX: Final = ROOT.lstrip("/") + "/"


class _Asking(OpenAPISchema):
    """What operations take, without what they answer: that is most of the work, and no rule."""

    def responses(self, operation: Operation) -> dict[int, dict[str, Any]]:  # noqa: ARG002 - see above
        """Return nothing."""
        return {}


def _secured(paths: dict[str, Any]) -> dict[str, Any]:
    for methods in paths.values():
        for method, operation in methods.items():
            operation["security"] = security_of(method, operation)
    return paths


@cache
def document() -> dict[str, Any]:
    """Return the OpenAPI document: what ninja finds, refusals of one kind, scopes of tokens."""
    found: dict[str, Any] = dict(OpenAPISchema(_API, _PREFIX))
    problem = ProblemOut.model_json_schema(ref_template="#/components/schemas/{model}")
    found["components"]["schemas"] |= {**problem.pop("$defs"), "Problem": problem}
    found["components"]["responses"] = {
        "Refusal": {
            "description": "A refusal",
            "content": {
                "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
            },
        }
    }
    with translation.override("en"):
        scheme_describe(found["components"]["securitySchemes"]["Token"])
    for address, methods in _secured(found["paths"]).items():
        for operation in methods.values():
            operation["summary"] = operation.pop("description").rstrip(".")
            said = {str(status): each for status, each in operation["responses"].items()}
            refusals = dict.fromkeys(_refusals_of(address, operation), _REFUSAL)
            operation["responses"] = dict(sorted((refusals | said).items()))
    return found


def _refusals_of(address: str, operation: dict[str, Any]) -> tuple[str, ...]:
    """Return how an operation may refuse; `default` is what breaks on our side."""
    bodied = _BODIED if "requestBody" in operation else ()
    sight = _SIGHT if "/videos/{" in address or "/later/{" in address else ()
    return (*_ALWAYS, *bodied, *sight)


def _document_view(_request: HttpRequest) -> HttpResponse:
    return JsonResponse(document(), json_dumps_params={"ensure_ascii": False})


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """Show what this document says as a page: no script, nothing from anywhere else."""
    return render(request, "api/reference.html", {"chapters": _chapters()})


@cache
def _chapters() -> tuple[Chapter, ...]:
    return chapters_of(document())


def _nothing(_request: HttpRequest) -> HttpResponse:
    raise Problem("not-found")


def _addresses() -> list[URLPattern]:
    rules = rules_of(_secured(_Asking(_API, _PREFIX)["paths"]))
    read = {"GET": Rule(query=frozenset(), body="", public=True)}
    found = [
        path("openapi.json", gated(_document_view, read), name="openapi"),
        path("docs", reference, name="reference"),
    ]
    for pattern in _API.urls[0]:
        if not isinstance(pattern, URLPattern) or pattern.name == "api-root":
            continue
        route = str(pattern.pattern)
        key = f"{ROOT}/{_documented(route)}"
        found.append(path(route, gated(pattern.callback, rules[key]), name=pattern.name))
    anything = dict.fromkeys(("GET", "POST", "PUT", "PATCH", "DELETE"), read["GET"])
    return [*found, re_path("^", gated(_nothing, anything))]


def _documented(route: str) -> str:
    """Return a route as the document writes it: `<uuid:token_id>` is `{token_id}` there."""
    steps = route.replace(">", "").split("/")
    return "/".join(
        "{" + step[1:].rpartition(":")[2] + "}" if "<" in step else step for step in steps
    )


urlpatterns = _addresses()
app_name = "api-v1"
