"""Searching: what everybody may find of videos, channels and what is said in them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import connection, models
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from antenne.accounts.models import Person
from antenne.catalog.asking import Asking
from antenne.catalog.models import CaptionLine, Channel, ChannelSearch, Video, VideoSearch
from antenne.catalog.selectors.likely import LOOKED_AT_MAX, loosely, weighed
from antenne.catalog.selectors.onlookers import ANYBODY, Onlooker
from antenne.catalog.selectors.videos import videos_public
from antenne.catalog.states import Audience
from antenne.kernel.clock import now
from antenne.kernel.pagination import Page, cursor_make, page_of, page_ranked, rank_read
from antenne.kernel.written import keys_in, keys_text, written

# More matches than this are not put in order one by one. PostgreSQL counts a word again for each
# language that it is asked in: the true number is about half of it.
_MANY: Final = 5_000
_MINUTE_MS: Final = 60_000


class Length(models.TextChoices):
    """How long a video is."""

    SHORT = "short", _("Under 4 minutes")
    MEDIUM = "medium", _("4 to 20 minutes")
    LONG = "long", _("Over 20 minutes")


class Since(models.TextChoices):
    """When a video was published."""

    DAY = "day", _("Last 24 hours")
    WEEK = "week", _("This week")
    MONTH = "month", _("This month")
    YEAR = "year", _("This year")


class Quality(models.TextChoices):
    """How large the picture is at least."""

    HD = "hd", _("HD (720p)")
    FULL_HD = "fullhd", _("Full HD (1080p)")
    UHD = "uhd", _("4K (2160p)")


class Sort(models.TextChoices):
    """What comes first."""

    RELEVANCE = "relevance", _("Best match")
    NEWEST = "newest", _("Newest")
    VIEWED = "viewed", _("Most viewed")


class Kind(models.TextChoices):
    """What is looked for."""

    VIDEO = "video", _("Videos")
    CHANNEL = "channel", _("Channels")
    PLAYLIST = "playlist", _("Playlists")
    POST = "post", _("Posts")
    GROUP = "group", _("Groups")
    MOMENT = "moment", _("In what is said")


_MOMENTS: Final = """
    SELECT video_id, start_ms, text FROM (
        SELECT video_id, start_ms, text,
            row_number() OVER (PARTITION BY video_id ORDER BY start_ms) AS nth
        FROM catalog_captionline
        WHERE video_id = ANY(%s) AND audience = 'everybody' AND vector @@ ?
    ) AS said WHERE nth <= %s ORDER BY video_id, start_ms
"""
_LENGTHS: Final = {
    Length.SHORT: (0, 4 * _MINUTE_MS),
    Length.MEDIUM: (4 * _MINUTE_MS, 20 * _MINUTE_MS),
    Length.LONG: (20 * _MINUTE_MS, 2**60),
}
SINCE_DAYS: Final = {Since.DAY: 1, Since.WEEK: 7, Since.MONTH: 31, Since.YEAR: 366}
_BY: Final = {Sort.NEWEST: "at", Sort.VIEWED: "seen"}
_SIDES_PX: Final = {Quality.HD: 720, Quality.FULL_HD: 1080, Quality.UHD: 2160}


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What videos must be like, and who looks; an empty word asks for nothing.

    `captions` is "any" or a language.
    """

    length: str = ""
    since: str = ""
    quality: str = ""
    captions: str = ""
    language: str = ""
    category: str = ""
    tag: str = ""
    onlooker: Onlooker = ANYBODY

    @property
    def empty(self) -> bool:
        """Say whether everything goes that the one who looks may meet."""
        return replace(self, onlooker=ANYBODY) == Narrowing()

    def of(self, rows: QuerySet[VideoSearch]) -> QuerySet[VideoSearch]:
        """Return those of *rows* that are like it."""
        return self.onlooker.of(rows.filter(self._measured() & self._said()), head="head")

    def _measured(self) -> Q:
        where = Q()
        if self.length:
            least, most = _LENGTHS[Length(self.length)]
            where &= Q(duration_ms__gte=least, duration_ms__lt=most)
        if self.since:
            days = SINCE_DAYS[Since(self.since)]
            where &= Q(published_at__gte=now() - timedelta(days=days))
        if self.quality:
            where &= Q(side_px__gte=_SIDES_PX[Quality(self.quality)])
        return where

    def _said(self) -> Q:
        where = Q()
        if self.captions:
            spoken = (
                ~Q(spoken=[]) if self.captions == "any" else Q(spoken__contains=[self.captions])
            )
            where &= spoken
        if self.language:
            where &= Q(language=self.language)
        if self.category:
            where &= Q(category=self.category)
        if self.tag:
            where &= Q(tags__contains=[self.tag])
        return where


