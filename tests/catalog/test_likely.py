"""The most viewed matches are found first, without reading the others."""

from __future__ import annotations

import pytest
from django.db import connection

from antenne.catalog.asking import asking_read
from antenne.catalog.models import Channel, Video, VideoSearch
from antenne.catalog.selectors import likely as likely_ones
from antenne.catalog.selectors.likely import likely
from antenne.catalog.selectors.search import found_by_all
from tests.catalog.finding import known, titles

pytestmark = pytest.mark.django_db


def viewed(channel: Channel, title: str, views: int) -> Video:
    video = known(channel, title)
    VideoSearch.objects.filter(video=video).update(views=views)
    return video


def found(text: str, *, most: int) -> set[Video]:
    sql, values = likely(found_by_all(), asking_read(text), most=most)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return {Video.objects.get(pk=row[0]) for row in cursor.fetchall()}


@pytest.mark.parametrize(("less", "more"), [(0, 10), (99, 100), (7, 5_000_000), (1, 10**9)])
def test_those_with_more_digits_of_views_come_first(channel: Channel, less: int, more: int) -> None:
    viewed(channel, "A quiet harbour", less)
    loud = viewed(channel, "A loud harbour", more)

    assert found("harbour", most=1) == {loud}


def test_whatever_matches_is_found_however_little_it_was_watched(channel: Channel) -> None:
    videos = {viewed(channel, f"Harbour {n}", views) for n, views in enumerate((0, 9, 123, 10**7))}
    viewed(channel, "A garden", 10**6)

    assert found("harbour", most=10) == videos


def test_what_is_closed_is_not_among_them(channel: Channel) -> None:
    known(channel, "A private harbour", visibility="private")

    assert found("harbour", most=10) == set()


def test_a_phrase_is_found_among_the_most_viewed_that_hold_its_words(
    channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(likely_ones, "LOOKED_AT_MAX", 2)
    viewed(channel, "Winter at the harbour", 900)
    viewed(channel, "The winter harbour", 90)
    viewed(channel, "Another winter harbour", 9)

    assert titles('"winter harbour"') == ["The winter harbour"]


@pytest.mark.parametrize("sort", ["newest", "viewed"])
def test_a_phrase_is_found_in_every_order(channel: Channel, sort: str) -> None:
    viewed(channel, "The winter harbour", 90)
    viewed(channel, "Winter at the harbour", 900)

    assert titles('"winter harbour"', sort=sort) == ["The winter harbour"]


@pytest.mark.parametrize("sign", ["#1", "'#1'", "#"])
def test_nobody_can_search_for_the_digits_themselves(channel: Channel, sign: str) -> None:
    viewed(channel, "The harbour", 5)

    assert titles(f"harbour {sign} nowhere") == []


def test_the_index_holds_what_the_search_asks_for(channel: Channel) -> None:
    viewed(channel, "The harbour", 5)
    sql, values = likely(found_by_all(), asking_read("harbour"), most=5)

    with connection.cursor() as cursor:
        cursor.execute(
            "SET LOCAL enable_seqscan = off;"  # so few rows are read in any way
            "DROP INDEX catalog_found_new, catalog_found_viewed, catalog_found_category,"
            " catalog_found_language, catalog_found_tags"
        )
        cursor.execute(f"EXPLAIN {sql}", values)
        plan = str(cursor.fetchall())

    assert "catalog_found_likely" in plan
