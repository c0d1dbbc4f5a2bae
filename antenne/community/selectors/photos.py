"""Where the pictures of posts are fetched: signed like the media of videos."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from antenne.catalog.states import Audience
from antenne.community.models import LinkCard, Post, PostPhoto
from antenne.delivery.selectors import PATH_LIFE_S
from antenne.kernel.clock import unix_s
from antenne.kernel.environment import environment
from antenne.kernel.signing import PUBLIC, media_prefix, subkey


def photo_url(photo: PostPhoto | LinkCard, post: Post, *, edge: str) -> str:
    """Return the address of a picture; that of a closed group runs out."""
    closed = post.audience == Audience.OWNERS
    expires_s = unix_s() + PATH_LIFE_S if closed else PUBLIC
    key = subkey(environment().secret, "media")
    prefix = media_prefix(key, video=post.public_id, epoch=post.epoch, expires_s=expires_s)
    return f"{edge}{prefix}/{photo.path}"


def first_photos() -> QuerySet[PostPhoto]:
    """Return the first picture of every post that has any."""
    return PostPhoto.objects.filter(position=0)


def photos_first(posts: Iterable[UUID]) -> dict[UUID, PostPhoto]:
    """Return the first picture of each of *posts* that has any (one query)."""
    return {photo.post_id: photo for photo in first_photos().filter(post__in=list(posts))}
