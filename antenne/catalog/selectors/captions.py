"""Reads of caption tracks."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from antenne.accounts.models import Person
from antenne.catalog.models import Caption, Video
from antenne.catalog.refusals import NotFound
from antenne.catalog.selectors.sight import video_owned
from antenne.kernel.written import written


def captions_of(video: Video) -> QuerySet[Caption]:
    """Return a video's caption tracks by label."""
    return Caption.objects.filter(video=video).order_by("label")


@written
def captions_played(video: UUID) -> QuerySet[Caption]:
    """Return the same by the video's key, for those who only play it."""
    return Caption.objects.filter(video=video).order_by("label")


def caption_owned(caption_id: UUID, *, public_id: str, by: Person) -> Caption:
    """Return a caption track of a video of one's own; raise `NotFound` for any other."""
    video = video_owned(public_id, by=by)
    caption = Caption.objects.select_related("video").filter(pk=caption_id, video=video).first()
    if caption is None:
        raise NotFound(str(caption_id))
    return caption
