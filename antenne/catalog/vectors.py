"""What PostgreSQL keeps of a text that is to be found: its words, as each language stems them."""

from __future__ import annotations

from functools import reduce
from typing import Final

from django.contrib.postgres.search import CombinedSearchVector, SearchVector
from django.db.models import Expression, TextField, Value

from antenne.catalog.wording import segmented, stemmable

# Stands after each part, so that no phrase begins in one and ends in the next.
_GAP: Final = "xgapx"


def vector_of(text: str, *configs: str, weight: str | None = None) -> Expression:
    """Return the words of a text as each of *configs* stems them."""
    words = segmented(text)
    return vectors_joined(
        *(
            SearchVector(
                Value(f"{stemmable(words, config)} {_GAP}", output_field=TextField()),
                config=config,
                weight=weight,
            )
            for config in configs
        )
    )


def vectors_joined(*vectors: Expression) -> Expression:
    """Return all *vectors* one after the other."""
    return reduce(lambda one, other: CombinedSearchVector(one, "||", other, None), vectors)
