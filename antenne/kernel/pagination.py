"""Keyset pagination: the next page begins after the last row, whatever was added since."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from math import isfinite
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)
RANK_MOST: Final = 2**62
# What reading something that is no cursor of ours raises.
_NOT_OURS: Final = (ValueError, TypeError, AttributeError, OverflowError, RecursionError)


class CursorRefused(Exception):
    """The cursor in the address is not one that this site made."""


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page of rows and the cursor of the next, empty at the end."""

    rows: tuple[Row, ...]
    next_cursor: str


def cursor_make(mark: datetime | float, key: UUID) -> str:
    """Return the cursor behind a row that stands at a moment or a number, and has this key."""
    said = mark.isoformat() if isinstance(mark, datetime) else mark
    raw = json.dumps([said, str(key)]).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _parts_read(cursor: str) -> tuple[Any, UUID]:
    raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    mark, key = json.loads(raw)
    return mark, UUID(key)


def moment_read(cursor: str) -> tuple[datetime, UUID]:
    """Return the moment and key of the row before the page; raise `CursorRefused`."""
    try:
        said, key = _parts_read(cursor)
        moment = datetime.fromisoformat(said)
        found = moment.astimezone(UTC), key
    except _NOT_OURS as error:
        raise CursorRefused(cursor) from error
    if moment.tzinfo is None:
        raise CursorRefused(cursor)
    return found


def rank_read(cursor: str) -> tuple[float, UUID]:
    """Return the number and key of the row before the page; raise `CursorRefused`."""
    try:
        rank, key = _parts_read(cursor)
        fits = isfinite(rank) and abs(rank) <= RANK_MOST
    except _NOT_OURS as error:
        raise CursorRefused(cursor) from error
    if not fits:
        raise CursorRefused(cursor)
    return rank, key


def page_of(rows: QuerySet[Row], *, by: str, cursor: str = "", size: int = 24) -> Page[Row]:
    """Return the page of *rows*, newest *by* first, that begins after *cursor*.

    *by* is a timestamp field; the primary key breaks ties. Raises `CursorRefused`.
    """
    return _page(rows, by=by, behind=moment_read(cursor) if cursor else None, size=size)


def page_ranked(rows: QuerySet[Row], *, by: str, cursor: str = "", size: int = 24) -> Page[Row]:
    """Return the page of *rows*, highest *by* first, that begins after *cursor*.

    *by* is a number, of the row or computed for it. Raises `CursorRefused`.
    """
    return _page(rows, by=by, behind=rank_read(cursor) if cursor else None, size=size)


def _page(
    rows: QuerySet[Row], *, by: str, behind: tuple[datetime | float, UUID] | None, size: int
) -> Page[Row]:
    ordered = rows.order_by(f"-{by}", "-pk")
    if behind is not None:
        mark, key = behind
        ordered = ordered.filter(Q(**{f"{by}__lt": mark}) | Q(**{by: mark, "pk__lt": key}))
    return page_cut(ordered[: size + 1], by=by, size=size)


def page_cut(found: Iterable[Row], *, by: str, size: int) -> Page[Row]:
    """Return the first page of rows that were *found* in this order, one more than *size*."""
    return page_ended(found, size=size, behind=lambda last: cursor_make(getattr(last, by), last.pk))


def page_ended(found: Iterable[Row], *, size: int, behind: Callable[[Row], str]) -> Page[Row]:
    """Return a page of what was *found*; what is *behind* its last row is the cursor."""
    rows = tuple(found)
    if len(rows) <= size:
        return Page(rows=rows, next_cursor="")
    return Page(rows=rows[:size], next_cursor=behind(rows[size - 1]))
