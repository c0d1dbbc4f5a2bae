"""Whether a viewer may see a video: decided here and nowhere else."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from django.contrib.auth.hashers import check_password

from antenne.accounts.models import Person
from antenne.catalog.models import Epoch, Video, VideoLock
from antenne.catalog.refusals import NotFound
from antenne.catalog.states import Visibility


class Access(StrEnum):
    """What a viewer may do with a video."""

    OPEN = "open"
    PASSWORD = "password"  # noqa: S105 - a kind of access
    PRIVATE = "private"
    SCHEDULED = "scheduled"
    WITHDRAWN = "withdrawn"
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
        Visibility.WITHDRAWN.value: Access.WITHDRAWN,
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
