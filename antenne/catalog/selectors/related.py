"""What to watch after a video: others that share tags, words, channel, category and language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.db import connection

from antenne.catalog.selectors.onlookers import ANYBODY, Onlooker
from antenne.catalog.selectors.videos import videos_public
from antenne.kernel.written import keys_in, keys_text, written

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.db.models.expressions import RawSQL

    from antenne.catalog.models import Video

_EACH: Final = 60
_SPARE: Final = 12
# A few likely ones of each kind are gathered by index, then weighed against one another.
_RELATED = """
    WITH this AS (
        SELECT video_id, channel_id, language, category, tags, (
            SELECT string_agg(quote_literal(word), ' | ')::tsquery
            FROM (SELECT word FROM catalog_searchword
                  WHERE word = ANY(string_to_array(s.words, ' ')) AND uses < 2000
                  ORDER BY uses LIMIT 4) AS rarest) AS words
        FROM catalog_videosearch s WHERE video_id = %(video)s
    ), likely AS (
        (SELECT s.video_id FROM catalog_videosearch s, this
         WHERE s.audience = 'everybody' AND s.tags && this.tags LIMIT 2 * %(each)s)
        UNION
        (SELECT s.video_id FROM catalog_videosearch s, this
         WHERE s.audience = 'everybody' AND s.head @@ this.words LIMIT 2 * %(each)s)
        UNION
        (SELECT s.video_id FROM catalog_videosearch s, this
         WHERE s.audience = 'everybody' AND s.channel_id = this.channel_id
         ORDER BY s.published_at DESC LIMIT %(each)s)
        UNION
        (SELECT t.video_id FROM catalog_trend t, this
         WHERE t.audience = 'everybody' AND t.category = this.category
         ORDER BY t.heat DESC LIMIT %(each)s)
        UNION
        (SELECT t.video_id FROM catalog_trend t
         WHERE t.audience = 'everybody' ORDER BY t.heat DESC LIMIT %(size)s)
    )
    SELECT s.video_id FROM likely JOIN catalog_videosearch s USING (video_id), this
    WHERE s.video_id <> this.video_id AND s.audience = 'everybody' AND s.published_at IS NOT NULL
    ORDER BY
        2 * cardinality(ARRAY(SELECT unnest(s.tags) INTERSECT SELECT unnest(this.tags)))
        + 3 * coalesce(ts_rank(s.head, this.words), 0)
        + CASE WHEN s.channel_id = this.channel_id THEN 1.5 ELSE 0 END
        + CASE WHEN s.category <> '' AND s.category = this.category THEN 1 ELSE 0 END
        + CASE WHEN s.language <> '' AND s.language = this.language THEN 1 ELSE 0 END
        + ln(1 + s.views) / 12 DESC,
        s.video_id DESC
    LIMIT %(size)s
"""


def videos_related(video: Video, onlooker: Onlooker = ANYBODY, size: int = 20) -> list[Video]:
    """Return public videos to go on with, the nearest first (three queries at most).

    A video that search does not know yet is followed by the newest. Of more than are asked for,
    those remain that *onlooker* meets.
    """
    keys = _related(video.pk, size + _SPARE)
    usual = onlooker.usual
    met = _met(keys_text(keys), onlooker=usual) if usual and keys else _shown(onlooker, keys)
    found = {each.pk: each for each in met}
    if found:
        return [found[key] for key in keys if key in found][:size]
    newest = onlooker.of(videos_public()).exclude(pk=video.pk).order_by("-published_at", "-pk")
    return list(newest[:size])


def _shown(onlooker: Onlooker, keys: list[UUID] | RawSQL) -> QuerySet[Video]:
    return onlooker.of(videos_public()).filter(pk__in=keys)


@written
def _met(keys: str, *, onlooker: Onlooker) -> QuerySet[Video]:
    return _shown(onlooker, keys_in(keys))


def _related(key: UUID, size: int) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(_RELATED, {"video": key, "size": size, "each": _EACH})
        return [row[0] for row in cursor.fetchall()]
