"""Reads of posts and discussions, with what stands on each, in a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from antenne.accounts.models import Person
from antenne.catalog.models import Channel, Video
from antenne.catalog.refusals import NotFound
from antenne.catalog.selectors.teams import may_edit
from antenne.catalog.states import TallyKind
from antenne.community.models import Follow, Group, GroupMember, LinkCard, Post, PostPhoto
from antenne.community.selectors.groups import groups_check, may_lead, may_read, role_in
from antenne.community.selectors.likes import tallies_and_likes
from antenne.community.selectors.links import link_shown, video_shown
from antenne.community.states import INSIDE
from antenne.custody.selectors import setting_of
from antenne.custody.settings import FeatureSettings

POST_JOINED: Final = (
    "channel",
    "group",
    "person",
    "video__channel",
    "link__video__channel",
    "link__channel",
    "link__playlist",
)
"""What is read with a post whenever it is shown."""


@dataclass(frozen=True, slots=True)
class PostSeen:
    """A post as one viewer sees it; `mine` says that they may change it."""

    post: Post
    photos: tuple[PostPhoto, ...]
    likes: int
    comments: int
    liked: bool
    mine: bool
    video: Video | None = None
    link: LinkCard | None = None


def _joined() -> QuerySet[Post]:
    return Post.objects.select_related(*POST_JOINED)


def posts_check() -> None:
    """Raise `NotFound` where channels of this site publish no posts."""
    if not setting_of(FeatureSettings).posts:
        raise NotFound


def posts_of_channel(channel: Channel) -> QuerySet[Post]:
    """Return what a channel has published in words and pictures; raise `NotFound`, as above."""
    posts_check()
    return _joined().filter(channel=channel)


def posts_of_group(group: Group) -> QuerySet[Post]:
    """Return the discussions of a group; the caller has asked whether the viewer may read them."""
    return _joined().filter(group=group)


def posts_followed(person: Person) -> QuerySet[Post]:
    """Return the posts of followed channels and the discussions of a person's groups.

    Raises `NotFound` where this site has neither.
    """
    offered = setting_of(FeatureSettings)
    if not (offered.posts or offered.groups):
        raise NotFound
    channels = Follow.objects.filter(person=person).values("channel")
    groups = GroupMember.objects.filter(person=person, role__in=INSIDE).values("group")
    where = Q(pk__in=[])
    where |= Q(channel__in=channels) if offered.posts else where
    where |= Q(group__in=groups) if offered.groups else where
    return _joined().filter(where)


def post_open(public_id: str, *, viewer: Person | None) -> tuple[Post, bool]:
    """Return a post that *viewer* may read, and whether they keep the place it stands in.

    Raises `NotFound` for any other.
    """
    post = _joined().filter(public_id=public_id.replace("\x00", "")).first()
    if post is None:
        raise NotFound(public_id)
    if post.channel is not None:
        posts_check()
        return post, viewer is not None and may_edit(viewer, post.channel)
    groups_check()
    role = role_in(viewer, post.group) if post.group else ""
    if post.group is None or not may_read(role, post.group):
        raise NotFound(public_id)
    return post, may_lead(role)


def posts_seen(
    posts: Sequence[Post], *, viewer: Person | None, kept: bool = False
) -> tuple[PostSeen, ...]:
    """Return posts as *viewer* sees them; *kept* says that they keep the place of all of them."""
    keys = [post.pk for post in posts]
    counted, liked = tallies_and_likes(keys, viewer=viewer)
    photos: dict[UUID, list[PostPhoto]] = defaultdict(list)
    for photo in PostPhoto.objects.filter(post__in=keys).order_by("position"):
        photos[photo.post_id].append(photo)
    return tuple(
        PostSeen(
            post=post,
            photos=tuple(photos[post.pk]),
            likes=counted.get(post.pk, {}).get(TallyKind.LIKES, 0),
            comments=counted.get(post.pk, {}).get(TallyKind.COMMENTS, 0),
            liked=post.pk in liked,
            mine=kept or (viewer is not None and viewer.pk == post.person_id and not post.removed),
            video=video_shown(post),
            link=link_shown(post),
        )
        for post in posts
    )
