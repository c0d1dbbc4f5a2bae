"""Lists of the desk: people, channels, videos and comments, narrowed and in an order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, TypeVar
from uuid import UUID

from django.db import models
from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Cast, Coalesce, Extract
from django.utils.translation import gettext_lazy as _

from antenne.accounts.models import Person
from antenne.accounts.selectors import operator_check
from antenne.catalog.models import Channel, Tally, Video
from antenne.catalog.selectors.tallies import tallies_of
from antenne.catalog.states import TallyKind
from antenne.community.models import Comment
from antenne.custody.models import Region
from antenne.kernel.clock import now
from antenne.kernel.pagination import Page, page_of, page_ranked
from antenne.moderation.models import Report
from antenne.moderation.states import ReportState
from antenne.pipeline.models import Upload
from antenne.pipeline.states import UploadState

SIZE: Final = 50
"""How many rows a page has where nobody says so."""
_MICRO: Final = 1_000_000
Row = TypeVar("Row", bound=Model)


class Sort(models.TextChoices):
    """The order of a list."""

    NEW = "new", _("Newest first")
    OLD = "old", _("Oldest first")
    VIEWS = "views", _("Most views first")
    REPORTS = "reports", _("Most reports first")
    SPACE = "space", _("Most storage first")


class Age(models.TextChoices):
    """Since when something is here, in days."""

    DAY = "1", _("In the last day")
    WEEK = "7", _("In the last week")
    MONTH = "30", _("In the last month")
    YEAR = "365", _("In the last year")


class PersonState(models.TextChoices):
    """Which people are listed."""

    OPERATORS = "operators", _("Who runs the site")
    SUSPENDED = "suspended", _("Suspended")
    LEAVING = "leaving", _("About to leave")
    NEVER = "never", _("Never signed in")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is narrowed to, and its order; what is empty narrows nothing."""

    text: str = ""
    state: str = ""
    visibility: str = ""
    region: str = ""
    age: str = ""
    reported: bool = False
    sort: str = Sort.NEW


