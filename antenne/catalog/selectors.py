"""Reads from the catalog; whether a viewer may see a video is decided here."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.contrib.auth.hashers import check_password
from django.db.models import Q, QuerySet

from antenne.accounts.models import Person
from antenne.catalog.models import Caption, Channel, Epoch, Video, VideoLock
from antenne.catalog.states import PLAYABLE, Visibility


class NotFound(Exception):
    """There is no such thing, or this person may not know of it."""


class Access(StrEnum):
    """What a viewer may do with a video."""

    OPEN = "open"
    PASSWORD = "password"  # noqa: S105 - a kind of access
    PRIVATE = "private"
    SCHEDULED = "scheduled"
    REMOVED = "removed"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Sight:
    """A video as one viewer may see it; `video` is None where there is none."""

    access: Access
    video: Video | None
    owned: bool = False


class SightRefused(Exception):
    """This viewer may not watch this video; `access` says why."""

    def __init__(self, access: Access) -> None:
        super().__init__(access)
        self.access = access


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


def channel_by_handle(handle: str) -> Channel:
    """Return a channel; raise `NotFound`."""
    channel = Channel.objects.select_related("person").filter(handle__iexact=handle).first()
    if channel is None:
        raise NotFound(handle)
    return channel


def channels_all() -> QuerySet[Channel]:
    """Return every channel, with the person it belongs to."""
    return Channel.objects.select_related("person")


def channels_of(person: Person) -> QuerySet[Channel]:
    """Return a person's channels, the first made first."""
    owned = Channel.objects.filter(person=person).select_related("person")
    return owned.order_by("created_at", "pk")


def channel_owned(handle: str, *, by: Person) -> Channel:
    """Return a channel that *by* may change; raise `NotFound` for anybody else's."""
    channel = channel_by_handle(handle)
    if channel.person_id != by.pk:
        raise NotFound(handle)
    return channel


def video_sight(public_id: str, *, viewer: Person | None, unlocked: Collection[str] = ()) -> Sight:
    """Say what *viewer* may do with a video; *unlocked* are ids whose password was given."""
    video = Video.objects.select_related("channel__person").filter(public_id=public_id).first()
    if video is None:
        gone = Epoch.objects.filter(video=public_id).exists()
        return Sight(Access.REMOVED if gone else Access.MISSING, None)
    if viewer is not None and video.channel.person_id == viewer.pk:
        return Sight(Access.OPEN, video, owned=True)
    return Sight(_access_of(video, unlocked=unlocked), video)


def _access_of(video: Video, *, unlocked: Collection[str]) -> Access:
    """Return what a stranger may do; anything this does not know is private."""
    if video.visibility == Visibility.PASSWORD:
        return Access.OPEN if unlock_key(video) in unlocked else Access.PASSWORD
    return {
        Visibility.PUBLIC.value: Access.OPEN,
        Visibility.UNLISTED.value: Access.OPEN,
        Visibility.SCHEDULED.value: Access.SCHEDULED,
    }.get(video.visibility, Access.PRIVATE)


def video_open(public_id: str, *, viewer: Person | None, unlocked: Collection[str] = ()) -> Video:
    """Return a video that *viewer* may watch; raise `SightRefused` for any other."""
    sight = video_sight(public_id, viewer=viewer, unlocked=unlocked)
    if sight.video is None or sight.access != Access.OPEN:
        raise SightRefused(sight.access)
    return sight.video


def unlock_key(video: Video) -> str:
    """Return what a session remembers once the password was given; a new epoch asks again."""
    return f"{video.public_id}.{video.epoch}"


def password_opens(video: Video, password: str) -> bool:
    """Say whether this is the video's password."""
    lock = VideoLock.objects.filter(video=video).first()
    return lock is not None and check_password(password, lock.password)


def video_owned(public_id: str, *, by: Person | None) -> Video:
    """Return a video that *by* may change; raise `NotFound` for anybody else's."""
    sight = video_sight(public_id, viewer=by)
    if sight.video is None or not sight.owned:
        raise NotFound(public_id)
    return sight.video


def captions_of(video: Video) -> QuerySet[Caption]:
    """Return a video's caption tracks by label."""
    return Caption.objects.filter(video=video).order_by("label")


def caption_owned(caption_id: UUID, *, public_id: str, by: Person) -> Caption:
    """Return a caption track of a video of one's own; raise `NotFound` for any other."""
    video = video_owned(public_id, by=by)
    caption = Caption.objects.select_related("video").filter(pk=caption_id, video=video).first()
    if caption is None:
        raise NotFound(str(caption_id))
    return caption


def videos_due(*, before: object) -> QuerySet[Video]:
    """Return scheduled videos whose moment has come."""
    return Video.objects.filter(Q(visibility=Visibility.SCHEDULED) & Q(publish_at__lte=before))
