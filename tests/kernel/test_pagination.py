"""Keyset pages."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime

import pytest

from antenne.kernel.models import FactRecord
from antenne.kernel.pagination import CursorRefused, Page, page_of, page_ranked

pytestmark = pytest.mark.django_db
MOMENT = datetime(2026, 11, 23, tzinfo=UTC)


def page(cursor: str = "", size: int = 2) -> Page[FactRecord]:
    return page_of(FactRecord.objects.all(), by="created_at", cursor=cursor, size=size)


def fact(name: str, at: datetime = MOMENT) -> None:
    FactRecord.objects.create(name=name, payload={}, created_at=at)


def cursor_of(content: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode()


def test_rows_of_one_moment_are_told_apart_by_their_keys() -> None:
    for number in range(5):
        fact(str(number))

    names, cursor = [], ""
    for _page in range(3):
        found = page(cursor)
        names += [row.name for row in found.rows]
        cursor = found.next_cursor

    assert names == ["4", "3", "2", "1", "0"]
    assert cursor == ""


@pytest.mark.parametrize("rows", [0, 1, 2])
def test_a_page_that_is_not_full_is_the_last(rows: int) -> None:
    for number in range(rows):
        fact(str(number))

    assert len(page().rows) == rows
    assert page().next_cursor == ""


def test_what_was_removed_meanwhile_does_not_hide_the_rest() -> None:
    for number in range(4):
        fact(str(number))
    cursor = page().next_cursor
    FactRecord.objects.filter(name="2").delete()

    assert [row.name for row in page(cursor).rows] == ["1", "0"]


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "é",
        "\x00",
        "====",
        cursor_of(None),
        cursor_of([]),
        cursor_of({"a": 1, "b": 2}),
        cursor_of(["2026-01-01T00:00:00+00:00", 5]),
        cursor_of([5, "01890a5d-ac96-774b-bcce-b302099a8057"]),
        cursor_of(["2026-01-01T00:00:00", "01890a5d-ac96-774b-bcce-b302099a8057"]),
        base64.urlsafe_b64encode(b"[" * 100_000).decode(),
        cursor_of(["0001-01-01T00:00:00+23:00", "01890a5d-ac96-774b-bcce-b302099a8057"]),
    ],
)
def test_a_cursor_that_is_not_ours_is_refused(cursor: str) -> None:
    with pytest.raises(CursorRefused):
        page(cursor)


@pytest.mark.parametrize("rank", [None, "1", [1], 10**400, 2**63, float("inf"), float("nan")])
def test_a_rank_that_is_not_ours_is_refused(rank: object) -> None:
    cursor = cursor_of([rank, "01890a5d-ac96-774b-bcce-b302099a8057"])

    with pytest.raises(CursorRefused):
        page_ranked(FactRecord.objects.all(), by="created_at", cursor=cursor)
