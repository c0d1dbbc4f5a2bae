"""Search, and what there is to look around in: categories, and what people watch now."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from ninja import Query, Router
from pydantic import Field

from antenne.api.v1.callers import ANYBODY_ALIKE, ApiRequest, onlooker_for
from antenne.api.v1.fields import Language, Said, Text
from antenne.api.v1.groups import GroupOut, groups_out
from antenne.api.v1.narrowing import Narrowed
from antenne.api.v1.paging import PageAsked
from antenne.api.v1.playlists import PlaylistOut, playlists_out
from antenne.api.v1.posts import PostOut, posts_out
from antenne.api.v1.schemas import ChannelOut, Listed, VideoOut, channel_out, listed, video_out
from antenne.catalog.asking import Asking, asking_read
from antenne.catalog.selectors.categories import categories_used
from antenne.catalog.selectors.playlist_search import playlists_found
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
from antenne.community.selectors.search import groups_found, posts_found

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


class MomentOut(Said):
    """A place in a video where the words are said."""

    start_ms: int
    text: str


class FoundOut(Said):
    """A video that was found."""

    video: VideoOut
    moments: list[MomentOut]


class SearchOut(Said):
    """One page of what was found: videos, or what else was asked for."""

    videos: list[FoundOut] = Field(default_factory=list)
    channels: list[ChannelOut] = Field(default_factory=list)
    playlists: list[PlaylistOut] = Field(default_factory=list)
    posts: list[PostOut] = Field(default_factory=list)
    groups: list[GroupOut] = Field(default_factory=list)
    meant: str | None = Field(
        default=None, description="What was probably meant, where nothing was found."
    )
    next_cursor: str | None = None


class CategoryOut(Said):
    """A category in which there is something."""

    key: Category
    name: str


def _channels(request: ApiRequest, asked: SearchAsked, asking: Asking) -> SearchOut:
    found = channels_found(
        asking, onlooker=onlooker_for(request), cursor=asked.cursor, size=asked.size
    )
    rows = [channel_out(request, row.channel) for row in found.rows]
    return SearchOut(channels=rows, next_cursor=found.next_cursor or None)


def _posts(request: ApiRequest, asked: SearchAsked, asking: Asking) -> SearchOut:
    found = posts_found(
        asking,
        onlooker=onlooker_for(request),
        since=asked.narrowing().since,
        sort=asked.sort,
        cursor=asked.cursor,
        size=asked.size,
    )
    return SearchOut(posts=posts_out(request, found.rows), next_cursor=found.next_cursor or None)


def _groups(request: ApiRequest, asked: SearchAsked, asking: Asking) -> SearchOut:
    found = groups_found(
        asking, onlooker=onlooker_for(request), cursor=asked.cursor, size=asked.size
    )
    return SearchOut(groups=groups_out(request, found.rows), next_cursor=found.next_cursor or None)


def _playlists(request: ApiRequest, asked: SearchAsked, asking: Asking) -> SearchOut:
    found = playlists_found(
        asking,
        onlooker=onlooker_for(request),
        sort=asked.sort,
        cursor=asked.cursor,
        size=asked.size,
    )
    rows = playlists_out(request, found.rows)
    return SearchOut(playlists=rows, next_cursor=found.next_cursor or None)


_WAYS = {Kind.CHANNEL: _channels, Kind.PLAYLIST: _playlists, Kind.POST: _posts, Kind.GROUP: _groups}


@router.get("", response=SearchOut, **ANYBODY_ALIKE)
def search_read(request: ApiRequest, asked: Annotated[SearchAsked, Query()]) -> SearchOut:
    """Search what everybody may watch."""
    asking = asking_read(asked.q)
    if asked.kind in _WAYS:
        return _WAYS[asked.kind](request, asked, asking)
    page = videos_found(
        asking,
        replace(asked.narrowing(), onlooker=onlooker_for(request)),
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
        meant=meant.text if meant else None,
        next_cursor=page.next_cursor or None,
    )


@lists.get("/categories", response=list[CategoryOut], **ANYBODY_ALIKE)
def categories_list(request: ApiRequest) -> list[CategoryOut]:  # noqa: ARG001 - ninja hands it over
    """List the categories in which there is something."""
    return [CategoryOut(key=Category(each.value), name=each.name) for each in categories_used()]


@lists.get("/trending", response=Listed[VideoOut], **ANYBODY_ALIKE)
def trending_list(
    request: ApiRequest, asked: Annotated[TrendingAsked, Query()]
) -> Listed[VideoOut]:
    """List what people watch now, the warmest first."""
    page = videos_trending(
        language=asked.language.lower(),
        category=asked.category or "",
        onlooker=onlooker_for(request),
        cursor=asked.cursor,
        size=asked.size,
    )
    return listed(page, lambda video: video_out(request, video))
