"""What the site of `benchmarks.site` consists of: people, channels, videos and what people do."""

from __future__ import annotations

from typing import Final

from django.apps import apps

from benchmarks.site_rows import Model, Span, analyze, key_sql, rows_add

PER_CHANNEL: Final = 20
COMMENTS: Final = 10
EVENTS: Final = 50
WORDS: Final = (
    *("harbour", "winter", "market", "bridge", "garden", "storm", "river", "lantern", "piano"),
    *("mountain", "letter", "station", "forest", "kitchen", "island", "theatre", "museum"),
)
CATEGORIES: Final = ("news", "music", "sport", "travel", "tech", "school", "fun")


def model(label: str) -> Model:
    """Return a model by its label."""
    found: Model = apps.get_model(label)
    return found


def word_sql(number: str) -> str:
    """Return the SQL of a word that depends on *number*."""
    words = ",".join(f"'{word}'" for word in WORDS)
    return (
        f"(ARRAY[{words}])[1 + mod(hashint4(({number})::int)::bigint & 65535, {len(WORDS)})::int]"
    )


def site_fill(videos: int, *, before: int) -> None:
    """Add everything that a site of *videos* videos has and one of *before* has not."""
    people = Span(before // 2, videos // 2)
    channels = Span(before // PER_CHANNEL, videos // PER_CHANNEL)
    films = Span(before, videos)
    _people_add(people)
    _channels_add(channels, people.last)
    _videos_add(films, channels.last)
    analyze()


def _people_add(span: Span) -> None:
    home = "(SELECT code FROM custody_region LIMIT 1)"
    user = model("accounts.User")
    login = {"email": "'p' || n || '@example.org'", "password": "'!'", "home": home}
    rows_add(user, span, **login)
    rows_add(
        model("accounts.Person"),
        span,
        user_id=key_sql(user, "n"),
        home=home,
        handle="'p' || n",
        name=f"initcap({word_sql('n')}) || ' ' || n",
    )


def _channels_add(span: Span, people: int) -> None:
    rows_add(
        model("catalog.Channel"),
        span,
        home="(SELECT code FROM custody_region LIMIT 1)",
        person_id=key_sql(model("accounts.Person"), f"n % {people}"),
        handle="'c' || n",
        name=f"initcap({word_sql('n')}) || ' channel ' || n",
    )


def _videos_add(span: Span, channels: int) -> None:
    categories = ",".join(f"'{name}'" for name in CATEGORIES)
    text = f"initcap({word_sql('n')}) || ' ' || {word_sql('n + 7')} || ' ' || n"
    rows_add(
        model("catalog.Video"),
        span,
        public_id="'xb' || lpad(to_hex(n), 8, '0')",
        home="(SELECT code FROM custody_region LIMIT 1)",
        channel_id=key_sql(model("catalog.Channel"), f"n % {channels}"),
        title=text,
        description=f"'About the ' || {word_sql('n + 3')} || ' of ' || {word_sql('n + 5')}",
        language="CASE WHEN n % 3 = 0 THEN 'fr' ELSE 'en' END",
        category=f"(ARRAY[{categories}])[1 + n % {len(CATEGORIES)}]",
        visibility="CASE WHEN n % 20 = 0 THEN 'private' ELSE 'public' END",
        audience="CASE WHEN n % 20 = 0 THEN 'owners' ELSE 'everybody' END",
        published_at="now() - make_interval(mins => 200000 - n)",
        state="'ready'",
        stream="'s1'",
        duration_ms="30000 + (n % 900) * 1000",
        width_px="1920",
        height_px="1080",
        poster="'s1/poster.jpg'",
        poster_small="'s1/small.jpg'",
        tags=f"ARRAY[{word_sql('n')}, {word_sql('n + 1')}]",
    )
