"""What the site of `benchmarks.site` consists of: people, channels, videos and what people do.

Nothing is spread evenly: a few videos have most of the views, comments and events, a few channels
most of the videos, and a few words are in most of the titles.
"""

from __future__ import annotations

from typing import Final

from django.apps import apps

from benchmarks.site_rows import Model, age_sql, key_sql, rows_add, rows_adding
from benchmarks.site_words import LINES, texts_remove, texts_write

PER_CHANNEL: Final = 20
PER_PERSON: Final = 2
COMMENTS: Final = 10
EVENTS: Final = 50
# Of every third video somebody has written down what is said.
SPOKEN: Final = 3
SPOKEN_LINES: Final = 30
FOLLOWS: Final = 5
HOME: Final = "(SELECT code FROM custody_region LIMIT 1)"
CATEGORIES: Final = ("news", "music", "sport", "travel", "tech", "school", "fun")
_FILM: Final = "JOIN site_film f USING (n)"
_LANGUAGE: Final = "CASE WHEN s.n % 3 = 1 THEN 'fr' ELSE 'en' END"
_CONFIG: Final = "(CASE WHEN s.n % 3 = 1 THEN 'french' ELSE 'english' END)::regconfig"
# One of twenty videos is private.
_AUDIENCE: Final = "CASE WHEN s.n % 20 = 7 THEN 'owners' ELSE 'everybody' END"
_MEMBER_FOLLOWS: Final = 200
_MEMBER_NOTICES: Final = 60


def model(label: str) -> Model:
    """Return a model by its label."""
    found: Model = apps.get_model(label)
    return found


def chance_sql(number: str) -> str:
    """Return the SQL of a number from 0 to 1 that looks like chance and depends on *number*."""
    return f"((hashint8(({number})::bigint)::bigint & 16777215) / 16777216.0)"


def skewed_sql(number: str, count: int) -> str:
    """Return the SQL of a whole number below *count*, most often a small one."""
    return f"floor({count} * power({chance_sql(number)}, 3))::int"


def site_fill(videos: int) -> None:
    """Fill an empty site with everything that one of *videos* videos has."""
    people, channels = videos // PER_PERSON, videos // PER_CHANNEL
    texts_write(videos)
    with rows_adding():
        _people_add(people)
        _channels_add(channels, people)
        _videos_add(videos, channels)
        _said_add(videos)
        _search_add(videos, channels)
        _tallies_add(videos, channels)
        _comments_add(videos * COMMENTS, videos, people)
        _audience_add(videos * EVENTS, videos, people)
        _member_add(videos, channels, people)
    texts_remove()


def _people_add(people: int) -> None:
    user = model("accounts.User")
    rows_add(user, people, email="'p' || s.n || '@example.org'", password="'!'", home=HOME)  # noqa: S106 - nobody can sign in by it
    rows_add(
        model("accounts.Person"),
        people,
        f"JOIN site_line l ON l.n = s.n % {LINES}",
        user_id=key_sql(user, "s.n"),
        home=HOME,
        handle="'p' || s.n",
        name="initcap(split_part(l.line, ' ', 1) || ' ' || split_part(l.line, ' ', 2))",
    )


def _channels_add(channels: int, people: int) -> None:
    rows_add(
        model("catalog.Channel"),
        channels,
        f"JOIN site_line l ON l.n = (s.n * 7 + 3) % {LINES}",
        home=HOME,
        person_id=key_sql(model("accounts.Person"), f"s.n % {people}"),
        handle="'c' || s.n",
        name="initcap(split_part(l.line, ' ', 2) || ' ' || split_part(l.line, ' ', 3))",
        description="l.line",
    )


def _channel_sql(channels: int) -> str:
    return key_sql(model("catalog.Channel"), skewed_sql("s.n + 11", channels))


def _videos_add(videos: int, channels: int) -> None:
    categories = ",".join(f"'{name}'" for name in CATEGORIES)
    rows_add(
        model("catalog.Video"),
        videos,
        _FILM,
        public_id="'xb' || lpad(to_hex(s.n), 8, '0')",
        home=HOME,
        channel_id=_channel_sql(channels),
        title="f.title",
        description="f.description",
        language=_LANGUAGE,
        category=f"(ARRAY[{categories}])[1 + s.n % {len(CATEGORIES)}]",
        visibility="CASE WHEN s.n % 20 = 7 THEN 'private' ELSE 'public' END",
        audience=_AUDIENCE,
        published_at=age_sql(videos),
        state="'ready'",
        stream="'s1'",
        duration_ms="30000 + (s.n % 900) * 1000",
        width_px="1920",
        height_px="1080",
        poster="'s1/poster.jpg'",
        poster_small="'s1/small.jpg'",
        preview="'s1/preview.webp'",
        thumbhash="encode(decode(md5(s.n::text), 'hex'), 'base64')",
        tags="f.tags",
    )


