"""Keyset pages of comments: a pinned one first, then by a score or by their keys."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from antenne.kernel.pagination import RANK_MOST, Page, cursor_make, page_ended, rank_read

Row = TypeVar("Row", bound=Model)
_KEY_MOST: Final = UUID(int=2**128 - 1)


def ranked_page(rows: QuerySet[Row], *, by: str, cursor: str, size: int) -> Page[Row]:
    """Return a page of rows with `pinned` and *by* (a number, or nothing): a pinned one first."""
    found = ranked(rows, by=by)
    if cursor:
        score, key = rank_read(cursor)
        # Said in this way, the index is entered at the score however deep the page lies.
        older = Q(**{f"{by}__lt": score}) | Q(pk__lt=key) if by else Q(pk__lt=key)
        reached = Q(**{f"{by}__lte": score}) if by else Q()
        found = found.filter(reached & older, pinned=False)
    return ranked_cut(found[: size + 1], by=by, size=size)


def ranked(rows: QuerySet[Row], *, by: str) -> QuerySet[Row]:
    """Return rows in the order of `ranked_page`."""
    return rows.order_by("-pinned", *([f"-{by}"] if by else []), "-pk")


def ranked_cut(found: Iterable[Row], *, by: str, size: int) -> Page[Row]:
    """Return the first page of what was *found* in this order, one more than *size*."""

    def behind(last: Row) -> str:
        if getattr(last, "pinned", False):  # everything else comes after it
            return cursor_make(RANK_MOST, _KEY_MOST)
        return cursor_make(getattr(last, by) if by else 0, last.pk)

    return page_ended(found, size=size, behind=behind)


def oldest_page(rows: QuerySet[Row], *, cursor: str, size: int) -> Page[Row]:
    """Return a page of rows by their key, the oldest first."""
    found = rows.order_by("pk")
    if cursor:
        found = found.filter(pk__gt=rank_read(cursor)[1])
    return page_ended(found[: size + 1], size=size, behind=lambda last: cursor_make(0, last.pk))
