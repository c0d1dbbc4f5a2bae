"""Reads of the network bill: bytes delivered, for those who run the site and for creators."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import Min, QuerySet, Sum

from antenne.accounts.models import Person
from antenne.accounts.selectors import operator_check
from antenne.audience.models import Delivery, EgressLog
from antenne.audience.periods import Period
from antenne.catalog.models import Channel, Video

if TYPE_CHECKING:
    from datetime import date


class Divided(StrEnum):
    """By what a bill is divided."""

    VIDEO = "video"
    NETWORK = "network"
    COUNTRY = "country"
    PARTNER = "partner"
    REGION = "region"


@dataclass(frozen=True, slots=True)
class BillRow:
    """One line: what it is of (a public name, a network …), with its title if it has one."""

    value: str
    title: str
    sent_bytes: int
    requests: int


@dataclass(frozen=True, slots=True)
class Bill:
    """What was delivered in a period, its largest lines, and each day."""

    period: Period
    divided: Divided
    sent_bytes: int
    requests: int
    rows: tuple[BillRow, ...]
    days: tuple[tuple[date, int], ...]


_COLUMNS = {
    Divided.NETWORK: "network",
    Divided.COUNTRY: "country",
    Divided.PARTNER: "partner",
    Divided.REGION: "region",
}


def bill_of(
    *, by: Person, period: Period, divided: Divided, of: dict[Divided, str], size: int = 200
) -> Bill:
    """Return the bill of the installation, of only what *of* says; raise `NotAllowed`.

    `size` largest lines are listed; the sums are of everything.
    """
    operator_check(by)
    found = _within(Delivery.objects.all(), period)
    for each, value in of.items():
        column = "video__public_id" if each == Divided.VIDEO else _COLUMNS[each]
        found = found.filter(**{column: value})
    total = found.aggregate(sent=Sum("sent_bytes", default=0), asked=Sum("requests", default=0))
    days = dict(found.values_list("day").annotate(sent=Sum("sent_bytes")))
    return Bill(
        period=period,
        divided=divided,
        sent_bytes=int(total["sent"]),
        requests=int(total["asked"]),
        rows=tuple(_rows(found, divided, size)),
        days=tuple((day, int(days.get(day, 0))) for day in period.days()),
    )


def bill_began(*, by: Person) -> date | None:
    """Return the first day of which anything is counted; raise `NotAllowed`."""
    operator_check(by)
    first: date | None = Delivery.objects.aggregate(first=Min("day"))["first"]
    return first


def egress_read(log: str) -> int:
    """Return up to which byte another server's log has been counted."""
    row = EgressLog.objects.filter(name=log).first()
    return row.read_bytes if row else 0


def video_bytes(video: Video, *, period: Period) -> int:
    """Return the bytes delivered of a video that `video_counted` gave."""
    return _sum(_within(Delivery.objects.filter(video=video), period))


def channel_bytes(channel: Channel, *, period: Period) -> int:
    """Return the bytes delivered of a channel that `channel_counted` gave."""
    return _sum(_within(Delivery.objects.filter(video__channel=channel), period))


def _within(rows: QuerySet[Delivery], period: Period) -> QuerySet[Delivery]:
    return rows.filter(day__gte=period.first, day__lte=period.last)


def _sum(rows: QuerySet[Delivery]) -> int:
    return int(rows.aggregate(sent=Sum("sent_bytes", default=0))["sent"])


def _rows(found: QuerySet[Delivery], divided: Divided, size: int) -> list[BillRow]:
    video = divided == Divided.VIDEO
    columns = ("video__public_id", "video__title") if video else (_COLUMNS[divided],)
    summed = found.values(*columns).annotate(sent=Sum("sent_bytes"), asked=Sum("requests"))
    return [
        BillRow(
            value=row[columns[0]] or "",
            title=row["video__title"] if video else "",
            sent_bytes=int(row["sent"]),
            requests=int(row["asked"]),
        )
        for row in summed.order_by("-sent", *columns)[:size]
    ]
