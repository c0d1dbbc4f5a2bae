"""The most viewed of what matches, found without reading the rest of it, and weighed.

The index of words holds one word more for each video: how many digits its views have. So those
with the most views are asked for first, then those with a tenth as many, until there are enough.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import connection
from django.db.models import Func, QuerySet

from antenne.catalog.asking import Asking
from antenne.catalog.models import VideoSearch

# So many of the most viewed matches are weighed against one another; beyond, narrow it down.
WEIGHED_MAX: Final = 300
# So many are looked at one by one for whether they hold a phrase, or have it said in them.
LOOKED_AT_MAX: Final = 1000
WEIGHTS: Final = [0.05, 0.15, 0.5, 1.0]  # D (said), C (description), B (tags, channel), A (title)
# Nobody has had ten thousand million views. As the digits are put in order before anything is
# asked, PostgreSQL knows that it may stop once there are enough.
_BEGINNING: Final = (
    "SELECT found.* FROM"
    " (SELECT digits FROM generate_series(1, 10) digits ORDER BY digits DESC) AS likely"
    " CROSS JOIN LATERAL ("
)
_END: Final = ") AS found (key, head, vector, views) ORDER BY likely.digits DESC LIMIT %s"
# Ten million views are worth a fifth: never a title against a description.
_SCORE: Final = (
    f"round((ts_rank(ARRAY{WEIGHTS}::float4[], head, %(asked)s)::float8"
    " + ln(views::float8 + 1) * 0.012)::numeric, 6)::float8"
)
_HELD: Final = "vector @@ %(asked)s"
_SAID: Final = (
    "EXISTS (SELECT FROM catalog_captionline line WHERE line.video_id = near.key"
    " AND line.audience = 'everybody' AND line.vector @@ %(asked)s)"
)
FOLLOWED_BY: Final = " <-> "


class WordsAndViews(Func):
    """The words of a video and its digits of views, as the index `catalog_found_likely` has them.

    The migration that made the index writes the same expression.
    """

    output_field = SearchVectorField()
    arg_joiner = " || array_to_tsvector(ARRAY['#' || length(("
    template = "(%(expressions)s)::text)]))"


class Digits(SearchQuery):
    """That the views of a video have as many digits as the query around it asks for just then.

    No parser of words may see the sign that no word has.
    """

    def as_sql(self, *_how: object, **_more: object) -> tuple[str, Any]:
        """Return the SQL and its values."""
        return """('''#' || likely.digits || '''')::tsquery""", []


def loosely(asking: Asking) -> Asking:
    """Return the same words wherever they stand: what holds a phrase holds its words."""
    return replace(asking, wanted=asking.wanted.replace(FOLLOWED_BY, " & "))


@dataclass(frozen=True, slots=True)
class Weighed:
    """The key of a video, and how well it matches."""

    key: UUID
    score: float


def likely(rows: QuerySet[VideoSearch], asking: Asking, *, most: int) -> tuple[str, list[Any]]:
    """Return the SQL, and its values, of the *most* most viewed of *rows* that match.

    Where there are more, it is a matter of chance which of those with as many digits are taken.
    """
    known = rows.annotate(held=WordsAndViews("vector", "views"))
    found = known.filter(held=asking.query(merged=True) & Digits("")).order_by()
    sql, values = found.values_list("pk", "head", "vector", "views").query.sql_with_params()
    return f"{_BEGINNING}{sql}{_END}", [*values, most]


def weighed(
    rows: QuerySet[VideoSearch],
    asking: Asking,
    *,
    size: int,
    said: bool = False,
    behind: tuple[float, UUID] | None = None,
) -> list[Weighed]:
    """Return the best *size* of those of *rows* that match, *behind* a score and key (one query).

    Those that hold a phrase, and those in which it is *said*, are looked for in the most viewed
    that hold its words. A row is read once, and no further one when enough were found.
    """
    loose = loosely(asking)
    sought = [_HELD] * (loose != asking) + [_SAID] * said
    sql, values = likely(rows, loose, most=LOOKED_AT_MAX if sought else WEIGHED_MAX)
    if sought:
        asked, asked_for = asking.query(merged=True).as_sql()
        conditions = " AND ".join(sought) % {"asked": asked}
        sql = f"SELECT * FROM ({sql}) AS near WHERE {conditions} LIMIT {WEIGHED_MAX}"  # noqa: S608 - ours
        values += asked_for * len(sought)
    asked, asked_for = asking.query().as_sql()
    score, after = _SCORE % {"asked": asked}, "WHERE (score, key) < (%s, %s)" if behind else ""
    whole = (
        f"SELECT key, score FROM (SELECT key, {score} AS score FROM ({sql}) AS found) AS found"  # noqa: S608 - ours
        f" {after} ORDER BY score DESC, key DESC LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(whole, [*asked_for, *values, *(behind or ()), size])
        return [Weighed(*row) for row in cursor.fetchall()]