@dataclass(frozen=True, slots=True)
class Moment:
    """A place in a video where the words are said."""

    start_ms: int
    text: str

    @property
    def start_s(self) -> int:
        """Return the second to start at."""
        return self.start_ms // 1000


def found_by_all() -> QuerySet[VideoSearch]:
    """Return what everybody may find."""
    return VideoSearch.objects.filter(audience=Audience.EVERYBODY, published_at__isnull=False)


def videos_found(
    asking: Asking,
    narrowing: Narrowing,
    *,
    sort: str = Sort.RELEVANCE,
    spoken: bool = False,
    cursor: str = "",
    size: int = 20,
) -> Page[Video]:
    """Return a page of videos that match; *spoken* asks that the words are said in them.

    An empty asking matches everything, newest first. Raises `CursorRefused`.
    """
    rows = narrowing.of(found_by_all())
    order = Sort(sort)
    if asking.empty:
        order = Sort.NEWEST if order == Sort.RELEVANCE else order
        rows = _ordered(rows)
    elif order == Sort.RELEVANCE:
        return _nearest(rows, asking, spoken=spoken, cursor=cursor, size=size)
    else:
        rows = _matching(rows, asking, by=_BY[order])
    if spoken:
        rows = _said_in(rows, asking)
    by = _BY[order]
    paged = page_of if order == Sort.NEWEST else page_ranked
    page = paged(rows.only("pk"), by=by, cursor=cursor, size=size)
    return Page(_videos(row.pk for row in page.rows), page.next_cursor)


def _matching(rows: QuerySet[VideoSearch], asking: Asking, *, by: str) -> QuerySet[VideoSearch]:
    """Return those of *rows* that match, by the way that costs less (a query that reads no row).

    Of a word that many use, the first few by views or date are soon found by walking along them,
    and by titles and descriptions alone. A rarer one is found by its index, and then put in order.
    PostgreSQL would choose wrongly: it does not know how much reading a long text costs.
    """
    loose = loosely(asking)
    found = rows.filter(vector=loose.query())
    plan = json.loads(found.values("pk").explain(format="json"))
    many = plan[0]["Plan"]["Plan Rows"] > _MANY
    ordered = _ordered(rows.filter(head=loose.query())) if many else _put_in_order(found)
    if loose == asking:
        return ordered
    first = ordered.order_by(f"-{by}", "-pk").values("pk")[:LOOKED_AT_MAX]
    return _put_in_order(VideoSearch.objects.filter(pk__in=first, vector=asking.query()))


def _put_in_order(rows: QuerySet[VideoSearch]) -> QuerySet[VideoSearch]:
    """Return *rows* to be ordered by sums, which no index is in the order of."""
    return rows.annotate(seen=F("views") + 0, at=F("published_at") + Value(timedelta(0)))


def _ordered(rows: QuerySet[VideoSearch]) -> QuerySet[VideoSearch]:
    """Return *rows* to be walked along an index."""
    return rows.annotate(seen=F("views"), at=F("published_at"))


