"""Lists of videos."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Video
from antenne.catalog.selectors.onlookers import ANYBODY, Onlooker
from antenne.catalog.selectors.teams import may_edit, role_of_video, videos_with
from antenne.catalog.states import PLAYABLE, POWERS_OF, Power, Visibility
from antenne.kernel.pagination import Page, page_cut, page_of
from antenne.kernel.written import written


def videos_public() -> QuerySet[Video]:
    """Return every video that home, channel pages and feeds show, with its channel."""
    return Video.objects.filter(visibility=Visibility.PUBLIC, state__in=PLAYABLE).select_related(
        "channel"
    )


def videos_newest(onlooker: Onlooker, *, cursor: str = "", size: int = 24) -> Page[Video]:
    """Return a page of what everybody may watch, the last published first; or `CursorRefused`."""
    usual = onlooker.usual
    if usual is None or cursor:
        rows = onlooker.of(videos_public())
        return page_of(rows, by="published_at", cursor=cursor, size=size)
    return page_cut(_newest(onlooker=usual, size=size), by="published_at", size=size)


@written
def _newest(*, onlooker: Onlooker, size: int) -> QuerySet[Video]:
    """Return the first page of them, and one more."""
    return onlooker.of(videos_public()).order_by("-published_at", "-pk")[: size + 1]


def channel_newest(
    channel: Channel,
    *,
    viewer: Person | None,
    onlooker: Onlooker = ANYBODY,
    cursor: str = "",
    size: int = 24,
) -> Page[Video]:
    """Return a page of `videos_of_channel`, newest first; raise `CursorRefused`.

    What *onlooker* does not meet is left out for those who may not edit.
    """
    usual, edits = onlooker.usual, may_edit(viewer, channel)
    if edits or usual is None or cursor:
        rows = _of_channel(channel, viewer) if edits else onlooker.of(_shown_of(channel.pk))
        return page_of(rows, by="created_at", cursor=cursor, size=size)
    found = _newest_of(channel.pk, onlooker=usual, size=size)
    return page_cut(found, by="created_at", size=size)


@written
def _newest_of(channel: UUID, *, onlooker: Onlooker, size: int) -> QuerySet[Video]:
    """Return the first page of them, and one more."""
    return onlooker.of(_shown_of(channel)).order_by("-created_at", "-pk")[: size + 1]


def _shown_of(channel: UUID) -> QuerySet[Video]:
    return videos_public().filter(channel=channel)


def _of_channel(channel: Channel, viewer: Person | None) -> QuerySet[Video]:
    rows = Video.objects.filter(channel=channel).select_related("channel")
    return rows.annotate(viewer_role=role_of_video("channel", viewer)) if viewer else rows


def videos_of_channel(channel: Channel, *, viewer: Person | None) -> QuerySet[Video]:
    """Return a channel's videos: what is public, and everything for whoever may edit them."""
    if may_edit(viewer, channel):
        return _of_channel(channel, viewer)
    return _shown_of(channel.pk)


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
