"""What a watch page shows of the community: likes, the subscription, where the comments are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from antenne.catalog.selectors.tallies import tallies_of
from antenne.catalog.states import Commenting, TallyKind
from antenne.community.selectors.comments import liked_of
from antenne.community.selectors.follows import follow_of
from antenne.community.states import Bell
from antenne.custody.selectors import setting_of
from antenne.custody.settings import FeatureSettings

if TYPE_CHECKING:
    from collections.abc import Mapping

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


def community_block(video: Video, viewer: Person | None) -> CommunityBlock:
    """Return what the page of *video* shows; at most three queries."""
    counted = tallies_of([video.pk, video.channel_id])
    return CommunityBlock(
        like=LikeBlock(
            url=reverse("video_like", args=[video.public_id]),
            on=video.pk in liked_of([video.pk], viewer),
            count=counted[video.pk].get(TallyKind.LIKES, 0),
        ),
        follow=follow_block(
            video.channel, viewer, count=counted[video.channel_id].get(TallyKind.FOLLOWERS, 0)
        ),
        comments_url=reverse("comments", args=[video.public_id]),
        comments=counted[video.pk].get(TallyKind.COMMENTS, 0),
        commenting=video.commenting != Commenting.OFF and setting_of(FeatureSettings).comments,
        tallies=counted[video.pk],
    )


def follow_block(
    channel: Channel, viewer: Person | None, *, count: int | None = None
) -> FollowBlock:
    """Return the button that follows *channel*; *count* where the caller knows it already."""
    if count is None:
        count = tallies_of([channel.pk])[channel.pk].get(TallyKind.FOLLOWERS, 0)
    follow = follow_of(viewer, channel.pk)
    return FollowBlock(
        url=reverse("follow", args=[channel.handle]),
        following=follow is not None,
        silent=follow is not None and follow.bell == Bell.NONE,
        own=viewer is not None and viewer.pk == channel.person_id,
        count=count,
        name=channel.name,
    )
