"""Invented rows for the style guide: what was found, a channel, a shelf, posts, numbers by day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from django.contrib.messages import ERROR, INFO
from django.contrib.messages.storage.base import Message
from django.utils.html import format_html
from django.utils.safestring import SafeString

from antenne.audience.figures import Point
from antenne.kernel.clock import now
from antenne.kernel.ids import uuid7
from antenne.web.community.bell import Bell
from antenne.web.community.linking import LinkedPage
from antenne.web.styleguide.samples import SAMPLES, SampleChannel, SamplePlaylist, SampleVideo

CHANNEL: Final = SampleChannel()
GROUP: Final = SampleChannel("lighthouses", "Lighthouses of the west")
_DAYS: Final = 28
_BUSY: Final = (4, 5)  # of each seven days


@dataclass(frozen=True, slots=True)
class SampleRow:
    """A card with what is counted of its video."""

    video: SampleVideo
    views: int = 0
    progress: float | None = None


@dataclass(frozen=True, slots=True)
class SampleMoment:
    """A moment at which something is said."""

    start_ms: int
    start_s: int
    html: SafeString


@dataclass(frozen=True, slots=True)
class SampleResult:
    """What a `video_result` shows."""

    card: SampleRow
    title_html: SafeString
    part_html: SafeString
    moments: tuple[SampleMoment, ...] = ()


@dataclass(frozen=True, slots=True)
class SampleFound:
    """What `components/channel_row.html` shows."""

    channel: SampleChannel = CHANNEL
    followers: int = 1_520_000
    videos: int = 48


@dataclass(frozen=True, slots=True)
class SampleShelf:
    """What `components/shelf.html` shows."""

    cards: tuple[SampleRow, ...]
    key: str = "sample"
    title: str = "Continue watching"
    url: str = "#main"


@dataclass(frozen=True, slots=True)
class SamplePage:
    """What `components/cards.html` shows."""

    rows: tuple[SampleRow, ...]
    next_cursor: str = "sample"


@dataclass(frozen=True, slots=True)
class SamplePost:
    """What a post says."""

    body: str
    title: str = ""
    public_id: str = "x000"
    channel: SampleChannel = CHANNEL
    edited_at: datetime | None = None
    created_at: datetime = field(default_factory=lambda: now() - timedelta(days=1))


@dataclass(frozen=True, slots=True)
class SamplePostSeen:
    """A post as a viewer sees it (community.selectors.posts.PostSeen)."""

    post: SamplePost
    likes: int = 0
    comments: int = 0
    liked: bool = False
    mine: bool = False
    photos: tuple[object, ...] = ()
    video: SampleVideo | None = None
    link: None = None


@dataclass(frozen=True, slots=True)
class SamplePostFound:
    """What `components/post_result.html` shows."""

    post: SamplePost
    title_html: SafeString
    part_html: SafeString
    photo: None = None


@dataclass(frozen=True, slots=True)
class SampleGroupFound:
    """What `components/group_row.html` shows."""

    name_html: SafeString
    part_html: SafeString
    group: SampleChannel = GROUP
    size: int = 212


@dataclass(frozen=True, slots=True)
class SampleItem:
    """Where a video stands in a playlist."""

    pk: UUID = field(default_factory=uuid7)
    person_id: str = ""


@dataclass(frozen=True, slots=True)
class SampleEntry:
    """A row of a playlist's page; without a video it is not available."""

    video: SampleVideo | None
    item: SampleItem = field(default_factory=SampleItem)


def points() -> tuple[Point, ...]:
    """Return some weeks of days, the last first."""
    today = now().date()
    views = [400 + 90 * at + 700 * (at % 7 in _BUSY) for at in range(_DAYS)]
    return tuple(
        Point(today - timedelta(days=_DAYS - 1 - at), views[at], views[at] * 65_000, 2 * views[at])
        for at in reversed(range(_DAYS))
    )


def numbers(shown: tuple[Point, ...]) -> dict[str, Any]:
    """Return what the script of `components/chart.html` draws."""
    days = [datetime.combine(point.day, time(), UTC) for point in reversed(shown)]
    return {
        "days": [int(day.timestamp()) for day in days],
        "running": True,
        "views": [point.views for point in reversed(shown)],
        "hours": [],
        "retention": [],
        "strings": {"views": "views", "today": "so far"},
    }


def _marked(before: str, word: str, after: str) -> SafeString:
    return format_html("{}<mark>{}</mark>{}", before, word, after)


TOASTS: Final = (
    Message(INFO, "A toast, said once."),
    Message(ERROR, "What went wrong stays until it is closed."),
)

STATES: Final = tuple(
    SampleVideo(name, state=state, get_state_display=name)
    for state, name in (
        ("processing", "Processing"),
        ("on_air", "On the air"),
        ("refused", "Refused"),
    )
)
ROWS: Final = tuple(
    SampleRow(video, views, progress)
    for video, views, progress in zip(
        SAMPLES, (0, 1, 37, 10_004_113, 950), (0.4, None, None, None, 1.0), strict=True
    )
)
SHELF: Final = SampleShelf(ROWS)
PAGE: Final = SamplePage(ROWS)
FOUND: Final = SampleFound()
RESULT: Final = SampleResult(
    ROWS[1],
    _marked("An unreasonably long title about the restoration of a ", "lighthouse", ""),
    _marked("… what the keepers of the ", "lighthouse", " found there in the morning …"),
    (SampleMoment(83_000, 83, _marked("and then the ", "lighthouse", " went dark")),),
)
POSTS: Final = (
    SamplePostSeen(SamplePost("Three days at sea, and the light did what it wanted."), 12, 3),
    SamplePostSeen(
        SamplePost("The film is here.", title="Home again"), video=SAMPLES[0], mine=True
    ),
)
POST_FOUND: Final = SamplePostFound(
    SamplePost("The film is here.", title="Home again"),
    _marked("Home again, past the ", "lighthouse", ""),
    _marked("… three days at sea, the ", "lighthouse", " behind us …"),
)
GROUP_FOUND: Final = SampleGroupFound(
    _marked("", "Lighthouses", " of the west"), _marked("For those who look at ", "lights", ".")
)
LINK: Final = LinkedPage(
    url="#main",
    title="How a lamp was carried up three hundred steps",
    about="The keepers of the light remember the winter of the long repair.",
    site="lighthouses.example",
)
PLAYLIST: Final = SamplePlaylist("Evenings at the harbour")
ENTRIES: Final = (SampleEntry(SAMPLES[0]), SampleEntry(None))
BELLS: Final = (Bell(0, ""), Bell(3, ""), Bell(120, ""))
