"""Likes of videos and subscriptions."""

from __future__ import annotations

from datetime import datetime

from ninja import Router, Schema, Status

from antenne.api.v1.callers import ApiRequest
from antenne.api.v1.fields import Asked
from antenne.api.v1.paging import Paging
from antenne.api.v1.schemas import (
    ChannelOut,
    Listed,
    VideoOut,
    channel_out,
    listed,
    video_out,
)
from antenne.catalog.selectors.channels import channel_by_handle
from antenne.catalog.selectors.sight import video_open
from antenne.catalog.selectors.tallies import tallies_of
from antenne.catalog.states import TallyKind
from antenne.community.selectors.follows import follows_of, videos_followed
from antenne.community.selectors.likes import likes_of
from antenne.community.services.follows import channel_follow, channel_unfollow
from antenne.community.services.likes import video_like
from antenne.community.states import Bell
from antenne.kernel.pagination import Page

router = Router(tags=["community"])


class LikeOut(Schema):
    """Whether one likes a video, and how many do."""

    liked: bool
    likes: int


class FollowAsked(Asked):
    """How loudly to follow a channel."""

    bell: Bell = Bell.ALL


class FollowOut(Schema):
    """A channel that one follows."""

    channel: ChannelOut
    bell: Bell
    created_at: datetime


@router.put("/videos/{public_id}/like", response=LikeOut)
def video_like_put(request: ApiRequest, public_id: str) -> LikeOut:
    """Like a video."""
    return _liked(request, public_id, on=True)


@router.delete("/videos/{public_id}/like", response=LikeOut)
def video_like_drop(request: ApiRequest, public_id: str) -> LikeOut:
    """Take a like back."""
    return _liked(request, public_id, on=False)


def _liked(request: ApiRequest, public_id: str, *, on: bool) -> LikeOut:
    video = video_open(public_id, viewer=request.auth.person)
    video_like(by=request.auth.person, video=video, on=on)
    return LikeOut(liked=on, likes=tallies_of([video.pk])[video.pk].get(TallyKind.LIKES, 0))


@router.put("/channels/{handle}/follow", response=FollowOut)
def channel_follow_put(request: ApiRequest, handle: str, asked: FollowAsked) -> FollowOut:
    """Follow a channel, or change how loudly."""
    channel = channel_by_handle(handle)
    follow = channel_follow(by=request.auth.person, channel=channel, bell=asked.bell)
    return FollowOut(
        channel=channel_out(request, channel),
        bell=Bell(follow.bell),
        created_at=follow.created_at,
    )


@router.delete("/channels/{handle}/follow", response={204: None})
def channel_follow_drop(request: ApiRequest, handle: str) -> Status[None]:
    """Stop following a channel."""
    channel_unfollow(by=request.auth.person, channel=channel_by_handle(handle))
    return Status(204, None)


@router.get("/me/follows", response=Listed[FollowOut])
def me_follows(request: ApiRequest, asked: Paging) -> Listed[FollowOut]:
    """List the channels that one follows, the latest first."""
    rows = follows_of(request.auth.person)
    page = asked.of(rows, by="created_at")
    return listed(
        page,
        lambda row: FollowOut(
            channel=channel_out(request, row.channel), bell=row.bell, created_at=row.created_at
        ),
    )


@router.get("/me/subscriptions", response=Listed[VideoOut])
def me_subscriptions(request: ApiRequest, asked: Paging) -> Listed[VideoOut]:
    """List what the channels that one follows have published, the latest first."""
    rows = videos_followed(request.auth.person)
    page = asked.of(rows, by="published_at")
    return listed(page, lambda video: video_out(request, video))


@router.get("/me/likes", response=Listed[VideoOut])
def me_likes(request: ApiRequest, asked: Paging) -> Listed[VideoOut]:
    """List the videos that one likes, the latest liked first."""
    likes = asked.of(likes_of(request.auth.person), by="created_at")
    page = Page(tuple(row.video for row in likes.rows if row.video), likes.next_cursor)
    return listed(page, lambda video: video_out(request, video))
