"""Lists: a cursor and a size, the same everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from ninja import Query, Schema
from pydantic import Field

from antenne.api.v1.fields import Text
from antenne.kernel.pagination import Page, Row, page_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

SIZE_MAX = 100


class PageAsked(Schema):
    """Which page of a list."""

    cursor: Text = Field(default="", max_length=300, description="`next_cursor` of the page before")
    size: int = Field(default=24, ge=1, le=SIZE_MAX, description="How many items at most")

    def of(self, rows: QuerySet[Row], *, by: str) -> Page[Row]:
        """Return this page of *rows*, newest *by* first; raise `CursorRefused`."""
        return page_of(rows, by=by, cursor=self.cursor, size=self.size)


Paging = Annotated[PageAsked, Query()]
