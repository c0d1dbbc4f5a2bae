"""Whole files, for people who download and programs that feeds have told of them."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from antenne.catalog.selectors.files import files_of
from antenne.catalog.services.files import file_await
from antenne.delivery.selectors import media_base
from antenne.kernel.rate import RateExceeded, client_address
from antenne.pipeline.selectors import tracks_of
from antenne.web.viewer import edge_of

if TYPE_CHECKING:
    from antenne.catalog.models import MediaFile, Video

_AGAIN_S: Final = 4
"""How soon a page that waits for a file looks again."""
_PROGRAMS_AGAIN_S: Final = 30


def file_given(request: HttpRequest, video: Video, ending: str) -> HttpResponse:
    """Lead a program to the file of a video that ends so, or say when it may come again."""
    files = files_of([video])[video.pk]
    if not files and not _can_be(video, ending):
        raise Http404
    _asked(request, video)
    if files:
        found = [file for file in files if file.path.endswith(f".{ending}")]
        if not found:
            raise Http404
        return redirect(_url(request, video, found[0]))
    words = "This file is being made. Come again in a moment.\n"
    response = HttpResponse(words, content_type="text/plain; charset=utf-8", status=503)
    response["Retry-After"] = str(_PROGRAMS_AGAIN_S)
    return response


def _can_be(video: Video, ending: str) -> bool:
    tracks = tracks_of([video]).get(video.pk)
    return tracks is not None and bool(tracks.picture if ending == "mp4" else tracks.sound)


def download_given(request: HttpRequest, video: Video) -> HttpResponse:
    """Hand a video out whole under its own name, or show that its file is being prepared.

    The page that waits looks again by itself, and then begins the download.
    """
    url = _download_url(request, video)
    if not url and video.pk not in tracks_of([video]):
        raise Http404
    _asked(request, video)
    if url and "wait" not in request.GET:
        return redirect(url)
    here = reverse("download", args=[video.public_id])
    context = {"video": video, "ready": bool(url)}
    response = render(request, "watch/download.html", context, status=200 if url else 202)
    response["Refresh"] = f"0;url={here}" if url else f"{_AGAIN_S};url={here}?wait=1"
    return response


def _asked(request: HttpRequest, video: Video) -> None:
    """Have the file made or kept. Whoever asks for very many waits a little longer for theirs."""
    if request.method == "GET":
        with suppress(RateExceeded):
            file_await(video=video, address=client_address(request.META))


def _download_url(request: HttpRequest, video: Video) -> str:
    files = files_of([video])[video.pk]
    films = [file for file in files if file.type.startswith("video/")]
    file = max(films or files, key=lambda row: row.size_bytes, default=None)
    if file is None:
        return ""
    ending = file.path.rpartition(".")[2]
    name = quote(f"{video.title[:80].strip()}.{ending}", safe="")
    return f"{_url(request, video, file)}?download={name.replace('~', '%7E')}"


def _url(request: HttpRequest, video: Video, file: MediaFile) -> str:
    base, _expires_s = media_base(video, edge=edge_of(request))
    return f"{base}/{file.path}"
