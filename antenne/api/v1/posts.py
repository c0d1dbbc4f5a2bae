"""Posts of channels and discussions of groups: text, photos, a video."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

from django.urls import reverse
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from antenne.api.problems import Problem
from antenne.api.v1.callers import ANYBODY, ANYBODY_ALIKE, ApiRequest, edge_of
from antenne.api.v1.fields import Asked, Text
from antenne.api.v1.gate import MAX_BYTES
from antenne.api.v1.paging import Paging
from antenne.api.v1.schemas import Listed, NamedOut, named_out, site_url
from antenne.catalog.selectors.channels import channel_by_handle
from antenne.community.selectors.groups import group_by_handle, group_readable
from antenne.community.selectors.photos import photo_url
from antenne.community.selectors.posts import (
    PostSeen,
    post_open,
    posts_followed,
    posts_of_channel,
    posts_of_group,
    posts_seen,
)
from antenne.community.services.likes import post_like
from antenne.community.services.posts import (
    BODY_MAX_CHARS,
    PHOTOS_MAX,
    Brought,
    Words,
    channel_post,
    group_post,
    post_edit,
    post_remove,
)
from antenne.ffmpeg.posters import IMAGE_MAX_BYTES
from antenne.kernel.pagination import Page

if TYPE_CHECKING:
    from antenne.community.models import LinkCard, Post

router = Router(tags=["posts"])
_LARGE = {MAX_BYTES: PHOTOS_MAX * IMAGE_MAX_BYTES + 256 * 1024}
Photos = Annotated[list[UploadedFile], File(description="JPEG, PNG or WebP, at most ten")]


class PostAsked(Asked):
    """What a post says; `alts` says what each picture shows, in their order."""

    body: Text = Field(default="", max_length=BODY_MAX_CHARS)
    title: Text = Field(default="", max_length=200, description="Of a discussion.")
    video: Text = Field(default="", max_length=200, description="Id of a public video.")
    alts: list[Text] = Field(default=[], max_length=PHOTOS_MAX)


class PostEdited(Asked):
    """Other words for a post."""

    body: Text = Field(max_length=BODY_MAX_CHARS)


class PhotoOut(Schema):
    """A picture of a post."""

    url: str
    width_px: int
    height_px: int
    alt: str


class LinkedOut(Schema):
    """The first page that a post links to: of another site, or a channel or playlist of this one.

    Of another site `title` and `about` are what that page says of itself.
    """

    url: str
    title: str
    about: str
    channel: str | None = Field(description="Handle.")
    playlist: str | None


class PostOut(Schema):
    """A post of a channel, or a discussion of a group: one of the two handles is set.

    `person` is null where what began a discussion was removed and answers remain.
    """

    id: str
    channel: str | None = Field(description="Handle of its channel.")
    group: str | None = Field(description="Handle of its group.")
    person: NamedOut | None
    title: str
    body: str
    photos: list[PhotoOut]
    video: str | None = Field(description="The video that it shows or links to.")
    link: LinkedOut | None
    likes: int
    liked: bool
    comments: int
    url: str
    created_at: datetime
    edited_at: datetime | None


def _link_out(card: LinkCard) -> LinkedOut:
    return LinkedOut(
        url=card.url,
        title=card.title,
        about=card.about,
        channel=card.channel.handle if card.channel else None,
        playlist=card.playlist.public_id if card.playlist else None,
    )


def _out(request: ApiRequest, seen: PostSeen) -> PostOut:
    post, edge = seen.post, edge_of(request)
    return PostOut(
        id=post.public_id,
        channel=post.channel.handle if post.channel else None,
        group=post.group.handle if post.group else None,
        person=None if post.removed else named_out(post.person),
        title=post.title,
        body=post.body,
        photos=[
            PhotoOut(
                url=photo_url(photo, post, edge=edge),
                width_px=photo.width_px,
                height_px=photo.height_px,
                alt=photo.alt,
            )
            for photo in seen.photos
        ],
        video=seen.video.public_id if seen.video else None,
        link=_link_out(seen.link) if seen.link else None,
        likes=seen.likes,
        liked=seen.liked,
        comments=seen.comments,
        url=site_url(request, reverse("post", args=[post.public_id])),
        created_at=post.created_at,
        edited_at=post.edited_at,
    )


def posts_out(request: ApiRequest, posts: Sequence[Post]) -> list[PostOut]:
    """Say posts as the caller sees them, in their order (three queries)."""
    return [_out(request, seen) for seen in posts_seen(posts, viewer=request.auth.viewer)]


def _page(request: ApiRequest, page: Page[Post]) -> Listed[PostOut]:
    items = posts_out(request, page.rows)
    return Listed(items=items, next_cursor=page.next_cursor or None)


def _one(request: ApiRequest, public_id: str) -> PostOut:
    post, _kept = post_open(public_id, viewer=request.auth.viewer)
    return posts_out(request, [post])[0]


def _words(asked: PostAsked, photos: Sequence[UploadedFile]) -> Words:
    if len(photos) > PHOTOS_MAX or any((photo.size or 0) > IMAGE_MAX_BYTES for photo in photos):
        raise Problem("too-large")
    alts = [*asked.alts, *[""] * len(photos)]
    brought = tuple(Brought(photo.read(), alts[n]) for n, photo in enumerate(photos))
    return Words(body=asked.body, title=asked.title, video=asked.video, photos=brought)


@router.get("/channels/{handle}/posts", response=Listed[PostOut], **ANYBODY_ALIKE)
def channel_posts(request: ApiRequest, handle: str, asked: Paging) -> Listed[PostOut]:
    """List a channel's posts, the newest first."""
    rows = posts_of_channel(channel_by_handle(handle))
    page = asked.of(rows, by="created_at")
    return _page(request, page)


