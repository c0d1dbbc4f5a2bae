"""Telling other sites what happened to a video: webhooks first, then subscribers of feeds."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from antenne.catalog.models import Channel
from antenne.catalog.selectors.videos import videos_public
from antenne.syndication.services.hub import topics_changed
from antenne.syndication.services.webhooks import video_announce, video_hidden_announce
from antenne.syndication.states import HookEvent


@transaction.atomic
def published_tell(*, video_id: UUID) -> None:
    """Tell of a video that was published."""
    video_announce(video_id=video_id, event=HookEvent.PUBLISHED)
    changed_tell(video_id=video_id)


def completed_tell(*, video_id: UUID) -> None:
    """Tell of a video whose every quality is there."""
    video_announce(video_id=video_id, event=HookEvent.COMPLETED)


@transaction.atomic
def changed_tell(*, video_id: UUID) -> None:
    """Tell of a change in the feeds that a public video stands in."""
    video = videos_public().filter(pk=video_id).first()
    if video is not None:
        topics_changed(channel=video.channel, video=video)


@transaction.atomic
def hidden_tell(*, channel_id: UUID, public_id: str) -> None:
    """Tell of a public video that is public no more."""
    channel = Channel.objects.filter(pk=channel_id).first()
    if channel is not None:
        video_hidden_announce(channel=channel, public_id=public_id)
        topics_changed(channel=channel)
