"""Words: typos, what may be typed next, what is marked, and what hostile people type."""

from __future__ import annotations

import pytest

from antenne.catalog.asking import ASKED_MAX_CHARS, asking_prefix, asking_read
from antenne.catalog.models import Channel, SearchWord
from antenne.catalog.selectors.search import (
    channels_found,
    channels_suggested,
    moments_found,
    videos_suggested,
)
from antenne.catalog.selectors.words import asking_corrected, words_completing, words_marked
from antenne.catalog.services.trends import words_count
from antenne.catalog.wording import hashtags_of, language_guess, tag_key
from tests.catalog.finding import known, titles

HOSTILE = [
    "'; DROP TABLE catalog_video; --",
    '"',
    '" OR "',
    "OR OR OR",
    "-" * 500,
    "%_%",
    "\\",
    "a\x00b",
    "\x00",
    "((((((",
    "& | ! <-> :*",
    "'a':* & 'b",
    "x" * 10_000,
    "word " * 3_000,
    "猫" * 10_000,
    "\ud800",
    "<script>alert(1)</script>",
    "🦢🦢",
    "a\u0300" * 500,
    "\u202e evil",
    "é" * 300 + " OR -b",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_is_typed_is_answered(channel: Channel, text: str) -> None:
    video = known(channel, "Swans")
    asking = asking_read(text)

    assert len(asking.text) <= ASKED_MAX_CHARS
    if not asking.empty:
        titles(text)
        moments_found(asking, [video])
        channels_found(asking)
        asking_corrected(asking)
        words_marked(asking, ["Swans", text])
        words_completing(asking_prefix(text))
        videos_suggested(asking_prefix(text))
        channels_suggested(asking_prefix(text))
    assert known(channel, "Still there").title == "Still there"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lighthuose", "lighthouse"),
        ("ligthouse", "lighthouse"),
        ("harbor lighthouse", "harbour lighthouse"),
        ("LIGHTHOUES -swans", "lighthouse -swans"),
        ("besanson", "besancon"),
        ("swna", "swan"),
    ],
)
def test_a_typo_is_understood(channel: Channel, typed: str, meant: str) -> None:
    known(channel, "Harbour lighthouse")
    known(channel, "Été à Besançon")
    known(channel, "Swan")

    corrected = asking_corrected(asking_read(typed))

    assert corrected is not None
    assert corrected.text == meant


@pytest.mark.parametrize("typed", ["lighthouse", "the", "elephant", "猫", "hi", ""])
def test_what_is_right_or_like_nothing_is_left_alone(channel: Channel, typed: str) -> None:
    known(channel, "Harbour lighthouse")

    assert asking_corrected(asking_read(typed)) is None


def test_typing_is_completed_by_the_most_used_words(channel: Channel) -> None:
    for title in ("Harbour at night", "Harbour at noon", "Harvest", "Swan harbour"):
        known(channel, title)
    words_count()

    assert words_completing(asking_prefix("har")) == ["harbour", "harvest"]
    assert words_completing(asking_prefix("swan ha")) == ["swan harbour"]
    assert words_completing(asking_prefix("h")) == []
    assert words_completing(asking_prefix("harbour ")) == []
    assert words_completing(asking_prefix("%")) == []


def test_titles_and_channels_are_suggested_while_typing(channel: Channel) -> None:
    known(channel, "Harbour at night")

    assert [row.title for row in videos_suggested(asking_prefix("night har"))] == [
        "Harbour at night"
    ]
    assert [row.name for row in channels_suggested(asking_prefix("ali"))] == ["Alice"]
    assert channels_suggested(asking_prefix("bo")) == []


def test_every_form_of_a_word_is_marked(db: None) -> None:
    texts = ["Les chevaux du roi", "Un Cheval, des échevins"]

    assert words_marked(asking_read("cheval"), texts) == {"chevaux", "cheval"}
    assert words_marked(asking_read("nothing"), texts) == {"nothing"}


def test_words_are_counted_anew_and_forgotten(channel: Channel) -> None:
    video = known(channel, "Harbour at night")
    video.delete()
    known(channel, "Night swans")

    words_count()

    kept = dict(SearchWord.objects.values_list("word", "uses"))
    assert kept == {"night": 1, "swans": 1, "alice": 1}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Le chat est dans la maison avec nous", "fr"),
        ("How to build a house with your hands and what it costs", "en"),
        ("Cómo hacer una casa con las manos", "es"),
        ("Como fazer uma casa com as mãos", "pt"),
        ("Swans", ""),
        ("", ""),
    ],
)
def test_a_language_is_guessed_where_it_stands_out(text: str, language: str) -> None:
    assert language_guess(text) == language


def test_tags_have_one_form(db: None) -> None:
    assert tag_key("Été 2026") == "ete-2026"
    assert hashtags_of("#Été #ete #12 https://x.org/#part a#b (#東京) #foo_bar") == [
        "ete",
        "東京",
        "foo-bar",
    ]
