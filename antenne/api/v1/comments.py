"""Comments on videos and posts, and what people decide about them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from ninja import Query, Router, Schema, Status
from pydantic import Field

from antenne.api.v1.callers import ANYBODY, ANYBODY_ALIKE, ApiRequest, address_of
from antenne.api.v1.fields import Asked, Said, Text
from antenne.api.v1.paging import PageAsked, Paging
from antenne.api.v1.schemas import Listed, listed
from antenne.community.selectors.comments import (
    CommentSeen,
    answers_page,
    comment_kept,
    comment_open,
    comment_seen,
    comments_page,
    held_page,
)
from antenne.community.selectors.places import Place, place_of_post, place_of_video
from antenne.community.services.comments import comment_create, comment_edit, comment_remove
from antenne.community.services.likes import comment_like
from antenne.community.services.rulings import comment_heart, comment_pin, comment_rule
from antenne.community.states import Cause, Ruled, Sort

if TYPE_CHECKING:
    from antenne.community.models import CommentRuling

router = Router(tags=["comments"])
Body = Annotated[Text, Field(min_length=1, max_length=5000)]


class PersonOut(Said):
    """Who wrote; `channel` is the handle of their first channel, if they have one."""

    handle: str
    name: str
    channel: str | None


class CommentOut(Said):
    """A comment; `person` and `text` are empty where it was removed and answers remain."""

    id: UUID
    video: str | None
    post: str | None
    thread: UUID | None
    reply_to: UUID | None
    person: PersonOut | None
    text: str
    state: Ruled
    pinned: bool
    hearted: bool
    removed: bool
    likes: int
    liked: bool
    replies: int
    created_at: datetime
    edited_at: datetime | None


class CommentAsked(Asked):
    """A comment to write; `reply_to` is the comment that it answers."""

    text: Body
    reply_to: UUID | None = None


class CommentEdited(Asked):
    """Other words for a comment."""

    text: Body


class RulingAsked(Asked):
    """What to decide; what is left out stays."""

    state: Ruled | None = Field(default=None, description="`shown` or `hidden`")
    pinned: bool | None = None
    hearted: bool | None = None


class CommentsAsked(PageAsked):
    """Which page of comments, in which order."""

    sort: Sort = Sort.TOP


class HeldOut(Schema):
    """A comment that waits for one's review, and why."""

    id: UUID
    video: str | None
    post: str | None
    person: PersonOut | None
    text: str
    cause: Cause
    created_at: datetime


def comment_out(seen: CommentSeen, place: Place) -> CommentOut:
    """Return a comment on *place* as the API says it."""
    comment, ruling = seen.comment, seen.ruling
    return CommentOut(
        id=comment.pk,
        video=seen.watch or None,
        post=place.post.public_id if place.post else None,
        thread=comment.root_id,
        reply_to=comment.reply_to_id,
        person=_person_out(seen),
        text=comment.body,
        state=Ruled(ruling.state),
        pinned=ruling.pinned,
        hearted=ruling.hearted,
        removed=comment.removed,
        likes=seen.likes,
        liked=seen.liked,
        replies=ruling.replies,
        created_at=comment.created_at,
        edited_at=comment.edited_at,
    )


def _person_out(seen: CommentSeen) -> PersonOut | None:
    writer = seen.comment.person
    if writer is None or seen.comment.removed:
        return None
    return PersonOut(handle=writer.handle, name=writer.name, channel=seen.handle or None)


def _one(request: ApiRequest, key: UUID) -> CommentOut:
    comment, place = comment_open(key, viewer=request.auth.viewer)
    return comment_out(comment_seen(comment, place, viewer=request.auth.viewer), place)


@router.get("/videos/{public_id}/comments", response=Listed[CommentOut], **ANYBODY_ALIKE)
def comments_list(
    request: ApiRequest, public_id: str, asked: Annotated[CommentsAsked, Query()]
) -> Listed[CommentOut]:
    """List the comments on a video, answers left out; a pinned one comes first."""
    return _page(request, place_of_video(public_id, viewer=request.auth.viewer), asked)


def _page(request: ApiRequest, place: Place, asked: CommentsAsked) -> Listed[CommentOut]:
    page = comments_page(
        place, viewer=request.auth.viewer, sort=asked.sort, cursor=asked.cursor, size=asked.size
    )
    items = [comment_out(seen, place) for seen in page.items]
    return Listed(items=items, next_cursor=page.next_cursor or None)


@router.post("/videos/{public_id}/comments", response={201: CommentOut})
def comments_create(request: ApiRequest, public_id: str, asked: CommentAsked) -> Status[CommentOut]:
    """Write a comment; sent twice within two minutes, it is there once."""
    return _written(request, place_of_video(public_id, viewer=request.auth.person), asked)


