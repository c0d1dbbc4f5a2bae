"""Searching: what is found, in which language, and in which order."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from antenne.accounts.models import Person
from antenne.catalog.asking import asking_read
from antenne.catalog.models import Channel, Video
from antenne.catalog.selectors.search import (
    Narrowing,
    channels_found,
    moments_found,
    videos_found,
)
from antenne.catalog.services.channels import channel_create, channel_edit
from antenne.catalog.services.search import channel_index, search_catch_up, video_index
from antenne.catalog.services.tallies import tally_add
from antenne.catalog.services.trends import trends_update
from antenne.catalog.states import TallyKind
from antenne.kernel.clock import now
from antenne.kernel.pagination import CursorRefused
from tests.catalog.finding import known, spoken, titles
from tests.factories.catalog import video_make

TEXTS = [
    ("fr", "Les chevaux de la forêt", "cheval foret"),
    ("fr", "Été à Besançon", "ete besancon"),
    ("fr", "Un cœur à l'œuvre", "coeur œuvre"),
    ("en", "Restoring old lighthouses", "lighthouse restored"),
    ("es", "Canciones del niño pequeño", "cancion nino"),
    ("pt", "As canções de São João", "cancao sao joao"),
    ("ja", "東京タワーの夜景", "タワー"),
    ("ja", "黒い猫の一日", "猫"),
    ("ja", "ｶﾞﾗｽの町", "ガラス"),
    ("ko", "한국어로 배우는 요리", "요리"),
    ("zh", "北京的春天", "春天"),
    ("th", "อาหารไทย", "อาหาร"),
    ("ru", "Весёлый ёжик", "веселый ежик"),
    ("ar", "مَدِينة البحر", "مدينة"),
    ("", "Les chats du port et de la ville", "chat"),  # its language is guessed
]


@pytest.mark.parametrize(("language", "title", "asked"), TEXTS)
def test_words_are_found_in_their_language(
    channel: Channel, language: str, title: str, asked: str
) -> None:
    known(channel, title, language=language)
    known(channel, "Something else", language=language)

    assert titles(asked) == [title]
    assert titles(title) == [title]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ('"night harbour"', ["Night harbour"]),
        ("“night harbour”", ["Night harbour"]),
        ("harbour -night", ["The harbour"]),
        ("lamp OR keeper", ["Keeper of the light", "Lamp"]),
        ("keeper the light", ["Keeper of the light"]),
        ("the", ["Keeper of the light", "The harbour"]),
        ("lamp light", []),
    ],
)
def test_phrases_minus_and_or(channel: Channel, asked: str, found: list[str]) -> None:
    for title in ("Night harbour", "The harbour", "Harbour by night", "Lamp"):
        known(channel, title, language="en")
    known(channel, "Keeper of the light", language="en")

    assert sorted(titles(asked)) == found


def test_only_a_minus_finds_nothing_and_nothing_finds_everything(channel: Channel) -> None:
    known(channel, "Night harbour")

    assert asking_read("-night").empty
    assert titles("") == ["Night harbour"]


def test_a_title_ranks_before_a_tag_a_channel_a_description_and_a_caption(
    channel: Channel, alice: Person
) -> None:
    said = known(channel, "Said", language="en")
    spoken(said, "we saw a pelican there")
    known(channel, "Described", language="en", description="Nothing but a pelican.")
    known(channel, "Tagged", language="en", tags=["pelican"])
    known(channel_create(person=alice, name="Pelican"), "Of the channel", language="en")
    known(channel, "A pelican", language="en")

    found = titles("pelican")

    assert found[0] == "A pelican"
    assert sorted(found[1:3]) == ["Of the channel", "Tagged"]
    assert found[3:] == ["Described", "Said"]


def test_of_equals_the_more_viewed_comes_first(channel: Channel) -> None:
    known(channel, "Swans one")
    viewed = known(channel, "Swans two")
    tally_add(subject=viewed.pk, home=viewed.home, kind=TallyKind.VIEWS, by=900)
    trends_update()

    assert titles("swans") == ["Swans two", "Swans one"]
    assert titles("swans", sort="viewed") == ["Swans two", "Swans one"]


def test_the_newest_come_first_where_that_is_asked(channel: Channel) -> None:
    old = known(channel, "Swans old", published_at=now() - timedelta(days=9))
    known(channel, "Swans new")

    assert titles("swans", sort="newest") == ["Swans new", "Swans old"]
    assert titles("swans", Narrowing(since="week")) == ["Swans new"]
    assert old.published_at is not None


@pytest.mark.parametrize(
    ("narrowing", "said"),
    [
        (Narrowing(length="long"), {"duration_ms": 30 * 60_000}),
        (Narrowing(length="medium"), {"duration_ms": 10 * 60_000}),
        (Narrowing(quality="uhd"), {"width_px": 2160, "height_px": 3840}),
        (Narrowing(language="fr"), {"language": "fr"}),
        (Narrowing(category="music"), {"category": "music"}),
        (Narrowing(tag="ete-2026"), {"tags": ["Été 2026"]}),
        (Narrowing(tag="ete"), {"description": "Tout sur #Été"}),
    ],
)
def test_each_filter_narrows(channel: Channel, narrowing: Narrowing, said: dict[str, Any]) -> None:
    known(channel, "Swans")
    known(channel, "Swans wanted", **said)

    assert titles("swans", narrowing) == ["Swans wanted"]
    assert titles("", narrowing) == ["Swans wanted"]


def test_captions_are_a_filter_by_language(channel: Channel) -> None:
    known(channel, "Swans")
    spoken(known(channel, "Swans said"), "guten Tag", language="de-AT")

    assert titles("swans", Narrowing(captions="any")) == ["Swans said"]
    assert titles("swans", Narrowing(captions="de")) == ["Swans said"]
    assert titles("swans", Narrowing(captions="fr")) == []


def test_the_moment_is_found_at_which_something_is_said(channel: Channel) -> None:
    video = known(channel, "Harbour film")
    spoken(video, "Good morning.", "The ferries leave at nine.", "A ferry comes back.", "Bye.")

    moments = moments_found(asking_read("ferry"), [video])[video.pk]

    assert [(moment.start_s, moment.text) for moment in moments] == [
        (10, "The ferries leave at nine."),
        (20, "A ferry comes back."),
    ]
    assert titles('"ferry comes"', spoken=True) == ["Harbour film"]
    assert titles("harbour", spoken=True) == []


def test_pages_follow_one_another_without_gap_or_repetition(channel: Channel) -> None:
    made = {known(channel, f"Swans {number}").title for number in range(7)}

    for sort in ("relevance", "newest", "viewed"):
        found: list[str] = []
        cursor = ""
        while True:
            page = videos_found(asking_read("swans"), Narrowing(), sort=sort, cursor=cursor, size=3)
            found += [video.title for video in page.rows]
            cursor = page.next_cursor
            if not cursor:
                break
        assert sorted(found) == sorted(made)


@pytest.mark.parametrize("cursor", ["x", "W10", "WzEsMl0", "W25hbiwgIngiXQ", "🦢"])
def test_a_made_up_cursor_is_refused(channel: Channel, cursor: str) -> None:
    with pytest.raises(CursorRefused):
        videos_found(asking_read("swans"), Narrowing(), cursor=cursor)


def test_a_channel_is_found_by_name_and_what_it_says(channel: Channel, alice: Person) -> None:
    known(channel, "Swans")
    channel_edit(by=alice, handle=channel.handle, name="Les Films du Quai", description="Marées.")
    channel_index(channel_id=channel.pk)

    for asked in ("films quai", "maree", channel.handle):
        page = channels_found(asking_read(asked))
        assert [row.channel.name for row in page.rows] == ["Les Films du Quai"]
    assert channels_found(asking_read("nothing")).rows == ()


def test_what_was_there_before_search_was_is_caught_up_with(channel: Channel) -> None:
    video = video_make(channel, title="Swans of old")

    assert search_catch_up() == 2
    assert search_catch_up() == 0
    assert titles("swans") == ["Swans of old"]

    Video.objects.filter(pk=video.pk).update(title="Geese", updated_at=now())
    assert search_catch_up() == 1
    assert titles("geese") == ["Geese"]


def test_indexing_what_is_gone_does_nothing(channel: Channel) -> None:
    video = known(channel, "Swans")
    key = video.pk
    video.delete()

    video_index(video_id=key)

    assert titles("swans") == []


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("text", ["the", "the harbour", '"the harbour"', "harbour -the", "les"])
def test_a_word_that_one_language_leaves_out_is_asked_for_in_the_others(text: str) -> None:
    asking = asking_read(text)
    whole, merged = asking.query().as_sql(), asking.query(merged=True).as_sql()

    with connection.cursor() as cursor:
        for said in ("the harbour", "a harbour", "les canots"):
            vector = "to_tsvector('simple', %s)"
            cursor.execute(
                f"SELECT {vector} @@ {whole[0]}, {vector} @@ {merged[0]}",
                [said, *whole[1], said, *merged[1]],
            )
            first, second = cursor.fetchone()
            assert first == second
