"""Lists of the desk: people, channels, videos and comments, narrowed and in an order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, TypeVar
from uuid import UUID

from ninja import Query, Router, Schema
from pydantic import BaseModel, Field

from antenne.api.v1.callers import ApiRequest
from antenne.api.v1.fields import Text
from antenne.api.v1.paging import PageAsked
from antenne.api.v1.schemas import ChannelOut, Listed, NamedOut, VideoOut, channel_out, video_out
from antenne.catalog.states import State, Visibility
from antenne.community.states import Ruled
from antenne.moderation.selectors.lists import (
    Age,
    Asked,
    ListPage,
    PersonState,
    Sort,
    channels_page,
    comments_page,
    people_page,
    videos_page,
)
from antenne.moderation.selectors.lists import Listed as Row

router = Router(tags=["desk"])
Out = TypeVar("Out", bound=BaseModel)


class RowsAsked(PageAsked):
    """What every list is narrowed to: a text, a region, an age in days, what has been reported."""

    text: Text = Field(default="", max_length=80)
    region: Text = Field(default="", max_length=8)
    age: Age | None = None
    reported: bool = False

    def asked(
        self, *, sort: Sort, state: str | None = None, visibility: str | None = None
    ) -> Asked:
        """Return what moderation understands."""
        return Asked(
            text=self.text.strip(),
            state=state or "",
            visibility=visibility or "",
            region=self.region,
            age=self.age or "",
            reported=self.reported,
            sort=sort,
        )


class PeopleAsked(RowsAsked):
    """Which people: `text` is in their handle, name or address."""

    state: PersonState | None = None
    sort: Sort = Sort.NEW


class ChannelsAsked(RowsAsked):
    """Which channels: `text` is in their handle or name, or is their owner's handle."""

    sort: Sort = Sort.NEW


class VideosAsked(RowsAsked):
    """Which videos: `text` is in the title, or is an id or the handle of a channel or owner."""

    visibility: Visibility | None = None
    state: State | None = None
    sort: Sort = Sort.NEW


class RemarksAsked(RowsAsked):
    """Which comments: `text` is in them, or is the id of a video or the handle of a writer."""

    state: Ruled | None = None
    sort: Sort = Sort.NEW


class PersonRowOut(NamedOut):
    """A person in the list of all, with how many reports on them are open."""

    email: str
    active: bool
    operator: bool
    suspended: bool
    channels: int
    reports: int
    created_at: datetime


class ChannelRowOut(Schema):
    """A channel, whose it is, how much it holds, its views and open reports."""

    channel: ChannelOut
    owner: NamedOut
    videos: int
    views: int
    reports: int


class VideoRowOut(Schema):
    """A video, its views and open reports."""

    video: VideoOut
    views: int
    reports: int


class CommentRowOut(Schema):
    """A comment, where it stands, who wrote it, what was decided, its open reports."""

    id: UUID
    video: str | None
    post: str | None
    person: str | None = Field(description="Handle.")
    text: str
    state: Ruled | None
    reports: int
    created_at: datetime


def _listed(page: ListPage, say: Callable[[Row], Out]) -> Listed[Out]:
    return Listed(items=[say(row) for row in page.rows], next_cursor=page.next_cursor or None)


def _person_row(listed: Row) -> PersonRowOut:
    row: Any = listed.row
    user = row.user
    return PersonRowOut(
        id=row.pk,
        handle=row.handle,
        name=row.name,
        email=user.email if user else "",
        active=bool(user and user.is_active),
        operator=bool(user and user.is_operator),
        suspended=hasattr(row, "suspension"),
        channels=row.channel_count,
        reports=listed.reports,
        created_at=row.created_at,
    )


def _comment_row(listed: Row) -> CommentRowOut:
    row: Any = listed.row
    return CommentRowOut(
        id=row.pk,
        video=row.video.public_id if row.video else None,
        post=row.post.public_id if row.post else None,
        person=row.person.handle if row.person else None,
        text=row.body,
        state=row.ruling.state if hasattr(row, "ruling") else None,
        reports=listed.reports,
        created_at=row.created_at,
    )


@router.get("/people", response=Listed[PersonRowOut])
def desk_people(
    request: ApiRequest, asked: Annotated[PeopleAsked, Query()]
) -> Listed[PersonRowOut]:
    """List people."""
    wish = asked.asked(sort=asked.sort, state=asked.state)
    page = people_page(by=request.auth.person, asked=wish, cursor=asked.cursor, size=asked.size)
    return _listed(page, _person_row)


@router.get("/channels", response=Listed[ChannelRowOut])
def desk_channels(
    request: ApiRequest, asked: Annotated[ChannelsAsked, Query()]
) -> Listed[ChannelRowOut]:
    """List channels."""
    page = channels_page(
        by=request.auth.person,
        asked=asked.asked(sort=asked.sort),
        cursor=asked.cursor,
        size=asked.size,
    )

    def say(listed: Row) -> ChannelRowOut:
        row: Any = listed.row
        owner = NamedOut(id=row.person.pk, handle=row.person.handle, name=row.person.name)
        said = channel_out(request, row)
        counted = {"videos": row.video_count, "views": listed.views, "reports": listed.reports}
        return ChannelRowOut(channel=said, owner=owner, **counted)

    return _listed(page, say)


@router.get("/videos", response=Listed[VideoRowOut])
def desk_videos(request: ApiRequest, asked: Annotated[VideosAsked, Query()]) -> Listed[VideoRowOut]:
    """List every video, also those that others do not see."""
    wish = asked.asked(sort=asked.sort, state=asked.state, visibility=asked.visibility)
    page = videos_page(by=request.auth.person, asked=wish, cursor=asked.cursor, size=asked.size)

    def say(listed: Row) -> VideoRowOut:
        row: Any = listed.row
        said = video_out(request, row)
        return VideoRowOut(video=said, views=listed.views, reports=listed.reports)

    return _listed(page, say)


@router.get("/comments", response=Listed[CommentRowOut])
def desk_comments(
    request: ApiRequest, asked: Annotated[RemarksAsked, Query()]
) -> Listed[CommentRowOut]:
    """List comments, also those that wait or are hidden."""
    wish = asked.asked(sort=asked.sort, state=asked.state)
    page = comments_page(by=request.auth.person, asked=wish, cursor=asked.cursor, size=asked.size)
    return _listed(page, _comment_row)
