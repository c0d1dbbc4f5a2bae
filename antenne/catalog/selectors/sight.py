"""Whether a viewer may see a video: decided here and nowhere else."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.contrib.auth.hashers import check_password
from django.db.models import QuerySet

from antenne.accounts.models import Person
from antenne.catalog.models import Epoch, Video, VideoLock
from antenne.catalog.refusals import NotFound
from antenne.catalog.selectors.teams import role_of_video
from antenne.catalog.states import POWERS_OF, Power, TeamRole, Visibility
from antenne.kernel.clock import now
from antenne.kernel.written import written


class Access(StrEnum):
    """What a viewer may do with a video."""

    OPEN = "open"
    PASSWORD = "password"  # noqa: S105 - a kind of access
    PRIVATE = "private"
    SCHEDULED = "scheduled"
    PREMIERE = "premiere"
    ELSEWHERE = "elsewhere"
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Sight:
    """A video as one viewer may see it; `video` is None where there is none.

    `role` is the viewer's in its channel; `owned` says that they may change the video.
    """

    access: Access
    video: Video | None
    role: str = ""

    @property
    def owned(self) -> bool:
        """Say whether the viewer may change the video."""
        return self.may(Power.EDIT)

    def may(self, power: Power) -> bool:
        """Say whether the viewer may do this with the video."""
        return power in POWERS_OF.get(self.role, ())


class SightRefused(Exception):
    """This viewer may not watch this video; `access` says why."""

    def __init__(self, access: Access) -> None:
        super().__init__(access)
        self.access = access


def video_sight(public_id: str, *, viewer: Person | None, unlocked: Collection[str] = ()) -> Sight:
    """Say what *viewer* may do with a video; *unlocked* are ids whose password was given."""
    found = _sighted(public_id, *([viewer.pk] if viewer else []))
    video = found[0] if found else None
    if video is None:
        gone = Epoch.objects.filter(video=public_id).exists()
        return Sight(Access.REMOVED if gone else Access.MISSING, None)
    role = _role_of(video, viewer)
    if role:
        return Sight(Access.OPEN, video, role)
    return Sight(_access_of(video, unlocked=unlocked), video)


@written
def _sighted(public_id: str, viewer: UUID | None = None) -> QuerySet[Video]:
    """Return a video with its channel, and the role that *viewer* has there."""
    rows = Video.objects.select_related("channel__person").filter(public_id=public_id)
    if viewer is not None:
        rows = rows.annotate(viewer_role=role_of_video("channel", viewer))
    return rows.order_by("pk")[:1]


def _role_of(video: Video, viewer: Person | None) -> str:
    if viewer is None:
        return ""
    if video.channel.person_id == viewer.pk:
        return TeamRole.OWNER
    return getattr(video, "viewer_role", None) or ""


def owns(video: Video, viewer: Person | None) -> bool:
    """Say whether *viewer* belongs to the people of a video's channel, as `video_sight` read it."""
    return bool(_role_of(video, viewer))


def _access_of(video: Video, *, unlocked: Collection[str]) -> Access:
    """Return what a stranger may do; anything this does not know is private."""
    if video.visibility == Visibility.PASSWORD:
        return Access.OPEN if unlock_key(video) in unlocked else Access.PASSWORD
    if announced(video):
        return Access.OPEN if begun(video) else Access.PREMIERE
    return {
        Visibility.PUBLIC.value: Access.OPEN,
        Visibility.UNLISTED.value: Access.OPEN,
        Visibility.SCHEDULED.value: Access.SCHEDULED,
        Visibility.WITHDRAWN.value: Access.WITHDRAWN,
    }.get(video.visibility, Access.PRIVATE)


def announced(video: Video) -> bool:
    """Say whether everybody may know of a video before it can be watched: a premiere."""
    return video.visibility == Visibility.SCHEDULED and video.premiere


def begun(video: Video) -> bool:
    """Say whether the moment of a premiere has come, though it may not be written as public yet."""
    return video.publish_at is not None and video.publish_at <= now()


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


def video_owned(public_id: str, *, by: Person | None, power: Power = Power.EDIT) -> Video:
    """Return a video with which *by* may do this; raise `NotFound` for any other."""
    sight = video_sight(public_id, viewer=by)
    if sight.video is None or not sight.may(power):
        raise NotFound(public_id)
    return sight.video
