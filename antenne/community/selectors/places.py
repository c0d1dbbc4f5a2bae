"""What comments stand under: a video, a post or a discussion, as one viewer may use it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from antenne.accounts.models import Person
from antenne.catalog.models import Video
from antenne.catalog.selectors.sight import video_open
from antenne.catalog.states import Commenting
from antenne.community.models import Post


@dataclass(frozen=True, slots=True)
class Place:
    """A video or post that this viewer may see, and the rules for comments on it."""

    subject: UUID
    home: str
    audience: str
    keeper_id: UUID
    commenting: str
    slow_mode_s: int = 0
    video: Video | None = None
    post: Post | None = None

    @property
    def topic(self) -> str:
        """Return what open pages of it listen to."""
        if self.video is not None:
            return f"video:{self.video.public_id}"
        return f"post:{self.post.public_id}" if self.post else ""

    @property
    def open(self) -> bool:
        """Say whether anybody may write here at all."""
        return self.commenting != Commenting.OFF


def place_of_video(
    public_id: str, *, viewer: Person | None, unlocked: Collection[str] = ()
) -> Place:
    """Return the place of a video that *viewer* may watch; raise `SightRefused` for others."""
    return place_made(video_open(public_id, viewer=viewer, unlocked=unlocked))


def place_made(video: Video) -> Place:
    """Return the place of a video that the caller has been allowed to see."""
    return Place(
        subject=video.pk,
        home=video.home,
        audience=video.audience,
        keeper_id=video.channel.person_id,
        commenting=video.commenting,
        slow_mode_s=video.slow_mode_s,
        video=video,
    )


def may_keep(person: Person | None, place: Place) -> bool:
    """Say whether *person* decides about comments here."""
    return person is not None and person.pk == place.keeper_id
