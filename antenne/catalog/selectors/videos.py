"""Lists of videos."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Video
from antenne.catalog.selectors.teams import may_edit, role_of_video, videos_with
from antenne.catalog.states import PLAYABLE, POWERS_OF, Power, Visibility


def videos_public() -> QuerySet[Video]:
    """Return every video that home, channel pages and feeds show, with its channel."""
    return Video.objects.filter(visibility=Visibility.PUBLIC, state__in=PLAYABLE).select_related(
        "channel"
    )


def videos_of_channel(channel: Channel, *, viewer: Person | None) -> QuerySet[Video]:
    """Return a channel's videos: what is public, and everything for whoever may edit them."""
    if may_edit(viewer, channel):
        rows = Video.objects.filter(channel=channel).select_related("channel")
        return rows.annotate(viewer_role=role_of_video("channel", viewer)) if viewer else rows
    return videos_public().filter(channel=channel)


def videos_of_person(person: Person) -> QuerySet[Video]:
    """Return every video that a person may change."""
    return videos_with(person, Power.EDIT)


def videos_due(*, before: object) -> QuerySet[Video]:
    """Return scheduled videos whose moment has come."""
    return Video.objects.filter(Q(visibility=Visibility.SCHEDULED) & Q(publish_at__lte=before))


def video_editable(video: Video, viewer: Person | None) -> bool:
    """Say whether a viewer may change a video that `video_sight` or a list of theirs brought."""
    if viewer is None:
        return False
    if video.channel.person_id == viewer.pk:
        return True
    return Power.EDIT in POWERS_OF.get(getattr(video, "viewer_role", None) or "", ())