def _video_sql(number: str) -> str:
    return key_sql(model("catalog.Video"), number)


def _said_add(videos: int) -> None:
    """Add what is said in every third video."""
    caption = model("catalog.Caption")
    rows_add(
        caption,
        videos // SPOKEN,
        home=HOME,
        audience="'everybody'",
        video_id=_video_sql(f"s.n * {SPOKEN}"),
        language="'en'",
        label="'English'",
        path="'captions/en.vtt'",
        origin="'upload'",
    )
    rows_add(
        model("catalog.CaptionLine"),
        videos // SPOKEN * SPOKEN_LINES,
        f"JOIN site_line l ON l.n = (s.n::bigint * 7919) % {LINES}",
        audience="'everybody'",
        video_id=_video_sql(f"s.n / {SPOKEN_LINES} * {SPOKEN}"),
        caption_id=key_sql(caption, f"s.n / {SPOKEN_LINES}"),
        start_ms=f"s.n % {SPOKEN_LINES} * 4000",
        text="l.line",
        vector="to_tsvector('english', l.line || ' xgapx')",
    )


def _words_sql(text: str, weight: str, *configs: str) -> str:
    """Return the SQL of the words of a text, as `catalog.services.search` writes them."""
    said = f"{text} || ' xgapx'"
    return " || ".join(f"setweight(to_tsvector({each}, {said}), '{weight}')" for each in configs)


def _search_add(videos: int, channels: int) -> None:
    """Add what the tasks of the catalog would have written about each video and channel."""
    channel = model("catalog.Channel")
    categories = ",".join(f"'{name}'" for name in CATEGORIES)
    place = {
        "video_id": _video_sql("s.n"),
        "audience": _AUDIENCE,
        "language": _LANGUAGE,
        "category": f"(ARRAY[{categories}])[1 + s.n % {len(CATEGORIES)}]",
    }
    about = "array_to_string(f.tags, ' ') || ' ' || lower(c.name) || ' ' || c.handle"
    head = " || ".join(
        (
            _words_sql("f.title", "A", _CONFIG, "'simple'"),
            _words_sql(f"({about})", "B", _CONFIG, "'simple'"),
            _words_sql("f.description", "C", _CONFIG),
        )
    )
    said = (
        f"(SELECT to_tsvector('english', string_agg(l.line, ' ')) FROM site_line l"  # noqa: S608 - ours
        f" JOIN generate_series(s.n * {SPOKEN_LINES} / {SPOKEN}, s.n * {SPOKEN_LINES} / {SPOKEN}"
        f" + {SPOKEN_LINES - 1}) AS at(n) ON l.n = (at.n::bigint * 7919) % {LINES})"
    )
    rows_add(
        model("catalog.VideoSearch"),
        videos,
        f"{_FILM} JOIN catalog_channel c ON c.id = {_channel_sql(channels)}",
        **place,
        channel_id="c.id",
        tags="f.tags",
        spoken=f"CASE WHEN s.n % {SPOKEN} = 0 THEN ARRAY['en'] ELSE '{{}}' END",
        duration_ms="30000 + (s.n % 900) * 1000",
        side_px="1080",
        published_at=age_sql(videos),
        views="f.views",
        words=f"lower(f.title) || ' ' || {about}",
        head=head,
        vector=f"{head} || CASE WHEN s.n % {SPOKEN} = 0 THEN {said} ELSE '' END",
    )
    rows_add(
        model("catalog.Trend"),
        videos,
        _FILM,
        **place,
        heat=f"log(2.0, f.views + 1) + 300.0 * s.n / {videos}",
    )
    rows_add(
        model("catalog.ChannelSearch"),
        channels,
        f"JOIN catalog_channel c ON c.id = {key_sql(channel, 's.n')}",
        channel_id="c.id",
        head=_words_sql("c.name || ' ' || c.handle", "A", "'simple'")
        + " || "
        + _words_sql("c.description", "C", "'simple'"),
        followers=f"100000 / (1 + {skewed_sql('s.n', channels)})",
        videos=str(PER_CHANNEL),
    )


