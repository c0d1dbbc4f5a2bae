"""Keyset pagination: the next page begins after the last row, whatever was added since."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from math import isfinite
from typing import Generic, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)
_RANK_MOST = 2**62


class CursorRefused(Exception):
    """The cursor in the address is not one that this site made."""


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page of rows and the cursor of the next, empty at the end."""

    rows: tuple[Row, ...]
    next_cursor: str


def _cursor_make(at: datetime, key: UUID) -> str:
    raw = json.dumps([at.isoformat(), str(key)]).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _cursor_read(cursor: str) -> tuple[datetime, UUID]:
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        at, key = json.loads(raw)
        moment = datetime.fromisoformat(at)
        found = moment.astimezone(UTC), UUID(key)
    except (ValueError, TypeError, AttributeError, OverflowError) as error:
        raise CursorRefused(cursor) from error
    if moment.tzinfo is None:
        raise CursorRefused(cursor)
    return found


def page_of(rows: QuerySet[Row], *, by: str, cursor: str = "", size: int = 24) -> Page[Row]:
    """Return the page of *rows*, newest *by* first, that begins after *cursor*.

    *by* is a timestamp field; the primary key breaks ties. Raises `CursorRefused`.
    """
    ordered = rows.order_by(f"-{by}", "-pk")
    if cursor:
        at, key = _cursor_read(cursor)
        ordered = ordered.filter(Q(**{f"{by}__lt": at}) | Q(**{by: at, "pk__lt": key}))
    return page_cut(ordered[: size + 1], by=by, size=size)


def page_cut(found: Iterable[Row], *, by: str, size: int) -> Page[Row]:
    """Return the first page of rows that were *found* in this order, one more than *size*."""
    rows = tuple(found)
    if len(rows) <= size:
        return Page(rows=rows, next_cursor="")
    last = rows[size - 1]
    return Page(rows=rows[:size], next_cursor=_cursor_make(getattr(last, by), last.pk))


def page_ranked(rows: QuerySet[Row], *, by: str, cursor: str = "", size: int = 24) -> Page[Row]:
    """Return the page of *rows*, highest *by* first, that begins after *cursor*.

    *by* is a number, of the row or computed for it. Raises `CursorRefused`.
    """
    ordered = rows.order_by(f"-{by}", "-pk")
    if cursor:
        rank, key = rank_read(cursor)
        ordered = ordered.filter(Q(**{f"{by}__lt": rank}) | Q(**{by: rank, "pk__lt": key}))
    return rank_cut(ordered[: size + 1], by=by, size=size)


def rank_cut(found: Iterable[Row], *, by: str, size: int) -> Page[Row]:
    """Return the first page of rows that were *found* in this order, one more than *size*."""
    rows = tuple(found)
    if len(rows) <= size:
        return Page(rows=rows, next_cursor="")
    last = rows[size - 1]
    return Page(rows=rows[:size], next_cursor=rank_cursor(getattr(last, by), last.pk))


def rank_cursor(rank: float, key: UUID) -> str:
    """Return the cursor behind a row of this rank."""
    raw = json.dumps([rank, str(key)]).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def rank_read(cursor: str) -> tuple[float, UUID]:
    """Return the rank and key of the row before the page; raise `CursorRefused`."""
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        rank, key = json.loads(raw)
        found = rank, UUID(key)
        fits = isfinite(rank) and abs(rank) <= _RANK_MOST
    except (ValueError, TypeError, AttributeError, OverflowError) as error:
        raise CursorRefused(cursor) from error
    if not fits:
        raise CursorRefused(cursor)
    return found
