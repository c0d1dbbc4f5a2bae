"""Comments, made by the services as people make them."""

from __future__ import annotations

from antenne.accounts.models import Person
from antenne.catalog.models import Video
from antenne.community.models import Comment
from antenne.community.selectors.places import place_of_video
from antenne.community.services.comments import comment_create


def comment_make(
    video: Video, *, by: Person, body: str = "Lovely swans.", reply_to: Comment | None = None
) -> Comment:
    """Write a comment under a video as somebody who may see it."""
    place = place_of_video(video.public_id, viewer=by)
    return comment_create(by=by, place=place, body=body, reply_to=reply_to.pk if reply_to else None)
