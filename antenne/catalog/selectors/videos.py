"""Lists of videos."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Video
from antenne.catalog.states import PLAYABLE, Visibility


def videos_public() -> QuerySet[Video]:
    """Return every video that home, channel pages and feeds show, with its channel."""
    return Video.objects.filter(visibility=Visibility.PUBLIC, state__in=PLAYABLE).select_related(
        "channel"
    )


def videos_of_channel(channel: Channel, *, viewer: Person | None) -> QuerySet[Video]:
    """Return a channel's videos: what is public, and everything for its owner."""
    if viewer is not None and viewer.pk == channel.person_id:
        return Video.objects.filter(channel=channel).select_related("channel")
    return videos_public().filter(channel=channel)


def videos_of_person(person: Person) -> QuerySet[Video]:
    """Return everything a person has put in."""
    return Video.objects.filter(channel__person=person).select_related("channel")


def videos_due(*, before: object) -> QuerySet[Video]:
    """Return scheduled videos whose moment has come."""
    return Video.objects.filter(Q(visibility=Visibility.SCHEDULED) & Q(publish_at__lte=before))
