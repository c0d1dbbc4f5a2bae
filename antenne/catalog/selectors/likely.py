"""The most viewed of what matches, found without reading the rest of it.

The index of words holds one word more for each video: how many digits its views have. So those
with the most views are asked for first, then those with a tenth as many, until there are enough.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import Final

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import Func, QuerySet
from django.db.models.expressions import RawSQL

from antenne.catalog.asking import Asking
from antenne.catalog.models import VideoSearch

# Nobody has had ten thousand million views; a branch of the query is made for each digit.
_DIGITS: Final = 10
_ANY: Final = 0
FOLLOWED_BY: Final = " <-> "


def digits_sign(digits: int) -> str:
    """Return so many digits as a search writes them."""
    return f"'#{digits}'"


class WordsAndViews(Func):
    """The words of a video and its digits of views, as the index `catalog_found_likely` has them.

    The migration that made the index writes the same expression.
    """

    output_field = SearchVectorField()
    arg_joiner = " || array_to_tsvector(ARRAY['#' || length(("
    template = "(%(expressions)s)::text)]))"


class Digits(SearchQuery):
    """That the views of a video have so many digits, as a part of a search.

    No parser of words may see the sign that no word has.
    """

    template = "(%(expressions)s)::tsquery"

    def __init__(self, digits: int) -> None:
        super().__init__(digits_sign(digits))


def loosely(asking: Asking) -> Asking:
    """Return the same words wherever they stand: what holds a phrase holds its words."""
    return replace(asking, wanted=asking.wanted.replace(FOLLOWED_BY, " & "))


def likely(rows: QuerySet[VideoSearch], asking: Asking, *, most: int) -> RawSQL:
    """Return the keys of the *most* most viewed of *rows* that match, to be part of a query.

    Where there are more, it is a matter of chance which of those with as many digits are taken.
    """
    known = rows.annotate(held=WordsAndViews("vector", "views"))
    part = known.filter(held=asking.query() & Digits(_ANY)).order_by().values("pk")
    # Django takes milliseconds to write a part, so it writes one: they differ in a value alone.
    sql, values = part.query.sql_with_params()
    parts = [
        [digits_sign(digits) if value == digits_sign(_ANY) else value for value in values]
        for digits in range(_DIGITS, 0, -1)
    ]
    union = " UNION ALL ".join(f"({sql})" for _part in parts)
    return RawSQL(f"{union} LIMIT %s", [*chain.from_iterable(parts), most])  # noqa: S611 - Django wrote it
