"""Pages of lists, by the address that asks for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antenne.kernel.pagination import Page, Row, page_of

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest


def page_asked(request: HttpRequest, rows: QuerySet[Row], *, by: str, size: int = 24) -> Page[Row]:
    """Return the page of *rows*, newest *by* first, behind the `after` of the address."""
    return page_of(rows, by=by, cursor=request.GET.get("after", ""), size=size)
