"""The network bill: bytes delivered, by video, network, country, partner and region."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from antenne.audience.selectors.bill import Bill, BillRow, Divided, bill_began, bill_of
from antenne.web.desk.shell import desk_render
from antenne.web.sheets import csv_response
from antenne.web.studio.statistics_forms import Asked, period_asked, period_name
from antenne.web.viewer import with_operator

if TYPE_CHECKING:
    from antenne.accounts.models import Person

_VALUE_CHARS = 64
_PERCENT = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the page: its name, its part of the whole, where it leads to."""

    name: str
    code: str
    query: str
    sent_bytes: int
    requests: int
    percent: int


@dataclass(frozen=True, slots=True)
class Tab:
    """One way to divide the bill."""

    name: str
    query: str
    current: bool


@require_safe
@with_operator
def delivery(request: HttpRequest, operator: Person) -> HttpResponse:
    """Show what was delivered, and to whom."""
    asked = period_asked(request, began=bill_began(by=operator))
    divided = _divided(request.GET.get("by", ""))
    of = {each: request.GET[each][:_VALUE_CHARS] for each in Divided if each in request.GET}
    bill = bill_of(by=operator, period=asked.period, divided=divided, of=of)
    if request.GET.get("as") == "csv":
        return csv_of(bill)
    context = {
        "bill": bill,
        "asked": asked,
        "lines": [_line(row, bill, asked, of) for row in bill.rows],
        "tabs": [Tab(words, _query(asked, each, of), each == divided) for each, words in _names()],
        "narrowed": [(words, of[each] or _("unknown")) for each, words in _names() if each in of],
        "csv_query": _query(asked, divided, of) + "&as=csv",
        "all_query": _query(asked, divided, {}),
    }
    return desk_render(request, operator, "delivery.html", context)


def _divided(given: str) -> Divided:
    return Divided(given) if given in set(Divided) else Divided.VIDEO


def _names() -> tuple[tuple[Divided, str], ...]:
    return (
        (Divided.VIDEO, _("Videos")),
        (Divided.NETWORK, _("Networks")),
        (Divided.COUNTRY, _("Countries")),
        (Divided.PARTNER, _("Partners")),
        (Divided.REGION, _("Regions")),
    )


def _query(asked: Asked, divided: Divided, of: dict[Divided, str]) -> str:
    said = {each.value: value for each, value in of.items()}
    return f"{asked.query}&{urlencode({'by': divided.value, **said})}"


def _line(row: BillRow, bill: Bill, asked: Asked, of: dict[Divided, str]) -> Line:
    nameless = {
        Divided.NETWORK: _("Unknown network"),
        Divided.COUNTRY: _("Unknown country"),
        Divided.PARTNER: _("This site"),
    }
    within = of | {bill.divided: row.value}
    following = Divided.NETWORK if bill.divided == Divided.VIDEO else Divided.VIDEO
    return Line(
        name=row.title or row.value or nameless.get(bill.divided, ""),
        code=row.value if bill.divided == Divided.COUNTRY else "",
        query=_query(asked, following, within),
        sent_bytes=row.sent_bytes,
        requests=row.requests,
        percent=round(row.sent_bytes * _PERCENT / bill.sent_bytes) if bill.sent_bytes else 0,
    )


def csv_of(bill: Bill) -> HttpResponse:
    """Return the lines of a bill as a file."""
    name = f"delivery-{bill.divided}-{period_name(bill.period)}.csv"
    head = (bill.divided, "title", "bytes", "requests")
    rows = ((row.value, row.title, row.sent_bytes, row.requests) for row in bill.rows)
    return csv_response(name, head, rows)
