"""Which categories, languages and tags there is something of."""

from __future__ import annotations

from collections import Counter
from typing import Final

from django.db import connection

from antenne.catalog.models import Trend, VideoSearch
from antenne.catalog.selectors.categories_shown import Shown, categories_offered
from antenne.catalog.states import Audience, Category
from antenne.kernel.remembering import remembered

_TAGS_FROM: Final = 200
_TAGS_MOST: Final = 20
# What is new appears, and what is gone disappears, after so long.
_FRESH_S: Final = 30
# Jumps from one value of the index to the next, however many rows have each.
_LANGUAGES = """
    WITH RECURSIVE known AS (
        (SELECT language FROM catalog_videosearch
         WHERE audience = 'everybody' AND language > '' ORDER BY language LIMIT 1)
        UNION ALL
        SELECT (SELECT language FROM catalog_videosearch
                WHERE audience = 'everybody' AND language > known.language
                ORDER BY language LIMIT 1)
        FROM known WHERE known.language IS NOT NULL
    ) SELECT language FROM known WHERE language IS NOT NULL LIMIT 100
"""
_CATEGORIES = """
    SELECT category FROM unnest(%s::text[]) category WHERE EXISTS (
        SELECT 1 FROM catalog_videosearch s
        WHERE s.audience = 'everybody' AND s.category = category.category
          AND s.published_at IS NOT NULL)
"""


@remembered(_FRESH_S)
def languages_used() -> tuple[str, ...]:
    """Return the languages that everybody finds videos in (one query at times, few rows read)."""
    with connection.cursor() as cursor:
        cursor.execute(_LANGUAGES)
        return tuple(row[0] for row in cursor.fetchall())


def categories_used() -> list[Shown]:
    """Return the categories that are offered and filled, in the site's order."""
    filled = _categories_filled()
    return [category for category in categories_offered() if category.value in filled]


@remembered(_FRESH_S)
def _categories_filled() -> frozenset[str]:
    """Return the categories that everybody finds videos in (one query at times)."""
    with connection.cursor() as cursor:
        cursor.execute(_CATEGORIES, [Category.values])
        return frozenset(row[0] for row in cursor.fetchall())


@remembered(_FRESH_S)
def tags_warm() -> tuple[str, ...]:
    """Return the tags that the warmest videos share (one query at times)."""
    warm = Trend.objects.filter(audience=Audience.EVERYBODY).order_by("-heat", "-pk")
    rows = VideoSearch.objects.filter(
        pk__in=warm.values("pk")[:_TAGS_FROM], audience=Audience.EVERYBODY
    )
    counted = Counter(tag for tags in rows.values_list("tags", flat=True) for tag in tags)
    ranked = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return tuple(tag for tag, _times in ranked[:_TAGS_MOST])
