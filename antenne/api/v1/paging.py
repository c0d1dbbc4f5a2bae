"""Lists: a cursor and a size, the same everywhere."""

from __future__ import annotations

from typing import Annotated

from ninja import Query, Schema
from pydantic import Field

from antenne.api.v1.fields import Text

SIZE_MAX = 100


class PageAsked(Schema):
    """Which page of a list."""

    cursor: Text = Field(default="", max_length=300, description="`next_cursor` of the page before")
    size: int = Field(default=24, ge=1, le=SIZE_MAX, description="How many items at most")


Paging = Annotated[PageAsked, Query()]