def _tallies_add(videos: int, channels: int) -> None:
    tally = model("catalog.Tally")
    kinds = {"views": "f.views", "likes": "f.views / 30", "comments": f"f.views % {COMMENTS * 50}"}
    for place, (kind, value) in enumerate(kinds.items()):
        rows_add(
            tally,
            videos,
            _FILM,
            id=key_sql(tally, f"s.n * 4 + {place}"),
            subject=_video_sql("s.n"),
            home=HOME,
            kind=f"'{kind}'",
            value=value,
        )
    rows_add(
        tally,
        channels,
        id=key_sql(tally, "s.n * 4 + 3"),
        subject=key_sql(model("catalog.Channel"), "s.n"),
        home=HOME,
        kind="'followers'",
        value=f"100000 / (1 + {skewed_sql('s.n', channels)})",
    )


def _comments_add(comments: int, videos: int, people: int) -> None:
    """Add comments in tens under one video, the last three as answers to the first."""
    comment = model("community.Comment")
    first = key_sql(comment, f"s.n - s.n % {COMMENTS}")
    about = {
        "home": HOME,
        "audience": "'everybody'",
        "subject": _video_sql("f.n"),
        "video_id": _video_sql("f.n"),
    }
    root = f"CASE WHEN s.n % {COMMENTS} > 6 THEN {first} END"
    film = f"JOIN site_film f ON f.place = {skewed_sql(f's.n / {COMMENTS}', videos)}"
    rows_add(
        comment,
        comments,
        f"{film} JOIN site_line l ON l.n = s.n % {LINES}",
        **about,
        root_id=root,
        person_id=key_sql(model("accounts.Person"), f"s.n::bigint * 31 % {people}"),
        body="initcap(left(l.line, 1)) || substr(l.line, 2) || ', at 0:12.'",
    )
    rows_add(
        model("community.CommentRuling"),
        comments,
        film,
        **about,
        root=root,
        comment_id=key_sql(comment, "s.n"),
        score=skewed_sql("s.n", 1000),
        replies=f"CASE WHEN s.n % {COMMENTS} = 0 THEN 3 ELSE 0 END",
    )


def _audience_add(events: int, videos: int, people: int) -> None:
    """Add raw events, ten to a session; and what each of the people watched."""
    person = model("accounts.Person")
    rows_add(
        model("audience.Event"),
        events,
        f"JOIN site_film f ON f.place = {skewed_sql('s.n / 10', videos)}",
        home=HOME,
        batch="s.n / 1000",
        session=key_sql(model("audience.Watch"), "s.n / 10"),
        video_id=_video_sql("f.n"),
        person_id=key_sql(person, f"s.n / 10 % {people}"),
        kind="'progress'",
        position_ms="(s.n % 600) * 1000",
        viewer="md5((s.n / 10)::text)",
        at=age_sql(events),
    )
    rows_add(
        model("audience.History"),
        events // 10,
        f"JOIN site_film f ON f.place = {skewed_sql('s.n', videos)}",
        home=HOME,
        person_id=key_sql(person, f"s.n % {people}"),
        video_id=_video_sql("f.n"),
        position_ms="(s.n % 25) * 1000",
        at=age_sql(events // 10),
    )


def _member_add(videos: int, channels: int, people: int) -> None:
    """Add whom people follow, and what the member of the benchmark has: much of everything."""
    person, follow = model("accounts.Person"), model("community.Follow")
    for count, who, first in (
        (people * FOLLOWS, f"s.n % {people}", 0),
        (min(_MEMBER_FOLLOWS, channels), "0", people * FOLLOWS),
    ):
        rows_add(
            follow,
            count,
            id=key_sql(follow, f"s.n + {first}"),
            home=HOME,
            person_id=key_sql(person, who),
            channel_id=key_sql(model("catalog.Channel"), skewed_sql(f"s.n + {first}", channels)),
        )
    rows_add(
        model("community.Notification"),
        min(_MEMBER_NOTICES, videos),
        home=HOME,
        person_id=key_sql(person, "0"),
        kind="'video'",
        key="'video:' || s.n",
        video_id=_video_sql("s.n"),
    )
