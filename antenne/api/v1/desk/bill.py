"""The network bill: bytes delivered, divided by what one asks."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from ninja import Query, Router, Schema
from pydantic import Field

from antenne.api.v1.callers import ApiRequest
from antenne.api.v1.fields import Text
from antenne.api.v1.statistics import PeriodAsked
from antenne.audience.selectors.bill import Divided, bill_of

router = Router(tags=["desk"])


class BillAsked(PeriodAsked):
    """A period, by what the bill is divided, and of what alone it is."""

    by: Divided = Divided.VIDEO
    video: Text | None = Field(default=None, max_length=64)
    network: Text | None = Field(default=None, max_length=64)
    country: Text | None = Field(default=None, max_length=64)
    partner: Text | None = Field(default=None, max_length=64)
    region: Text | None = Field(default=None, max_length=64)

    def of(self) -> dict[Divided, str]:
        """Return of what alone the bill is."""
        asked = {each: getattr(self, each.value) for each in Divided}
        return {each: value for each, value in asked.items() if value is not None}


class BillRowOut(Schema):
    """One line: what it is of, with its title if it has one."""

    value: str
    title: str
    sent_bytes: int
    requests: int


class BillDayOut(Schema):
    """One day."""

    day: date
    sent_bytes: int


class BillOut(Schema):
    """What was delivered in a period: its largest lines, and each day."""

    first: date
    last: date
    by: Divided
    sent_bytes: int
    requests: int
    rows: list[BillRowOut]
    days: list[BillDayOut]


@router.get("/delivery", response=BillOut)
def desk_delivery(request: ApiRequest, asked: Annotated[BillAsked, Query()]) -> BillOut:
    """Say what was delivered, and to whom."""
    by = request.auth.person
    bill = bill_of(by=by, period=asked.period(), divided=asked.by, of=asked.of())
    return BillOut(
        first=bill.period.first,
        last=bill.period.last,
        by=bill.divided,
        sent_bytes=bill.sent_bytes,
        requests=bill.requests,
        rows=[BillRowOut.from_orm(row) for row in bill.rows],
        days=[BillDayOut(day=day, sent_bytes=sent) for day, sent in bill.days],
    )
