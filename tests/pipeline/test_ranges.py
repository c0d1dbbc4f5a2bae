"""Instants before and after a cut, as pure functions."""

from __future__ import annotations

import pytest

from antenne.pipeline.ranges import (
    RangesRefused,
    after_cut,
    before_cut,
    chapters_cut,
    composed,
    cues_moved,
    ranges_clean,
)

PARTS = ((1000, 3000), (5000, 6000))


def test_touching_parts_are_one_and_stand_in_order() -> None:
    found = ranges_clean([(5000, 7000), (0, 1000), (1020, 2000)], duration_ms=6000)

    assert found == ((0, 2000), (5000, 6000))


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ([], "none"),
        ([(9, 3)], "none"),
        ([(7000, 8000)], "none"),
        ([(0, 100)], "short"),
        ([(-5, 6001)], "whole"),
        ([(n * 100, n * 100 + 50) for n in range(51)], "many"),
    ],
)
def test_parts_that_make_no_cut_are_refused(raw: list[tuple[int, int]], reason: str) -> None:
    with pytest.raises(RangesRefused) as refused:
        ranges_clean(raw, duration_ms=6000)

    assert refused.value.reason == reason


@pytest.mark.parametrize("at_ms", [0, 1, 1999, 2000, 2500])
def test_an_instant_goes_there_and_back(at_ms: int) -> None:
    assert after_cut(before_cut(at_ms, PARTS), PARTS) == at_ms


def test_an_instant_that_is_cut_out_comes_where_its_part_was() -> None:
    assert [after_cut(at_ms, PARTS) for at_ms in (500, 4000, 9000)] == [0, 2000, 3000]
    assert before_cut(2000, PARTS) == 5000
    assert before_cut(2000, PARTS, ends=True) == 3000


def test_a_cut_of_a_cut_is_parts_of_the_whole() -> None:
    assert composed(PARTS, ((500, 2500),)) == ((1500, 3000), (5000, 5500))


def test_a_caption_across_a_cut_closes_up_and_one_within_is_gone() -> None:
    cues = ((2500, 5500, "across"), (3500, 4500, "within"), (0, 1500, "before"))

    moved = cues_moved(cues, old=None, new=PARTS)

    assert moved == ((1500, 2500, "across"), (0, 500, "before"))
    assert cues_moved(((500, 2500, "x"),), old=PARTS, new=None) == ((1500, 5500, "x"),)


def test_a_chapter_that_is_cut_out_is_gone() -> None:
    rows = [{"start_ms": at, "title": str(at)} for at in (0, 3000, 5000, 5500)]

    assert chapters_cut(rows, new=PARTS) == [
        {"start_ms": 0, "title": "0"},
        {"start_ms": 2000, "title": "5000"},
        {"start_ms": 2500, "title": "5500"},
    ]
