"""What the search page shows of what was found, with the words that were looked for marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from antenne.catalog.selectors.search import Moment, moments_found
from antenne.catalog.selectors.words import words_marked
from antenne.community.selectors.photos import photos_first
from antenne.community.selectors.search import group_sizes
from antenne.web.cards import Card, cards_of
from antenne.web.marks import Marks
from antenne.web.playlists.cards import PlaylistCard, playlist_cards
from antenne.web.prose import without_chapters

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from uuid import UUID

    from django.utils.safestring import SafeString

    from antenne.accounts.models import Person
    from antenne.catalog.asking import Asking
    from antenne.catalog.models import ChannelSearch, Playlist, Video
    from antenne.community.models import Group, Post, PostPhoto


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what was found, of any kind.

    `sizes` of groups and `photos` of posts are asked for where they are None.
    """

    videos: tuple[Video, ...] = ()
    channels: tuple[ChannelSearch, ...] = ()
    playlists: tuple[Playlist, ...] = ()
    groups: tuple[Group, ...] = ()
    posts: tuple[Post, ...] = ()
    sizes: Mapping[UUID, int] | None = None
    photos: Mapping[UUID, PostPhoto] | None = None
    next_cursor: str = ""

    @property
    def count(self) -> int:
        """Return how much that is."""
        kinds = (self.videos, self.channels, self.playlists, self.groups, self.posts)
        return sum(map(len, kinds))


@dataclass(frozen=True, slots=True)
class MomentShown:
    """A moment whose words are marked."""

    start_ms: int
    start_s: int
    html: SafeString


@dataclass(frozen=True, slots=True)
class Result:
    """A video that was found: its card, and where the words stand in it."""

    card: Card
    title_html: SafeString
    part_html: SafeString
    moments: tuple[MomentShown, ...]


@dataclass(frozen=True, slots=True)
class PostResult:
    """A post that was found, its first picture (or None), and where the words stand in it."""

    post: Post
    photo: PostPhoto | None
    title_html: SafeString
    part_html: SafeString


@dataclass(frozen=True, slots=True)
class GroupResult:
    """A group that was found, how many belong to it, and where the words stand."""

    group: Group
    size: int
    name_html: SafeString
    part_html: SafeString


@dataclass(frozen=True, slots=True)
class Results:
    """A page of what was found; `instead` is what was looked for where nothing was found."""

    videos: tuple[Result, ...] = ()
    channels: tuple[ChannelSearch, ...] = ()
    playlists: tuple[PlaylistCard, ...] = ()
    groups: tuple[GroupResult, ...] = ()
    posts: tuple[PostResult, ...] = ()
    next_cursor: str = ""
    meant: str = ""
    instead: str = ""

    @property
    def empty(self) -> bool:
        """Say whether nothing was found."""
        kinds = (self.videos, self.channels, self.playlists, self.groups, self.posts)
        return not any(kinds)


def results_shown(found: Found, asking: Asking, viewer: Person | None, **said: str) -> Results:
    """Return what the page shows, in a constant number of queries; *said* is of corrections."""
    cards = cards_of(found.videos, viewer)
    moments = moments_found(asking, found.videos)
    abouts = {video.pk: without_chapters(video.description) for video in found.videos}
    marks = _marks(found, [*abouts.values(), *_said(moments)], asking)
    return Results(
        videos=tuple(
            _video(card, abouts[card.video.pk], moments.get(card.video.pk, []), marks)
            for card in cards
        ),
        channels=found.channels,
        playlists=tuple(playlist_cards(found.playlists, viewer=viewer)) if found.playlists else (),
        groups=tuple(_groups(found, marks)),
        posts=tuple(_posts(found, marks)),
        next_cursor=found.next_cursor,
        **said,
    )


def _said(moments: Mapping[UUID, list[Moment]]) -> Iterator[str]:
    return (moment.text for each in moments.values() for moment in each)


def _marks(found: Found, texts: list[str], asking: Asking) -> Marks:
    """Return what is marked in *texts*, in titles, in posts and of groups."""
    shown = [*texts, *(video.title for video in found.videos)]
    shown += [text for post in found.posts for text in (post.title, post.body)]
    shown += [text for group in found.groups for text in (group.name, group.about)]
    words = words_marked(asking, shown) if shown and asking.words else ()
    return Marks(words, asking.stretches)


def _video(card: Card, about: str, moments: list[Moment], marks: Marks) -> Result:
    shown = (MomentShown(each.start_ms, each.start_s, marks.html(each.text)) for each in moments)
    return Result(card, marks.html(card.video.title), marks.part(about), tuple(shown))


def _posts(found: Found, marks: Marks) -> Iterator[PostResult]:
    photos = found.photos
    if photos is None:
        photos = photos_first(post.pk for post in found.posts) if found.posts else {}
    for post in found.posts:
        title, part = marks.html(post.title), marks.part(post.body)
        yield PostResult(post, photos.get(post.pk), title, part)


def _groups(found: Found, marks: Marks) -> Iterator[GroupResult]:
    sizes = found.sizes
    if sizes is None:
        sizes = group_sizes(group.pk for group in found.groups) if found.groups else {}
    for group in found.groups:
        name, part = marks.html(group.name), marks.part(group.about)
        yield GroupResult(group, sizes.get(group.pk, 0), name, part)