@router.post("/channels/{handle}/posts", response={201: PostOut}, openapi_extra=_LARGE)
def channel_post_make(
    request: ApiRequest,
    handle: str,
    asked: Annotated[PostAsked, Form()],
    photos: Photos = [],  # noqa: B006 - ninja reads it, nobody changes it
) -> Status[PostOut]:
    """Publish a post in a channel that one may edit."""
    channel = channel_by_handle(handle)
    made = channel_post(by=request.auth.person, channel=channel, words=_words(asked, photos))
    return Status(201, _one(request, made.public_id))


@router.get("/groups/{handle}/posts", response=Listed[PostOut], **ANYBODY_ALIKE)
def group_posts(request: ApiRequest, handle: str, asked: Paging) -> Listed[PostOut]:
    """List the discussions of a group that one may read, the newest first."""
    group, _role = group_readable(handle, viewer=request.auth.viewer)
    rows = posts_of_group(group)
    page = asked.of(rows, by="created_at")
    return _page(request, page)


@router.post("/groups/{handle}/posts", response={201: PostOut}, openapi_extra=_LARGE)
def group_post_make(
    request: ApiRequest,
    handle: str,
    asked: Annotated[PostAsked, Form()],
    photos: Photos = [],  # noqa: B006 - ninja reads it, nobody changes it
) -> Status[PostOut]:
    """Begin a discussion in a group that one belongs to."""
    group = group_by_handle(handle)
    made = group_post(by=request.auth.person, group=group, words=_words(asked, photos))
    return Status(201, _one(request, made.public_id))


@router.get("/me/posts", response=Listed[PostOut])
def me_posts(request: ApiRequest, asked: Paging) -> Listed[PostOut]:
    """List the posts of channels that one follows and the discussions of one's groups."""
    rows = posts_followed(request.auth.person)
    page = asked.of(rows, by="created_at")
    return _page(request, page)


@router.get("/posts/{public_id}", response=PostOut, **ANYBODY)
def post_read(request: ApiRequest, public_id: str) -> PostOut:
    """Read a post."""
    return _one(request, public_id)


@router.patch("/posts/{public_id}", response=PostOut)
def post_change(request: ApiRequest, public_id: str, asked: PostEdited) -> PostOut:
    """Change the words of one's own post."""
    post_edit(by=request.auth.person, public_id=public_id, body=asked.body)
    return _one(request, public_id)


@router.delete("/posts/{public_id}", response={204: None})
def post_delete(request: ApiRequest, public_id: str) -> Status[None]:
    """Remove a post of one's own, or of a channel or group that one keeps."""
    post_remove(by=request.auth.person, public_id=public_id)
    return Status(204, None)


@router.put("/posts/{public_id}/like", response=PostOut)
def post_like_put(request: ApiRequest, public_id: str) -> PostOut:
    """Like a post."""
    return _liked(request, public_id, on=True)


@router.delete("/posts/{public_id}/like", response=PostOut)
def post_like_drop(request: ApiRequest, public_id: str) -> PostOut:
    """Take a like back."""
    return _liked(request, public_id, on=False)


def _liked(request: ApiRequest, public_id: str, *, on: bool) -> PostOut:
    found, _kept = post_open(public_id, viewer=request.auth.person)
    post_like(by=request.auth.person, post=found, on=on)
    return _one(request, public_id)
