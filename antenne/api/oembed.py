"""The address at which other sites ask how to show a video of ours."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from antenne.api.problems import Problem, problem_response
from antenne.api.v1.callers import address_of, edge_of
from antenne.api.v1.schemas import site_url
from antenne.kernel.rate import Rate, RateExceeded, rate_spend
from antenne.syndication.oembed import CACHE_S, OembedAnswer, OembedRefused, oembed_answer
from antenne.syndication.places import Place

OEMBED_RATE = Rate("oembed", limit=300, window_s=60)
_CODES = {400: "malformed", 401: "signed-out", 404: "not-found", 501: "format-unknown"}


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """Answer oEmbed 1.0 in JSON or XML."""
    form = request.GET.get("format", "json")
    try:
        rate_spend(OEMBED_RATE, address_of(request))
        answer = _answer(request, form)
    except OembedRefused as refusal:
        return _open(problem_response(request, Problem(_CODES[refusal.status])))
    except RateExceeded as error:
        headers = (("Retry-After", str(error.retry_after_s)),)
        return problem_response(request, Problem("too-many-requests", headers=headers))
    if form == "xml":
        response = HttpResponse(answer.xml(), content_type="text/xml; charset=utf-8")
    else:
        response = JsonResponse(answer.members())
    response["Cache-Control"] = f"public, max-age={CACHE_S}"
    return _open(response)


def _answer(request: HttpRequest, form: str) -> OembedAnswer:
    if form not in {"json", "xml"}:
        raise OembedRefused(501)
    address = request.GET.get("url", "")
    if not address:
        raise OembedRefused(400)
    return oembed_answer(
        address,
        place=Place(site=site_url(request, ""), edge=edge_of(request)),
        width_px=_bound(request.GET.get("maxwidth", "")),
        height_px=_bound(request.GET.get("maxheight", "")),
    )


def _bound(text: str) -> int:
    """Return a bound in pixels; 0, which is none, for what is no number."""
    return int(text[:6]) if text.isascii() and text.isdigit() else 0


def _open(response: HttpResponse) -> HttpResponse:
    response["Access-Control-Allow-Origin"] = "*"
    return response
