"""What the person behind a request may do with a video here: by the catalog, and by the country."""

from __future__ import annotations

from django.http import HttpRequest

from antenne.catalog.selectors.sight import Access, Sight, video_sight
from antenne.delivery.places import open_from
from antenne.kernel.rate import client_address
from antenne.web.viewer import unlocked_of, viewer_of


def sight_of(request: HttpRequest, public_id: str) -> Sight:
    """Say what this person may do with a video from where they are."""
    sight = video_sight(public_id, viewer=viewer_of(request), unlocked=unlocked_of(request))
    open_here = sight.access == Access.OPEN and sight.video is not None and not sight.role
    if open_here and sight.video and not open_from(sight.video, client_address(request.META)):
        return Sight(Access.ELSEWHERE, sight.video)
    return sight
