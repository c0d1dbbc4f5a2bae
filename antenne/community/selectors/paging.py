"""Keyset pages over columns that are not moments: scores and keys."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from antenne.kernel.pagination import CursorRefused, Page

Row = TypeVar("Row", bound=Model)
_SCORE_MAX = 2**62
_KEY_MAX = UUID(int=2**128 - 1)


def cursor_make(score: int, key: UUID) -> str:
    """Return the cursor of what comes after a row."""
    raw = json.dumps([score, str(key)], separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def cursor_read(cursor: str) -> tuple[int, UUID]:
    """Return what `cursor_make` was given; raise `CursorRefused` for anything else."""
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        score, key = json.loads(raw)
        found = int(score), UUID(key)
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise CursorRefused(cursor) from error
    if not isinstance(score, int) or not -_SCORE_MAX <= score <= _SCORE_MAX:
        raise CursorRefused(cursor)
    return found


def ranked_page(rows: QuerySet[Row], *, by: str, cursor: str, size: int) -> Page[Row]:
    """Return a page of rows with `pinned` and *by* (a number, or nothing): a pinned one first."""
    found = ranked(rows, by=by)
    if cursor:
        score, key = cursor_read(cursor)
        # Said in this way, the index is entered at the score however deep the page lies.
        older = Q(**{f"{by}__lt": score}) | Q(pk__lt=key) if by else Q(pk__lt=key)
        reached = Q(**{f"{by}__lte": score}) if by else Q()
        found = found.filter(reached & older, pinned=False)
    return page_cut(found[: size + 1], by=by, size=size)


def ranked(rows: QuerySet[Row], *, by: str) -> QuerySet[Row]:
    """Return rows in the order of `ranked_page`."""
    return rows.order_by("-pinned", *([f"-{by}"] if by else []), "-pk")


def page_cut(found: Iterable[Row], *, by: str, size: int) -> Page[Row]:
    """Return the page of what was *found*, which is one more where there is a next page."""
    rows = tuple(found)
    if len(rows) <= size:
        return Page(rows=rows, next_cursor="")
    last = rows[size - 1]
    if getattr(last, "pinned", False):  # everything else comes after it
        return Page(rows=rows[:size], next_cursor=cursor_make(_SCORE_MAX, _KEY_MAX))
    score = getattr(last, by) if by else 0
    return Page(rows=rows[:size], next_cursor=cursor_make(score, last.pk))


def oldest_page(rows: QuerySet[Row], *, cursor: str, size: int) -> Page[Row]:
    """Return a page of rows by their key, the oldest first."""
    found = rows.order_by("pk")
    if cursor:
        found = found.filter(pk__gt=cursor_read(cursor)[1])
    kept = tuple(found[: size + 1])
    if len(kept) <= size:
        return Page(rows=kept, next_cursor="")
    return Page(rows=kept[:size], next_cursor=cursor_make(0, kept[size - 1].pk))
