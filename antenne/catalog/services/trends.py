"""Writes to what lists are ordered by: heat, views, followers, words; whole tables at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.db import connection, transaction
from django.db.models import Q

from antenne.catalog.models import Trend, Video
from antenne.catalog.selectors.trending import heat_age
from antenne.kernel.clock import now

_HEAT = """
    WITH counted AS (
        SELECT subject, sum(value * CASE kind WHEN 'views' THEN 1 WHEN 'likes' THEN 4
                                    WHEN 'comments' THEN 6 WHEN 'saves' THEN 6 ELSE 0 END) AS total
        FROM catalog_tally WHERE kind IN ('views', 'likes', 'comments', 'saves') GROUP BY subject
    ), warmed AS (
        SELECT video_id, heat, total,
               ln(greatest(total - counted.counted_before, 1)) / ln(2.0) + %(age)s AS new
        FROM (SELECT t.video_id, t.heat, t.counted AS counted_before, c.total
              FROM catalog_trend t JOIN counted c ON c.subject = t.video_id
              WHERE c.total <> t.counted) AS counted
    )
    UPDATE catalog_trend t SET
        counted = w.total,
        heat = CASE WHEN w.total < t.counted THEN t.heat ELSE
            greatest(w.heat, w.new)
            + ln(1 + power(2.0::float8, greatest(-abs(w.heat - w.new), -60))) / ln(2.0) END
    FROM warmed w WHERE w.video_id = t.video_id
"""

_VIEWS = """
    UPDATE catalog_videosearch s SET views = c.total
    FROM (SELECT subject, sum(value) AS total FROM catalog_tally WHERE kind = 'views'
          GROUP BY subject) AS c
    WHERE c.subject = s.video_id AND abs(c.total - s.views) > s.views / 50
"""

_CHANNELS = """
    UPDATE catalog_channelsearch s SET followers = c.followers, videos = c.videos
    FROM (SELECT channel_id,
                 coalesce((SELECT sum(value) FROM catalog_tally
                           WHERE subject = channel_id AND kind = 'followers'), 0) AS followers,
                 (SELECT count(*) FROM catalog_videosearch v
                  WHERE v.channel_id = s.channel_id AND v.audience = 'everybody'
                    AND v.published_at IS NOT NULL) AS videos
          FROM catalog_channelsearch s) AS c
    WHERE c.channel_id = s.channel_id AND (c.followers, c.videos) <> (s.followers, s.videos)
"""

_WORDS = """
    WITH fresh AS MATERIALIZED (
        SELECT word, ndoc FROM ts_stat(%(texts)s)
        WHERE length(word) BETWEEN 3 AND 48
    ), gone AS (
        DELETE FROM catalog_searchword w
        WHERE NOT EXISTS (SELECT 1 FROM fresh WHERE fresh.word = w.word)
    )
    INSERT INTO catalog_searchword AS kept (word, uses) SELECT word, ndoc FROM fresh
    ON CONFLICT (word) DO UPDATE SET uses = excluded.uses WHERE kept.uses <> excluded.uses
"""

_TITLES: Final = """
    SELECT words FROM catalog_videosearch WHERE audience = 'everybody' AND published_at IS NOT NULL
    UNION ALL SELECT words FROM catalog_playlistsearch
"""


def trend_begin(*, video: Video) -> None:
    """Give a published video the heat of one view at that moment, or follow what was changed."""
    values = {
        "audience": video.audience,
        "language": video.language.lower(),
        "category": video.category,
    }
    begun = Trend(video=video, heat=heat_age(video.published_at or now()), **values)
    Trend.objects.bulk_create([begun], ignore_conflicts=True)
    same = Q(**values)
    Trend.objects.filter(video=video).exclude(same).update(**values)


@transaction.atomic
def trends_update() -> None:
    """Warm what was watched, liked or talked about since the last time; count views, followers."""
    with connection.cursor() as cursor:
        cursor.execute(_HEAT, {"age": heat_age(now())})
        cursor.execute(_VIEWS)
        cursor.execute(_CHANNELS)


@transaction.atomic
def words_count(*, also: Sequence[str] = ()) -> None:
    """Count the words that everybody's titles, tags, channels and playlists use; forget the others.

    *also* are the queries (constants) by which domains above this one tell theirs, as `words`.
    """
    texts = " UNION ALL ".join([_TITLES, *also])
    each = f"SELECT to_tsvector('simple', words) FROM ({texts}) AS each"  # noqa: S608 - constants
    with connection.cursor() as cursor:
        cursor.execute(_WORDS, {"texts": each})
