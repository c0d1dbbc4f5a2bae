"""What the person behind a request may do with a video here: by the catalog, and by the country."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from django.http import HttpRequest

from antenne.catalog.selectors.files import files_of
from antenne.catalog.selectors.sight import Access, Sight, video_sight
from antenne.delivery.places import open_from
from antenne.delivery.selectors import media_base
from antenne.kernel.rate import client_address
from antenne.web.viewer import edge_of, unlocked_of, viewer_of

if TYPE_CHECKING:
    from antenne.catalog.models import Video


def sight_of(request: HttpRequest, public_id: str) -> Sight:
    """Say what this person may do with a video from where they are."""
    sight = video_sight(public_id, viewer=viewer_of(request), unlocked=unlocked_of(request))
    open_here = sight.access == Access.OPEN and sight.video is not None and not sight.role
    if open_here and sight.video and not open_from(sight.video, client_address(request.META)):
        return Sight(Access.ELSEWHERE, sight.video)
    return sight


def download_of(request: HttpRequest, video: Video) -> str:
    """Return where a video can be fetched whole, under its own name; nothing where it cannot."""
    films = [file for file in files_of([video])[video.pk] if file.type.startswith("video/")]
    file = max(films or files_of([video])[video.pk], key=lambda row: row.size_bytes, default=None)
    if file is None:
        return ""
    base, _expires_s = media_base(video, edge=edge_of(request))
    ending = file.path.rpartition(".")[2]
    name = quote(f"{video.title[:80].strip()}.{ending}", safe="")
    return f"{base}/{file.path}?download={name.replace('~', '%7E')}"