def _written(request: ApiRequest, place: Place, asked: CommentAsked) -> Status[CommentOut]:
    comment = comment_create(
        by=request.auth.person,
        place=place,
        body=asked.text,
        reply_to=asked.reply_to,
        address=address_of(request),
    )
    return Status(201, _one(request, comment.pk))


@router.get("/posts/{public_id}/comments", response=Listed[CommentOut], **ANYBODY_ALIKE)
def post_comments_list(
    request: ApiRequest, public_id: str, asked: Annotated[CommentsAsked, Query()]
) -> Listed[CommentOut]:
    """List the comments on a post, answers left out; a pinned one comes first."""
    return _page(request, place_of_post(public_id, viewer=request.auth.viewer), asked)


@router.post("/posts/{public_id}/comments", response={201: CommentOut})
def post_comments_create(
    request: ApiRequest, public_id: str, asked: CommentAsked
) -> Status[CommentOut]:
    """Write a comment on a post."""
    return _written(request, place_of_post(public_id, viewer=request.auth.person), asked)


@router.get("/me/comments/held", response=Listed[HeldOut])
def me_comments_held(request: ApiRequest, asked: Paging) -> Listed[HeldOut]:
    """List the comments that wait for one's review, the newest first."""
    page = held_page(request.auth.person, cursor=asked.cursor, size=asked.size)
    return listed(page, _held_out)


def _held_out(ruling: CommentRuling) -> HeldOut:
    writer = ruling.comment.person
    return HeldOut(
        id=ruling.comment.pk,
        video=ruling.video.public_id if ruling.video else None,
        post=ruling.post.public_id if ruling.post else None,
        person=PersonOut(handle=writer.handle, name=writer.name, channel=None) if writer else None,
        text=ruling.comment.body,
        cause=Cause(ruling.cause),
        created_at=ruling.comment.created_at,
    )


@router.get("/comments/{comment_id}", response=CommentOut, **ANYBODY)
def comment_read(request: ApiRequest, comment_id: UUID) -> CommentOut:
    """Read a comment."""
    return _one(request, comment_id)


@router.get("/comments/{comment_id}/answers", response=Listed[CommentOut], **ANYBODY_ALIKE)
def comment_answers(request: ApiRequest, comment_id: UUID, asked: Paging) -> Listed[CommentOut]:
    """List the answers in a thread, the oldest first."""
    root, place = comment_open(comment_id, viewer=request.auth.viewer)
    found, after = answers_page(
        root, place, viewer=request.auth.viewer, cursor=asked.cursor, size=asked.size
    )
    return Listed(items=[comment_out(seen, place) for seen in found], next_cursor=after or None)


@router.patch("/comments/{comment_id}", response=CommentOut)
def comment_change(request: ApiRequest, comment_id: UUID, asked: CommentEdited) -> CommentOut:
    """Change the words of one's own comment."""
    comment_edit(by=request.auth.person, key=comment_id, body=asked.text)
    return _one(request, comment_id)


@router.delete("/comments/{comment_id}", response={204: None})
def comment_delete(request: ApiRequest, comment_id: UUID) -> Status[None]:
    """Remove one's own comment."""
    comment_remove(by=request.auth.person, key=comment_id)
    return Status(204, None)


@router.put("/comments/{comment_id}/ruling", response=CommentOut)
def comment_ruling(request: ApiRequest, comment_id: UUID, asked: RulingAsked) -> CommentOut:
    """Show, hide, pin or heart a comment on a video of one's own."""
    by = request.auth.person
    comment_kept(comment_id, by=by)
    if asked.state is not None:
        comment_rule(by=by, key=comment_id, state=asked.state)
    if asked.pinned is not None:
        comment_pin(by=by, key=comment_id, on=asked.pinned)
    if asked.hearted is not None:
        comment_heart(by=by, key=comment_id, on=asked.hearted)
    return _one(request, comment_id)


@router.put("/comments/{comment_id}/like", response=CommentOut)
def comment_like_put(request: ApiRequest, comment_id: UUID) -> CommentOut:
    """Like a comment."""
    return _liked(request, comment_id, on=True)


@router.delete("/comments/{comment_id}/like", response=CommentOut)
def comment_like_drop(request: ApiRequest, comment_id: UUID) -> CommentOut:
    """Take a like back."""
    return _liked(request, comment_id, on=False)


def _liked(request: ApiRequest, key: UUID, *, on: bool) -> CommentOut:
    comment, place = comment_open(key, viewer=request.auth.person)
    comment_like(by=request.auth.person, comment=comment, home=place.home, on=on)
    return _one(request, key)
