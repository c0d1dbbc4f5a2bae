"""The most viewed of what matches, found without reading the rest of it.

The index of words holds one word more for each video: how many digits its views have. So those
with the most views are asked for first, then those with a tenth as many, until there are enough.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import Func, QuerySet
from django.db.models.expressions import RawSQL

from antenne.catalog.asking import Asking
from antenne.catalog.models import VideoSearch

# Nobody has had ten thousand million views. As they are put in order before anything is asked,
# PostgreSQL knows that it may stop once there are enough.
_BEGINNING: Final = (
    "SELECT found.key FROM"
    " (SELECT digits FROM generate_series(1, 10) digits ORDER BY digits DESC) AS likely"
    " CROSS JOIN LATERAL ("
)
_END: Final = ") AS found (key) ORDER BY likely.digits DESC LIMIT %s"
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


def likely(rows: QuerySet[VideoSearch], asking: Asking, *, most: int) -> RawSQL:
    """Return the keys of the *most* most viewed of *rows* that match, to be part of a query.

    Where there are more, it is a matter of chance which of those with as many digits are taken.
    """
    known = rows.annotate(held=WordsAndViews("vector", "views"))
    part = known.filter(held=asking.query() & Digits("")).order_by().values("pk")
    sql, values = part.query.sql_with_params()
    return RawSQL(f"{_BEGINNING}{sql}{_END}", [*values, most])  # noqa: S611 - Django wrote it
