"""What a watch page shows of the community: likes, the subscription, where the comments are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from antenne.catalog.selectors.tallies import tallies_of
from antenne.catalog.states import Commenting, TallyKind
from antenne.community.selectors.follows import standing_of
from antenne.community.states import Bell
from antenne.custody.selectors import setting_of
from antenne.custody.settings import FeatureSettings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from antenne.accounts.models import Person
    from antenne.catalog.models import Channel, Video


@dataclass(frozen=True, slots=True)
class LikeBlock:
    """A button that likes (components/like.html): its address, its state, how many do."""

    url: str
    on: bool
    count: int
    small: bool = False


@dataclass(frozen=True, slots=True)
class FollowBlock:
    """A button that follows a channel (components/follow.html)."""

    url: str
    following: bool
    silent: bool
    own: bool
    count: int
    name: str


@dataclass(frozen=True, slots=True)
class CommunityBlock:
    """The community's part of a watch page; `tallies` is all that is counted of the video."""

    like: LikeBlock
    follow: FollowBlock
    comments_url: str
    comments: int
    commenting: bool
    tallies: Mapping[str, int]


def community_block(
    video: Video,
    viewer: Person | None,
    counted: Mapping[UUID, Mapping[str, int]] | None = None,
) -> CommunityBlock:
    """Return what the page of *video* shows; one query, and one where nobody has *counted* it."""
    counted = tallies_of([video.pk, video.channel_id]) if counted is None else counted
    of_video, of_channel = counted.get(video.pk, {}), counted.get(video.channel_id, {})
    standing = standing_of(viewer, subject=video.pk, channel=video.channel_id)
    return CommunityBlock(
        like=LikeBlock(
            url=reverse("video_like", args=[video.public_id]),
            on=standing.liked,
            count=of_video.get(TallyKind.LIKES, 0),
        ),
        follow=_follow_block(
            video.channel, viewer, standing.bell, of_channel.get(TallyKind.FOLLOWERS, 0)
        ),
        comments_url=reverse("comments", args=[video.public_id]),
        comments=of_video.get(TallyKind.COMMENTS, 0),
        commenting=video.commenting != Commenting.OFF and setting_of(FeatureSettings).comments,
        tallies=of_video,
    )


def follow_block(
    channel: Channel, viewer: Person | None, *, count: int | None = None
) -> FollowBlock:
    """Return the button that follows *channel*; *count* where the caller knows it already."""
    if count is None:
        count = tallies_of([channel.pk])[channel.pk].get(TallyKind.FOLLOWERS, 0)
    standing = standing_of(viewer, subject=channel.pk, channel=channel.pk)
    return _follow_block(channel, viewer, standing.bell, count)


def _follow_block(channel: Channel, viewer: Person | None, bell: str, count: int) -> FollowBlock:
    return FollowBlock(
        url=reverse("follow", args=[channel.handle]),
        following=bool(bell),
        silent=bell == Bell.NONE,
        own=viewer is not None and viewer.pk == channel.person_id,
        count=count,
        name=channel.name,
    )