def _nearest(
    rows: QuerySet[VideoSearch], asking: Asking, *, spoken: bool, cursor: str, size: int
) -> Page[Video]:
    """Return a page of those of *rows* that match best."""
    found = weighed(
        rows.exclude(spoken=[]) if spoken else rows,
        asking,
        said=spoken,
        behind=rank_read(cursor) if cursor else None,
        size=size + 1,
    )
    shown = found[:size]
    further = cursor_make(shown[-1].score, shown[-1].key) if len(found) > size else ""
    return Page(_videos(each.key for each in shown), further)


def _said_in(rows: QuerySet[VideoSearch], asking: Asking) -> QuerySet[VideoSearch]:
    lines = CaptionLine.objects.filter(video=OuterRef("pk"), audience=Audience.EVERYBODY)
    return rows.filter(Exists(lines.filter(vector=asking.query())))


def _videos(keys: Iterable[UUID]) -> tuple[Video, ...]:
    """Return public videos in the order of their keys (one query)."""
    wanted = list(keys)
    found = {video.pk: video for video in _shown(keys_text(wanted))} if wanted else {}
    return tuple(found[key] for key in wanted if key in found)


@written
def _shown(keys: str) -> QuerySet[Video]:
    """Return those of these videos that are public."""
    return videos_public().filter(pk__in=keys_in(keys))


def moments_found(
    asking: Asking, videos: Iterable[Video], *, most: int = 2
) -> dict[UUID, list[Moment]]:
    """Return the first places where the words are said in each of *videos* (one query)."""
    keys = [video.pk for video in videos]
    found: dict[UUID, list[Moment]] = defaultdict(list)
    if asking.empty or not keys:
        return found
    asked, asked_for = asking.query().as_sql()
    with connection.cursor() as cursor:
        cursor.execute(_MOMENTS.replace("?", asked), [keys, *asked_for, most])
        for key, start_ms, text in cursor.fetchall():
            found[key].append(Moment(start_ms, text))
    return found


def channels_listed() -> QuerySet[ChannelSearch]:
    """Return every channel in which everybody finds something."""
    shown = found_by_all().filter(channel=OuterRef("pk"))
    return ChannelSearch.objects.filter(Exists(shown)).select_related("channel")


def channels_found(
    asking: Asking, *, onlooker: Onlooker = ANYBODY, cursor: str = "", size: int = 24
) -> Page[ChannelSearch]:
    """Return a page of channels by name, handle or description, the most followed first."""
    rows = channels_listed().exclude(channel__in=onlooker.channels)
    if not asking.empty:
        rows = rows.filter(head=asking.query())
    return page_ranked(rows, by="followers", cursor=cursor, size=size)


def channels_likely(asking: Asking, *, onlooker: Onlooker = ANYBODY) -> QuerySet[ChannelSearch]:
    """Return every channel that matches, the most followed first, whether it holds anything or not.

    `channels_listed` says which of them are shown.
    """
    rows = ChannelSearch.objects.filter(head=asking.query(merged=True))
    return rows.exclude(channel__in=onlooker.channels).order_by("-followers", "-pk")


def channels_match(asking: Asking) -> bool:
    """Say whether everybody finds a channel."""
    return channels_listed().filter(head=asking.query()).exists()


def channels_listed_of(person: Person) -> list[ChannelSearch]:
    """Return the channels of a person in which there is something, the most followed first."""
    return list(channels_listed().filter(channel__person=person).order_by("-followers", "-pk"))


def channels_suggested(
    asking: Asking, *, onlooker: Onlooker = ANYBODY, most: int = 2
) -> list[Channel]:
    """Return the most followed channels whose names begin like what is being typed."""
    rows = channels_listed().filter(head=asking.query()).exclude(channel__in=onlooker.channels)
    found = rows.order_by("-followers", "-pk")[:most]
    return [row.channel for row in found]


def videos_suggested(asking: Asking, *, onlooker: Onlooker = ANYBODY, most: int = 4) -> list[Video]:
    """Return the most viewed videos whose titles go like what is being typed (two queries)."""
    rows = onlooker.of(found_by_all(), head="head").filter(head=asking.query())
    keys = rows.order_by("-views", "-pk").values_list("pk", flat=True)
    return list(_videos(keys[:most]))