@dataclass(frozen=True, slots=True)
class Listed:
    """One row of a list, with its open reports and its views."""

    row: Model
    reports: int
    views: int


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page of a list, and the cursor of the next."""

    rows: tuple[Listed, ...]
    next_cursor: str


def regions_known() -> list[tuple[str, str]]:
    """Return code and name of every region that rows here may belong to."""
    return list(Region.objects.order_by("code").values_list("code", "name"))


def people_page(*, by: Person, asked: Asked, cursor: str = "", size: int = 0) -> ListPage:
    """Return people by handle, name or address; raise `NotAllowed`, `CursorRefused`."""
    operator_check(by)
    rows = Person.objects.select_related("user", "suspension")
    rows = rows.annotate(channel_count=Count("channels"))
    if asked.text:
        wish = asked.text.removeprefix("@")
        found = Q(handle__icontains=wish) | Q(name__icontains=wish) | Q(user__email__icontains=wish)
        rows = rows.filter(found)
    states = {
        PersonState.OPERATORS: Q(user__is_operator=True),
        PersonState.SUSPENDED: Q(suspension__isnull=False),
        PersonState.LEAVING: Q(user__erasure__isnull=False),
        PersonState.NEVER: Q(user__last_login=None),
    }
    if asked.state:
        rows = rows.filter(states[PersonState(asked.state)])
    return _page(rows, asked, cursor, size)


def channels_page(*, by: Person, asked: Asked, cursor: str = "", size: int = 0) -> ListPage:
    """Return channels by handle, name or owner; raise `NotAllowed`, `CursorRefused`."""
    operator_check(by)
    rows = Channel.objects.select_related("person").annotate(video_count=Count("videos"))
    if asked.text:
        wish = asked.text.removeprefix("@")
        owner = Q(person__handle__iexact=wish)
        rows = rows.filter(Q(handle__icontains=wish) | Q(name__icontains=wish) | owner)
    return _page(rows, asked, cursor, size)


def videos_page(*, by: Person, asked: Asked, cursor: str = "", size: int = 0) -> ListPage:
    """Return videos by title, id, channel or owner; raise `NotAllowed`, `CursorRefused`."""
    operator_check(by)
    rows = Video.objects.select_related("channel__person")
    if asked.text:
        wish = asked.text.removeprefix("@")
        whose = Q(channel__handle__iexact=wish) | Q(channel__person__handle__iexact=wish)
        rows = rows.filter(Q(title__icontains=wish) | Q(public_id=wish) | whose)
    if asked.visibility:
        rows = rows.filter(visibility=asked.visibility)
    if asked.state:
        rows = rows.filter(state=asked.state)
    return _page(rows, asked, cursor, size)


def comments_page(*, by: Person, asked: Asked, cursor: str = "", size: int = 0) -> ListPage:
    """Return comments by their text, writer or video; raise `NotAllowed`, `CursorRefused`."""
    operator_check(by)
    rows = Comment.objects.select_related("person", "ruling", "video", "post")
    rows = rows.filter(removed=False)
    if asked.text:
        wish = asked.text.removeprefix("@")
        where = Q(video__public_id=wish) | Q(person__handle__iexact=wish)
        rows = rows.filter(Q(body__icontains=asked.text) | where)
    if asked.state:
        rows = rows.filter(ruling__state=asked.state)
    return _page(rows, asked, cursor, size)


def _page(rows: QuerySet[Row], asked: Asked, cursor: str, size: int) -> ListPage:
    """Narrow by what all lists have in common, order, and add what stands beside each row."""
    size = size or SIZE
    if asked.region:
        rows = rows.filter(home=asked.region)
    if asked.age:
        rows = rows.filter(created_at__gte=now() - timedelta(days=int(asked.age)))
    if asked.reported:
        rows = rows.filter(Exists(_reports_open().filter(subject_id=OuterRef("pk"))))
    found: Page[Row]
    if asked.sort == Sort.NEW:
        found = page_of(rows, by="created_at", cursor=cursor, size=size)
    else:
        ranked: QuerySet[Any] = rows.annotate(rank=_RANKS[Sort(asked.sort)])
        found = page_ranked(ranked, by="rank", cursor=cursor, size=size)
    return ListPage(_listed(found.rows), found.next_cursor)


def _listed(rows: tuple[Row, ...]) -> tuple[Listed, ...]:
    keys: list[UUID] = [row.pk for row in rows]
    counted = _reports_open().filter(subject_id__in=keys).values("subject_id")
    reports = dict(counted.annotate(count=Count("pk")).values_list("subject_id", "count"))
    tallies = tallies_of(keys)
    return tuple(
        Listed(row, reports.get(row.pk, 0), tallies.get(row.pk, {}).get(TallyKind.VIEWS, 0))
        for row in rows
    )


def _reports_open() -> QuerySet[Report]:
    return Report.objects.filter(state=ReportState.OPEN).order_by()


def _sum(rows: QuerySet[Row], of: str, total: models.Aggregate) -> Coalesce:
    """Return the part of a query that counts *rows* of each row."""
    summed = rows.order_by().values(of).annotate(total=total).values("total")
    return Coalesce(Subquery(summed, output_field=models.BigIntegerField()), Value(0))


_RANKS: Final = {
    Sort.OLD: Cast(Extract("created_at", "epoch") * Value(-_MICRO), models.BigIntegerField()),
    Sort.VIEWS: _sum(
        Tally.objects.filter(subject=OuterRef("pk"), kind=TallyKind.VIEWS), "subject", Sum("value")
    ),
    Sort.REPORTS: _sum(Report.objects.filter(subject_id=OuterRef("pk")), "subject_id", Count("pk")),
    Sort.SPACE: _sum(
        Upload.objects.filter(person=OuterRef("pk"), cut_of=None).exclude(
            state=UploadState.REFUSED
        ),
        "person",
        Sum("size_bytes"),
    ),
}
