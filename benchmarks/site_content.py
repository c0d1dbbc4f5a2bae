"""What the site of `benchmarks.site` consists of: people, channels, videos and what people do."""

from __future__ import annotations

from typing import Final

from django.apps import apps

from benchmarks.site_rows import Model, Span, analyze, key_sql, rows_add

PER_CHANNEL: Final = 20
HOME: Final = "(SELECT code FROM custody_region LIMIT 1)"
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
    _search_add(films, channels)
    _tallies_add(films)
    _comments_add(Span(before * COMMENTS, videos * COMMENTS), people.last)
    _audience_add(Span(before * EVENTS, videos * EVENTS), films.last, people.last)
    analyze()


def _people_add(span: Span) -> None:
    user = model("accounts.User")
    login = {"email": "'p' || n || '@example.org'", "password": "'!'", "home": HOME}
    rows_add(user, span, **login)
    rows_add(
        model("accounts.Person"),
        span,
        user_id=key_sql(user, "n"),
        home=HOME,
        handle="'p' || n",
        name=f"initcap({word_sql('n')}) || ' ' || n",
    )


def _channels_add(span: Span, people: int) -> None:
    rows_add(
        model("catalog.Channel"),
        span,
        home=HOME,
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
        home=HOME,
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


def _of_video(columns: str) -> str:
    """Return the SQL that reads something of video *n*."""
    key = key_sql(model("catalog.Video"), "n")
    return f"(SELECT {columns} FROM catalog_video WHERE id = {key})"  # noqa: S608 - ours


def _search_add(films: Span, channels: Span) -> None:
    """Add what the tasks of the catalog would have written about each video and channel."""
    shown = "CASE WHEN n % 20 = 0 THEN 'owners' ELSE 'everybody' END"
    video = key_sql(model("catalog.Video"), "n")
    about = _of_video("title || ' ' || array_to_string(tags, ' ')")
    place = {
        "video_id": video,
        "audience": shown,
        "language": "CASE WHEN n % 3 = 0 THEN 'fr' ELSE 'en' END",
        "category": _of_video("category"),
    }
    rows_add(
        model("catalog.VideoSearch"),
        films,
        **place,
        channel_id=_of_video("channel_id"),
        tags=_of_video("tags"),
        duration_ms="30000 + (n % 900) * 1000",
        side_px="1080",
        published_at="now() - make_interval(mins => 200000 - n)",
        words=f"lower({about})",
        head=f"setweight(to_tsvector('simple', {about}), 'A')",
        vector=f"setweight(to_tsvector('simple', {about}), 'A')",
    )
    rows_add(model("catalog.Trend"), films, **place, heat="(n % 5000) / 100.0 + n / 1000.0")
    rows_add(
        model("catalog.ChannelSearch"),
        channels,
        channel_id=key_sql(model("catalog.Channel"), "n"),
        head="to_tsvector('simple', 'c' || n)",
        followers="n % 1000",
        videos=str(PER_CHANNEL),
    )


def _tallies_add(films: Span) -> None:
    for place, kind in enumerate(("views", "likes", "comments")):
        rows_add(
            model("catalog.Tally"),
            films,
            id=key_sql(model("catalog.Tally"), f"n * 4 + {place}"),
            subject=key_sql(model("catalog.Video"), "n"),
            home=HOME,
            kind=f"'{kind}'",
            value=f"n % {10 ** (4 - place)}",
        )


def _comments_add(span: Span, people: int) -> None:
    """Add comments, three of ten as answers to the first under the same video."""
    comment, video = model("community.Comment"), model("catalog.Video")
    first = key_sql(comment, f"n - n % {COMMENTS}")
    about = {
        "home": HOME,
        "audience": "'everybody'",
        "subject": key_sql(video, f"n / {COMMENTS}"),
        "video_id": key_sql(video, f"n / {COMMENTS}"),
        "root": f"CASE WHEN n % {COMMENTS} > 6 THEN {first} END",
    }
    root = {"root_id": about.pop("root")}
    rows_add(
        comment,
        span,
        **about,
        **root,
        person_id=key_sql(model("accounts.Person"), f"n * 31 % {people}"),
        body=f"initcap({word_sql('n')}) || ' and ' || {word_sql('n + 3')} || ', at 0:12.'",
    )
    rows_add(
        model("community.CommentRuling"),
        span,
        **about,
        root=root["root_id"],
        comment_id=key_sql(comment, "n"),
        score="n % 97",
        replies=f"CASE WHEN n % {COMMENTS} = 0 THEN 3 ELSE 0 END",
    )


def _audience_add(span: Span, videos: int, people: int) -> None:
    """Add raw events, a session for each ten, a day of a video for each fifty."""
    video = key_sql(model("catalog.Video"), f"n / {EVENTS}")
    person = key_sql(model("accounts.Person"), f"n % {people}")
    rows_add(
        model("audience.Event"),
        span,
        home=HOME,
        batch="n / 1000",
        session=key_sql(model("audience.Watch"), "n / 10"),
        video_id=video,
        person_id=person,
        kind="'progress'",
        position_ms="(n % 600) * 1000",
        viewer="md5(n::text)",
    )
    rows_add(
        model("audience.History"),
        Span(span.first // 10, span.last // 10),
        home=HOME,
        person_id=key_sql(model("accounts.Person"), f"n % {people}"),
        video_id=key_sql(model("catalog.Video"), f"(n * 7 + n / {people}) % {videos}"),
        position_ms="(n % 25) * 1000",
    )
