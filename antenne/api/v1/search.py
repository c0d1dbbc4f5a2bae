"""Search, and what there is to look around in: categories, and what people watch now."""

from __future__ import annotations

from typing import Annotated

from ninja import Query, Router, Schema
from pydantic import Field

from antenne.api.v1.callers import ANYBODY, ApiRequest
from antenne.api.v1.fields import Language, Text
from antenne.api.v1.narrowing import Narrowed
from antenne.api.v1.paging import PageAsked
from antenne.api.v1.schemas import ChannelOut, Listed, VideoOut, channel_out, listed, video_out
from antenne.catalog.asking import asking_read
from antenne.catalog.selectors.categories import categories_used
from antenne.catalog.selectors.search import (
    Kind,
    Sort,
    channels_found,
    moments_found,
    videos_found,
)
from antenne.catalog.selectors.trending import videos_trending
from antenne.catalog.selectors.words import asking_corrected
from antenne.catalog.states import Category

router = Router(tags=["search"])
lists = Router(tags=["search"])


class SearchAsked(Narrowed):
    """Words, "phrases", -minus and OR, and what videos must be like."""

    q: Text = Field(default="", max_length=200)
    kind: Kind = Kind.VIDEO
    sort: Sort = Sort.RELEVANCE


class TrendingAsked(PageAsked):
    """In which language, and of which category."""

    language: Language = ""
    category: Category | None = None


class MomentOut(Schema):
    """A place in a video where the words are said."""

    start_ms: int
    text: str


class FoundOut(Schema):
    """A video that was found."""

    video: VideoOut
    moments: list[MomentOut]


class SearchOut(Schema):
    """One page of what was found: videos, or channels where those were asked for."""

    videos: list[FoundOut]
    channels: list[ChannelOut]
    meant: str | None = Field(description="What was probably meant, where nothing was found.")
    next_cursor: str | None


class CategoryOut(Schema):
    """A category in which there is something."""

    key: Category
    name: str


@router.get("", response=SearchOut, **ANYBODY)
def search_read(request: ApiRequest, asked: Annotated[SearchAsked, Query()]) -> SearchOut:
    """Search what everybody may watch."""
    asking = asking_read(asked.q)
    if asked.kind == Kind.CHANNEL:
        found = channels_found(asking, cursor=asked.cursor, size=asked.size)
        rows = [channel_out(request, row.channel) for row in found.rows]
        return SearchOut(
            videos=[], channels=rows, meant=None, next_cursor=found.next_cursor or None
        )
    page = videos_found(
        asking,
        asked.narrowing(),
        sort=asked.sort,
        spoken=asked.kind == Kind.MOMENT and not asking.empty,
        cursor=asked.cursor,
        size=asked.size,
    )
    moments = moments_found(asking, page.rows)
    meant = None if page.rows or asking.empty else asking_corrected(asking)
    return SearchOut(
        videos=[
            FoundOut(
                video=video_out(request, video),
                moments=[
                    MomentOut(start_ms=each.start_ms, text=each.text)
                    for each in moments.get(video.pk, [])
                ],
            )
            for video in page.rows
        ],
        channels=[],
        meant=meant.text if meant else None,
        next_cursor=page.next_cursor or None,
    )


@lists.get("/categories", response=list[CategoryOut], **ANYBODY)
def categories_list(request: ApiRequest) -> list[CategoryOut]:  # noqa: ARG001 - ninja hands it over
    """List the categories in which there is something."""
    return [CategoryOut(key=each, name=str(each.label)) for each in categories_used()]


@lists.get("/trending", response=Listed[VideoOut], **ANYBODY)
def trending_list(
    request: ApiRequest, asked: Annotated[TrendingAsked, Query()]
) -> Listed[VideoOut]:
    """List what people watch now, the warmest first."""
    page = videos_trending(
        language=asked.language.lower(),
        category=asked.category or "",
        cursor=asked.cursor,
        size=asked.size,
    )
    return listed(page, lambda video: video_out(request, video))
