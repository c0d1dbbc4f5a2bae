"""Feeds in every form, with the conditions of HTTP."""

from __future__ import annotations

import hashlib

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from antenne.custody.selectors import setting_of
from antenne.custody.settings import SiteSettings
from antenne.kernel.rate import client_address
from antenne.syndication.feeds.forms import FORMS
from antenne.syndication.places import Place, Scope
from antenne.syndication.selectors.feeds import chapters_said, feed_of
from antenne.syndication.services.taking import feed_taken
from antenne.web.viewer import edge_of
from antenne.web.watch.meta import site_url

KEPT_S = 300


def place_of(request: HttpRequest) -> Place:
    """Return where this site is for whoever asks."""
    return Place(site=site_url(request, "/").rstrip("/"), edge=edge_of(request))


@require_safe
def feed(request: HttpRequest, form: str, kind: str = "site", key: str = "") -> HttpResponse:
    """Show a list of videos in a form that programs read."""
    if kind not in {"site", "channel", "category", "tag", "playlist"}:
        raise Http404
    return _feed(request, form, Scope(kind, key, request.GET.get("language", "")[:8]))


@require_safe
def search(request: HttpRequest, form: str) -> HttpResponse:
    """Show what a search finds, the newest first."""
    return _feed(request, form, Scope("search", request.GET.get("q", "")[:200]))


@require_safe
def like_youtube(request: HttpRequest) -> HttpResponse:
    """Answer at the address and with the words that YouTube's feeds have."""
    if request.GET.get("playlist_id"):
        return _feed(request, "atom.xml", Scope("playlist", request.GET["playlist_id"]))
    handle = request.GET.get("channel_id") or request.GET.get("user", "")
    return _feed(request, "atom.xml", Scope("channel", handle))


def _feed(request: HttpRequest, form: str, scope: Scope) -> HttpResponse:
    asked = FORMS.get(form)
    if asked is None:
        raise Http404
    with translation.override(setting_of(SiteSettings).language):
        found = feed_of(scope, form, place=place_of(request), cursor=request.GET.get("after", ""))
    if request.method == "GET":
        feed_taken(found, form, address=client_address(request.META))
    response = HttpResponse(asked.write(found), content_type=f"{asked.type}; charset=utf-8")
    response["Link"] = f'<{found.hub_url}>; rel="hub", <{found.self_url}>; rel="self"'
    return conditional(request, response, changed_s=int(found.updated_at.timestamp()))


def conditional(
    request: HttpRequest, response: HttpResponse, *, changed_s: int | None = None
) -> HttpResponse:
    """Let a program that has this already keep what it has; anybody may read it from anywhere."""
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={KEPT_S}"
    response["Access-Control-Allow-Origin"] = "*"
    if changed_s is not None:
        response["Last-Modified"] = http_date(changed_s)
    answer = get_conditional_response(
        request, etag=etag, last_modified=changed_s, response=response
    )
    return answer if isinstance(answer, HttpResponse) else response


@require_safe
def chapters(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show a video's chapters as podcast players read them."""
    rows = chapters_said(public_id)
    said = {
        "version": "1.2.0",
        "chapters": [{"startTime": ms / 1000, "title": t} for ms, t in rows],
    }
    return conditional(request, JsonResponse(said, content_type="application/json+chapters"))
