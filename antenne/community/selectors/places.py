"""What comments stand under: a video, a post or a discussion, as one viewer may use it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from antenne.accounts.models import Person
from antenne.catalog.models import Video
from antenne.catalog.selectors.sight import Access, SightRefused, video_sight
from antenne.catalog.states import Commenting
from antenne.community.models import Comment, GroupMember, Post
from antenne.community.selectors.posts import post_open
from antenne.community.states import Role
from antenne.custody.selectors import setting_of
from antenne.custody.settings import FeatureSettings


def topic_of_video(video: Video) -> str:
    """Return what open pages of a video listen to."""
    return f"video:{video.public_id}"


def topic_of_post(post: Post) -> str:
    """Return what open pages of a post listen to."""
    return f"post:{post.public_id}"


@dataclass(frozen=True, slots=True)
class Place:
    """A video or post that one viewer may see, and the rules for comments on it.

    `keeper_id` is who answers for it, `kept` says that this viewer decides about comments here,
    `barred` that they were banned from it and may only read.
    """

    subject: UUID
    home: str
    audience: str
    keeper_id: UUID
    kept: bool
    commenting: str
    slow_mode_s: int = 0
    video: Video | None = None
    post: Post | None = None
    barred: bool = False

    @property
    def topic(self) -> str:
        """Return what open pages of it listen to."""
        if self.video is not None:
            return topic_of_video(self.video)
        return topic_of_post(self.post) if self.post else ""

    @property
    def open(self) -> bool:
        """Say whether anybody may write here at all."""
        return self.commenting != Commenting.OFF


def place_of_post(public_id: str, *, viewer: Person | None) -> Place:
    """Return the place of a post that *viewer* may read; raise `NotFound` for others."""
    post, kept = post_open(public_id, viewer=viewer)
    return Place(
        subject=post.pk,
        home=post.home,
        audience=post.audience,
        keeper_id=post.person_id,
        kept=kept or (viewer is not None and viewer.pk == post.person_id),
        commenting=_commenting(post.commenting),
        post=post,
        barred=viewer is not None and _banned(post, viewer),
    )


def _banned(post: Post, viewer: Person) -> bool:
    if post.group_id is None:
        return False
    rows = GroupMember.objects.filter(group=post.group_id, person=viewer, role=Role.BANNED)
    return rows.exists()


def _commenting(wish: str) -> str:
    """Return who may comment: what its owner wishes, unless the site has no comments at all."""
    return wish if setting_of(FeatureSettings).comments else Commenting.OFF


def place_of_video(
    public_id: str, *, viewer: Person | None, unlocked: Collection[str] = ()
) -> Place:
    """Return the place of a video that *viewer* may watch; raise `SightRefused` for others."""
    sight = video_sight(public_id, viewer=viewer, unlocked=unlocked)
    video = sight.video
    if video is None or sight.access != Access.OPEN:
        raise SightRefused(sight.access)
    return Place(
        subject=video.pk,
        home=video.home,
        audience=video.audience,
        keeper_id=video.channel.person_id,
        kept=sight.owned,
        commenting=_commenting(video.commenting),
        slow_mode_s=video.slow_mode_s,
        video=video,
    )


def place_kept(comment: Comment) -> Place | None:
    """Return where a comment stands, as its keeper has it; None where that place is gone.

    For what nobody asks to see: decisions of those who run the site, and people who leave.
    """
    video = Video.objects.select_related("channel").filter(comments=comment).first()
    if video is not None:
        return _as_keeper(video, keeper_id=video.channel.person_id)
    post = Post.objects.filter(comments=comment).first()
    return _as_keeper(post, keeper_id=post.person_id) if post else None


def _as_keeper(about: Video | Post, *, keeper_id: UUID) -> Place:
    return Place(
        subject=about.pk,
        home=about.home,
        audience=about.audience,
        keeper_id=keeper_id,
        kept=True,
        commenting=about.commenting,
        video=about if isinstance(about, Video) else None,
        post=about if isinstance(about, Post) else None,
    )
